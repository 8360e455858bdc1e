package import LedgerDomain

/// A machine's key to one ledger, as the office keeps it: never the key itself, only its digest.
package struct StoredAccessKey: Equatable, Sendable {
    /// Unique in its ledger, and part of the key's text.
    package var id: KeyID
    /// Who or what it is for, 1 to 100 bytes.
    package var name: String
    /// What it may do, by the names of the scopes.
    package var scopes: [String]
    /// SHA-256 of the key's text.
    package var digest: [UInt8]
    package var createdAt: Instant
    package var createdBy: Principal
    /// From then on it opens nothing.
    package var expiry: Instant
    package var revokedAt: Instant?

    package init(
        id: KeyID, name: String, scopes: [String], digest: [UInt8], createdAt: Instant,
        createdBy: Principal, expiry: Instant, revokedAt: Instant? = nil
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.digest = digest
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiry = expiry
        self.revokedAt = revokedAt
    }
}

/// What is no ledger (DESIGN §5): who may come in. Losing it loses no money and no record.
package protocol Office: Sendable {
    /// Keeps a new key.
    ///
    /// - Throws: ``StorageError/constraint(_:)`` where the ledger has one of that number.
    func add(_ key: StoredAccessKey, ledger: LedgerCode) throws(StorageError)
    func accessKey(_ id: KeyID, ledger: LedgerCode) throws(StorageError) -> StoredAccessKey?
    /// All keys of a ledger, the oldest first.
    func accessKeys(ledger: LedgerCode) throws(StorageError) -> [StoredAccessKey]
    /// Revokes a key once; the first time stays. `false` where there is none.
    func revokeAccessKey(_ id: KeyID, at instant: Instant, ledger: LedgerCode) throws(StorageError) -> Bool
}
