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

    /// A small record by its key; one that has expired may still be there.
    func record(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], ledger: LedgerCode
    ) throws(StorageError) -> OfficeRecord?
    /// All records of a kind, by their keys.
    func records(_ kind: OfficeRecord.Kind, ledger: LedgerCode) throws(StorageError) -> [OfficeRecord]
    /// Puts `new` in the place of `old`, where nobody has changed it meanwhile; `nil` is a record that is not there.
    ///
    /// - Returns: whether it was done; where not, nothing was.
    func replace(
        _ kind: OfficeRecord.Kind, _ key: [UInt8], _ old: OfficeRecord?, with new: OfficeRecord?,
        ledger: LedgerCode
    ) throws(StorageError) -> Bool
    /// Deletes what expired before an instant, in every ledger.
    func forget(expiredBefore instant: Instant) throws(StorageError)
}

/// A small record of the office, read and changed whole; what is in it is the business of whoever keeps it there.
package struct OfficeRecord: Equatable, Sendable {
    /// 1 to 64 bytes, unique for its kind and ledger.
    package var key: [UInt8]
    /// 1 to 4096 bytes.
    package var value: [UInt8]
    /// From then on it says nothing.
    package var expiry: Instant?

    package init(key: [UInt8], value: [UInt8], expiry: Instant? = nil) {
        self.key = key
        self.value = value
        self.expiry = expiry
    }

    /// What a record is about.
    package enum Kind: UInt8, CaseIterable, Sendable {
        case account = 1
        case signIn, failures, terminal, cashier, phoneCode, resident, webhook, nonce, reminder, bindings,
            platformAccount, voucherCodes, document, difference, risk, relations, delivery
    }
}
