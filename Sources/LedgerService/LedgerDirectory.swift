package import LedgerDomain
package import LedgerStorage

/// The ledgers that a server serves; how they are kept is not its business.
package protocol LedgerDirectory: Sendable {
    /// The ledgers, ascending.
    func ledgers() throws(ServiceError) -> [LedgerCode]
    /// The use cases of a ledger that is open; `nil` where there is none.
    func opened(_ ledger: LedgerCode) throws(ServiceError) -> LedgerService?
    /// Who may come in.
    var office: any Office { get }
}
