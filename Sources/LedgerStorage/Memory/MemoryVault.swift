package import LedgerDomain
import Synchronization

/// The vault in memory, for tests and rehearsals.
package final class MemoryVault: Vault {
    private let ledgers = Mutex<[LedgerCode: Contents]>([:])

    package init() {}

    package func stage(
        _ residents: [SealedResident], file: Digest128, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        try change(ledger) { contents throws(StorageError) in
            var kept = contents.residents.filter { $0.value.file != file }
            for resident in residents {
                guard kept[resident.identity] == nil else {
                    throw .constraint("a resident is registered already")
                }
                kept[resident.identity] = Stored(sealed: resident.sealed, file: file, stagedAt: instant)
            }
            contents.residents = kept
        }
    }

    package func store(
        _ entries: [SealedEntry], file: Digest128, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        change(ledger) { contents in
            for entry in entries where contents.entries[entry.commitment] == nil {
                contents.entries[entry.commitment] = Stored(
                    sealed: entry.sealed, file: file, stagedAt: instant)
            }
        }
    }

    package func imports(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Digest128] {
        read(ledger) { contents in
            var files: [Digest128: Digest128] = [:]
            for identity in identities { files[identity] = contents.residents[identity]?.file }
            return files
        }
    }

    package func resident(_ identity: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]? {
        read(ledger) { $0.residents[identity]?.sealed }
    }

    package func residentCount(ledger: LedgerCode) throws(StorageError) -> Int {
        read(ledger) { $0.residents.count }
    }

    package func identities(
        ledger: LedgerCode, offset: Int, limit: Int
    ) throws(StorageError) -> [Digest128] {
        read(ledger) { contents in
            let sorted = contents.residents.keys.sorted { ($0.high, $0.low) < ($1.high, $1.low) }
            return Array(sorted.dropFirst(offset).prefix(limit))
        }
    }

    package func entry(_ commitment: Digest128, ledger: LedgerCode) throws(StorageError) -> [UInt8]? {
        read(ledger) { $0.entries[commitment]?.sealed }
    }

    package func pseudonyms(
        _ keys: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [Digest128: Pseudonym] {
        read(ledger) { contents in
            var found: [Digest128: Pseudonym] = [:]
            for key in keys { found[key] = contents.pseudonyms[key] }
            return found
        }
    }

    package func add(_ pseudonyms: [PseudonymEntry], ledger: LedgerCode) throws(StorageError) {
        change(ledger) { contents in
            for entry in pseudonyms where contents.pseudonyms[entry.key] == nil {
                contents.pseudonyms[entry.key] = entry.pseudonym
            }
        }
    }

    package func attest(
        _ attestations: [SealedAttestation], ledger: LedgerCode
    ) throws(StorageError) {
        change(ledger) { contents in
            for attestation in attestations {
                contents.attestations[attestation.identity, default: [:]][attestation.group] =
                    attestation.sealed
            }
        }
    }

    package func attestations(
        of identities: [Digest128], ledger: LedgerCode
    ) throws(StorageError) -> [SealedAttestation] {
        read(ledger) { contents in
            identities.flatMap { identity in
                (contents.attestations[identity] ?? [:]).sorted { $0.key < $1.key }.map {
                    SealedAttestation(identity: identity, group: $0.key, sealed: $0.value)
                }
            }
        }
    }

    package func erase(_ identities: [Digest128], ledger: LedgerCode) throws(StorageError) {
        change(ledger) { contents in
            for identity in identities {
                contents.residents[identity] = nil
                contents.attestations[identity] = nil
            }
        }
    }

    package func purge(
        keeping files: Set<Digest128>, stagedBefore instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        change(ledger) { contents in
            contents.residents.purge(keeping: files, stagedBefore: instant)
            contents.entries.purge(keeping: files, stagedBefore: instant)
        }
    }

    private func read<Value: Sendable>(_ ledger: LedgerCode, _ body: (Contents) -> Value) -> Value {
        ledgers.withLock { body($0[ledger] ?? Contents()) }
    }

    private func change<Failure: Error>(
        _ ledger: LedgerCode, _ body: (inout Contents) throws(Failure) -> Void
    ) throws(Failure) {
        try ledgers.withLock { ledgers throws(Failure) in try body(&ledgers[ledger, default: Contents()]) }
    }
}

/// What the vault holds of one ledger.
private struct Contents: Sendable {
    var residents: [Digest128: Stored] = [:]
    var entries: [Digest128: Stored] = [:]
    var pseudonyms: [Digest128: Pseudonym] = [:]
    /// By identity and group.
    var attestations: [Digest128: [String: [UInt8]]] = [:]
}

/// Sealed bytes with the import that brought them.
private struct Stored: Sendable {
    var sealed: [UInt8]
    var file: Digest128
    var stagedAt: Instant
}

extension [Digest128: Stored] {
    /// Removes what is of an import that `files` does not name and of which the youngest row is old.
    fileprivate mutating func purge(keeping files: Set<Digest128>, stagedBefore instant: Instant) {
        var youngest: [Digest128: Instant] = [:]
        for stored in values { youngest.merge([stored.file: stored.stagedAt], uniquingKeysWith: Swift.max) }
        self = filter { files.contains($0.value.file) || (youngest[$0.value.file] ?? instant) >= instant }
    }
}
