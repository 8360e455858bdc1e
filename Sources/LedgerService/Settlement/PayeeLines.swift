import LedgerDomain
import LedgerStorage

/// A payee's settlement lines with what each took: which of them has what a posting made owed.
struct PayeeLines {
    private let lines: [(view: PayoutView, parts: [SettlementLine.Part])]
    /// What no settlement has.
    private let unsettled: [MerchantFund: Unsettled]

    /// - Parameter views: the payee's lines, those sealed first at the beginning.
    init(_ views: [PayoutView], of payee: PayeeID, _ state: LedgerState) {
        lines = views.map { view in
            let row = view.line.row
            return (view, state.settlements[row.settlement].lines[Int(row.line) - 1].parts)
        }
        var unsettled: [MerchantFund: Unsettled] = [:]
        for merchant in state.payees[payee].merchants {
            for (fund, _) in state.funds.enumerated {
                let key = MerchantFund(merchant, fund)
                unsettled[key] = state.unsettled[key]
            }
        }
        self.unsettled = unsettled
    }

    /// Which line has what a posting made owed; `nil` where none has.
    ///
    /// A settlement takes what was sold by its day, and what is taken back or repaid whole, whatever its day. What was undone
    /// is owed again, and a later settlement takes it; the lines of other days have no part in it.
    /// - Parameter merchant: whose it is; `nil` where it is nobody's sale.
    func payout(
        of posting: Posting, by merchant: MerchantID?, event: UInt64, on day: BusinessDay
    ) -> PayoutView? {
        let isAdjustment = posting.kind == .recover || posting.debit.kind == .payable
        let taking = lines.filter { view, parts in
            guard view.line.row.fund == posting.fund, view.line.row.event > event else { return false }
            return parts.contains { part in
                // Adjustments may have made up for one another, so that nothing shows of them.
                (merchant == nil || part.merchant == merchant) && (isAdjustment || part.taken.has(day))
            }
        }.map(\.view)
        guard let first = taking.first, first.line.status == .undone else { return taking.first }
        // It was taken and came back: it waits, or the last line that took of it has it.
        let waits = merchant.flatMap { unsettled[MerchantFund($0, posting.fund)] }
        let isBack = waits.map { isAdjustment ? $0.adjustment != .zero : $0.has(day) } ?? false
        return isBack ? nil : taking.last { $0.line.status != .undone }
    }

    /// What a merchant has of a line.
    func amount(of merchant: MerchantID, in view: PayoutView) -> Amount {
        lines.first { $0.view == view }?.parts.first { $0.merchant == merchant }?.taken.total ?? .zero
    }

    /// The lines with something of a merchant's.
    func views(of merchant: MerchantID) -> [PayoutView] {
        lines.map(\.view).filter { $0.line.row.merchants.contains(merchant) }
    }
}

extension Unsettled {
    fileprivate func has(_ day: BusinessDay) -> Bool { days.contains { $0.day == day } }
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

extension LedgerService {
    /// A payee's settlement lines.
    func lines(of payee: PayeeID) throws(ServiceError) -> PayeeLines {
        let views = try query { (model) throws(StorageError) in try model.payouts(to: payee, ledger) }
        return try state { PayeeLines(views, of: payee, $0) }
    }
}
