import LedgerDomain

extension BusinessDay {
    /// Without hyphens: `20180605`.
    var digits: String { text.filter { $0 != "-" } }
}
