import LedgerDomain

/// An account of one fund; without its owner, a class of accounts.
struct BookColumn: Hashable, Comparable {
    var kind: Account.Kind
    var fund: FundID
    /// 0 for the fund's own accounts, and for a class.
    var owner: UInt32

    static func < (left: BookColumn, right: BookColumn) -> Bool {
        (left.kind.rawValue, left.fund, left.owner) < (right.kind.rawValue, right.fund, right.owner)
    }
}

extension Account {
    /// Its owner, as people number it; `nil` for the fund's own accounts.
    func ownerText(in ledger: LedgerCode) -> String? {
        switch self {
        case .treasury, .fund: nil
        case .remitted(let ledger): "\(ledger)"
        case .programme(let id), .pointsIssued(let id): id.text(in: ledger)
        case .batch(let id): id.text(in: ledger)
        case .voucher(let id): id.text(in: ledger)
        case .payable(let id): id.text(in: ledger)
        case .clearing(let id): id.text(in: ledger)
        case .points(let id): "\(id.rawValue)"
        }
    }
}
