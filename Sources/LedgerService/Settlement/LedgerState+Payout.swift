import LedgerDomain
import LedgerStorage

extension LedgerState {
    /// Which of a payee's settlement lines has what a posting made owed; `nil` where none has.
    ///
    /// A settlement takes what was sold by its day, and what is taken back or repaid whole, whatever its day. What was undone
    /// is owed again, and a later settlement takes it; the lines of other days have no part in it.
    /// - Parameters:
    ///   - merchant: whose it is; `nil` where it is nobody's sale.
    ///   - views: the payee's lines, those sealed first at the beginning.
    func payout(
        of posting: Posting, by merchant: MerchantID?, event: UInt64, on day: BusinessDay,
        among views: [PayoutView]
    ) -> PayoutView? {
        let isAdjustment = posting.kind == .recover || posting.debit.kind == .payable
        func holds(_ owed: Unsettled) -> Bool {
            isAdjustment ? owed.adjustment != .zero : owed.days.contains { $0.day == day }
        }
        let taking = views.filter { view in
            let row = view.line.row
            guard row.fund == posting.fund, row.event > event else { return false }
            return settlements[row.settlement].lines[Int(row.line) - 1].parts.contains {
                (merchant == nil || $0.merchant == merchant) && (isAdjustment || holds($0.taken))
            }
        }
        guard let first = taking.first, first.line.status == .undone else { return taking.first }
        // It was taken and came back: it waits, or the last line that took of it has it.
        let isBack =
            merchant.flatMap { unsettled[MerchantFund($0, posting.fund)] }.map(holds) ?? false
        return isBack ? nil : taking.last { $0.line.status != .undone }
    }
}

extension Posting {
    /// Whom it makes owed more or less; `nil` for what no settlement pays.
    var owed: PayeeID? {
        switch (kind, debit, credit) {
        case (.settle, _, _), (.pay, _, _): nil
        case (_, .payable(let payee), _), (_, _, .payable(let payee)): payee
        default: nil
        }
    }
}
