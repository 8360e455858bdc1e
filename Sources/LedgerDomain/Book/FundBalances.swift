/// The balances of one owner, one a fund, for the few owners that see any fund of the ledger.
package struct FundBalances: Equatable, Sendable, Codable {
    /// Ascending by fund; an account that came back to zero stays.
    package private(set) var entries: [Entry] = []

    package struct Entry: Equatable, Sendable, Codable {
        package var fund: FundID
        package var amount: Amount
    }

    package init() {}

    package subscript(fund: FundID) -> Amount {
        get { entries.first { $0.fund == fund }?.amount ?? .zero }
        set {
            if let index = entries.firstIndex(where: { $0.fund >= fund }) {
                if entries[index].fund == fund {
                    entries[index].amount = newValue
                } else {
                    entries.insert(Entry(fund: fund, amount: newValue), at: index)
                }
            } else {
                entries.append(Entry(fund: fund, amount: newValue))
            }
        }
    }
}
