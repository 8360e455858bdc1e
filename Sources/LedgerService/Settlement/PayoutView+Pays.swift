import LedgerDomain
import LedgerStorage

extension PayoutView {
    /// Whether it is what pays what a posting made owed, on a business day.
    ///
    /// What was undone is owed again, and the next settlement pays it. What was sold waits for a settlement of its day; what is
    /// taken back is taken from the next one, whatever its day.
    func pays(_ posting: Posting, ofEvent event: UInt64, on day: BusinessDay) -> Bool {
        let isAdjustment = posting.kind == .recover || posting.debit.kind == .payable
        return line.status != .undone && line.row.fund == posting.fund && line.row.event > event
            && (isAdjustment || through >= day)
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
