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
                kept[resident.identity] = Resident(sealed: resident.sealed, file: file, stagedAt: instant)
            }
            contents.residents = kept
        }
    }

    package func store(
        _ entries: [SealedEntry], file: Digest128, at instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        change(ledger) { contents in
            for entry in entries {
                contents.entries[entry.commitment, default: Entry(sealed: entry.sealed)].imports[file] = instant
            }
        }
    }

    package func registered(
        _ identities: [Digest128], ledger: LedgerCode, except file: Digest128
    ) throws(StorageError) -> Set<Digest128> {
        read(ledger) { contents in
            Set(
                identities.filter { identity in
                    contents.residents[identity].map { $0.file != file } ?? false
                })
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

    package func purge(
        keeping files: Set<Digest128>, stagedBefore instant: Instant, ledger: LedgerCode
    ) throws(StorageError) {
        change(ledger) { contents in
            contents.purge(keeping: files, stagedBefore: instant)
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
    var residents: [Digest128: Resident] = [:]
    var entries: [Digest128: Entry] = [:]
    var pseudonyms: [Digest128: Pseudonym] = [:]

    mutating func purge(keeping files: Set<Digest128>, stagedBefore instant: Instant) {
        residents = residents.filter { files.contains($0.value.file) || $0.value.stagedAt >= instant }
        // An import is as young as the last that it stored.
        var latest: [Digest128: Instant] = [:]
        for entry in entries.values { latest.merge(entry.imports, uniquingKeysWith: max) }
        let kept = Set(latest.lazy.filter { $0.value >= instant }.map(\.key)).union(files)
        entries = entries.compactMapValues { entry in
            let imports = entry.imports.filter { kept.contains($0.key) }
            return imports.isEmpty ? nil : Entry(sealed: entry.sealed, imports: imports)
        }
    }
}

/// A resident with the import that brought it.
private struct Resident: Sendable {
    var sealed: [UInt8]
    var file: Digest128
    var stagedAt: Instant
}

/// Sealed data with every import that refers to it, and when that was staged last.
private struct Entry: Sendable {
    var sealed: [UInt8]
    var imports: [Digest128: Instant] = [:]
}
