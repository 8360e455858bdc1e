package import LedgerDomain
package import LedgerStorage

/// The ledgers that a server serves; how they are kept is not its business.
package protocol LedgerDirectory: Sendable {
    /// The ledgers, ascending.
    func ledgers() throws(ServiceError) -> [LedgerCode]
    /// The use cases of one ledger.
    func service(_ ledger: LedgerCode) throws(ServiceError) -> LedgerService
    /// Who may come in.
    var office: any Office { get }
}
