package import LedgerDomain

/// A resident as the vault keeps one: sealed, and found by a MAC of the identity number.
package struct SealedResident: Equatable, Sendable {
    package var identity: Digest128
    package var sealed: [UInt8]

    package init(identity: Digest128, sealed: [UInt8]) {
        self.identity = identity
        self.sealed = sealed
    }
}

/// Sealed data that the log knows by its salted hash: a name, an account.
package struct SealedEntry: Equatable, Sendable {
    package var commitment: Digest128
    package var sealed: [UInt8]

    package init(commitment: Digest128, sealed: [UInt8]) {
        self.commitment = commitment
        self.sealed = sealed
    }
}

/// A pseudonym with the MAC of (identity, scope) under which it is found.
package struct PseudonymEntry: Equatable, Sendable {
    package var key: Digest128
    package var pseudonym: Pseudonym

    package init(key: Digest128, pseudonym: Pseudonym) {
        self.key = key
        self.pseudonym = pseudonym
    }
}

/// What was attested of a resident: a group, and the rest sealed.
package struct SealedAttestation: Equatable, Sendable {
    package var identity: Digest128
    package var group: String
    package var sealed: [UInt8]

    package init(identity: Digest128, group: String, sealed: [UInt8]) {
        self.identity = identity
        self.group = group
        self.sealed = sealed
    }
}

/// Personal data, sealed and erasable; written before the event that refers to it.
package protocol Vault: AnyObject, Sendable {
    /// Stores residents of an import that is not closed yet; a second call with the same file replaces them.
    /// - Throws: ``StorageError/constraint(_:)`` when an identity is registered by another import.
    func stage(
        _ residents: [SealedResident], file: Digest128, at: Instant, ledger: LedgerCode
    ) throws(StorageError)

    /// Stores sealed entries of an import; the same commitment twice is stored once.
    func store(
        _ entries: [SealedEntry], file: Digest128, at: Instant, ledger: LedgerCode
    ) throws(StorageError)

    /// The files that brought those of `identities` that are registered.
    func imports(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Digest128]

    /// The sealed data of one resident.
    func resident(_ identity: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]?

    /// How many residents are registered.
    func residentCount(ledger: LedgerCode) throws(StorageError) -> Int

    /// The residents' identities from `offset` on, in a stable order.
    func identities(ledger: LedgerCode, offset: Int, limit: Int) throws(StorageError) -> [Digest128]

    /// The sealed data behind a commitment.
    func entry(_ commitment: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]?

    /// The pseudonyms behind keys; missing ones are absent.
    func pseudonyms(
        _ keys: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Pseudonym]

    /// Adds pseudonyms; a key that has one keeps it.
    func add(_ pseudonyms: [PseudonymEntry], ledger: LedgerCode) throws(StorageError)

    /// Stores attestations; a later one of the same resident and group takes the place of the earlier one.
    func attest(_ attestations: [SealedAttestation], ledger: LedgerCode) throws(StorageError)

    /// The attestations of residents, each resident's by group.
    func attestations(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [SealedAttestation]

    /// Deletes residents for good: nothing of them, nor what was attested of them, is left in the files. Their pseudonyms stay.
    func erase(_ identities: [Digest128], ledger: LedgerCode) throws(StorageError)

    /// Deletes what belongs to imports that the log does not know as closed and that began before `instant`;
    /// a younger one may still be under way in another process.
    func purge(
        keeping files: Set<Digest128>, stagedBefore instant: Instant, ledger: LedgerCode
    ) throws(StorageError)
}
