import AuditLog
package import Cryptography
package import Foundation
import LedgerDomain

/// A ledger's snapshot on disk, so that a process need not replay the whole log to begin.
///
/// It is a cache: whatever is wrong with it (missing, cut off, another build's, a bad MAC), it is ignored and
/// the log is replayed. Layout: magic line, strides and lengths, the tree, records in JSON, raw tables, and a
/// MAC of the SHA-256 of all that.
package struct SnapshotFile: Sendable {
    private let url: URL
    private let authenticator: MessageAuthenticator

    private static let magic = Array("wenhui-snapshot/10\n".utf8)
    private static let macLength = 32

    package init(_ url: URL, _ authenticator: MessageAuthenticator) {
        self.url = url
        self.authenticator = authenticator
    }

    /// Writes the snapshot to a temporary file, piece by piece, and renames it over the old one.
    package func save(_ snapshot: Snapshot) throws {
        let state = snapshot.state
        let records = try JSONEncoder().encode(state.records)
        let tree = snapshot.tree.bytes
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        let file = try HashedFile(url)
        try file.write(SnapshotFile.magic)
        try file.write(number: UInt64(tree.count))
        try file.write(number: UInt64(records.count))
        for table in LedgerState.Table.allCases {
            try file.write(number: UInt64(table.stride))
            try file.write(number: UInt64(state.byteCount(of: table)))
        }
        try file.write(tree)
        try file.write(Array(records))
        for table in LedgerState.Table.allCases {
            try state.forEachPiece(of: table) { try file.write($0) }
        }
        try file.close { authenticator.code($0, domain: .snapshot) }
    }

    /// The snapshot, or `nil` where there is none that can be trusted.
    package func load() -> Snapshot? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        return data.withUnsafeBytes { bytes in
            let magic = SnapshotFile.magic
            guard bytes.count > magic.count + SnapshotFile.macLength, bytes.starts(with: magic) else {
                return nil
            }
            let body = UnsafeRawBufferPointer(rebasing: bytes.dropLast(SnapshotFile.macLength))
            let mac = Array(bytes.suffix(SnapshotFile.macLength))
            var hasher = SHA256Hasher()
            hasher.update(body)
            guard authenticator.isValid(mac, for: hasher.digest, domain: .snapshot) else { return nil }
            return SnapshotFile.snapshot(in: body, from: magic.count)
        }
    }

    private static func snapshot(in body: UnsafeRawBufferPointer, from start: Int) -> Snapshot? {
        var place = start
        func number() -> Int? {
            guard place + 8 <= body.count else { return nil }
            defer { place += 8 }
            return Int(exactly: UInt64(bigEndian: body.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
        }
        guard let treeLength = number(), let recordsLength = number() else { return nil }
        var lengths: [LedgerState.Table: Int] = [:]
        for table in LedgerState.Table.allCases {
            guard number() == table.stride, let length = number() else { return nil }
            lengths[table] = length
        }
        func part(_ length: Int) -> UnsafeRawBufferPointer? {
            guard length >= 0, length <= body.count - place else { return nil }
            defer { place += length }
            return UnsafeRawBufferPointer(rebasing: body[place..<place + length])
        }
        guard let hashes = part(treeLength), let json = part(recordsLength),
            let records = try? JSONDecoder().decode(LedgerState.Records.self, from: Data(json))
        else { return nil }
        var tables: [LedgerState.Table: UnsafeRawBufferPointer] = [:]
        for table in LedgerState.Table.allCases { tables[table] = part(lengths[table] ?? -1) }
        guard let state = LedgerState(records, table: { tables[$0] }),
            let tree = CompactRange(size: state.size, bytes: Array(hashes))
        else { return nil }
        return Snapshot(state: state, tree: tree)
    }
}
