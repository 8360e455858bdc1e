/// One debit account, one credit account, one amount, inside one fund: money cannot cross funds.
package struct Posting: Hashable, Sendable {
    /// What a posting records; the table of DESIGN §3.
    package enum Kind: UInt8, CaseIterable, Sendable {
        case appropriate = 1
        case receive, remit, allocate, open, issue, redeem, lapse, refund
        case settle, pay, recover, close, reclaim, `return`
        case absorb, award
        case earn, exchange, expire
    }

    package var kind: Kind
    /// Whether it is the mirror that undoes an earlier posting of its kind.
    package var undoes = false
    package var debit: Account
    package var credit: Account
    package var fund: FundID
    package var amount: Amount

    package init(
        _ kind: Kind, debit: Account, credit: Account, _ fund: FundID, _ amount: Amount, undoes: Bool = false
    ) {
        self.kind = kind
        self.undoes = undoes
        self.debit = undoes ? credit : debit
        self.credit = undoes ? debit : credit
        self.fund = fund
        self.amount = amount
    }
}

extension [Posting] {
    /// Appends one posting for every fund of `shares` that gives something.
    mutating func append(
        _ kind: Posting.Kind, debit: Account, credit: Account, _ shares: FundShares, undoes: Bool = false
    ) {
        for index in 0..<shares.count where shares[index].amount != .zero {
            let share = shares[index]
            append(Posting(kind, debit: debit, credit: credit, share.fund, share.amount, undoes: undoes))
        }
    }
}
