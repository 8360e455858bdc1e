import AuditLog
package import Cryptography
package import Foundation
import LedgerDomain

/// A ledger's snapshot on disk, so that a process need not replay the whole log to begin.
///
/// It is a cache: whatever is wrong with it (missing, cut off, another build's, a bad MAC), it is ignored and
/// the log is replayed. Layout: magic line, strides and lengths, the tree, records in JSON, raw tables, MAC.
package struct SnapshotFile: Sendable {
    private let url: URL
    private let authenticator: MessageAuthenticator

    private static let magic = Array("wenhui-snapshot/9\n".utf8)
    private static let macLength = 32

    package init(_ url: URL, _ authenticator: MessageAuthenticator) {
        self.url = url
        self.authenticator = authenticator
    }

    /// Writes the snapshot to a temporary file and renames it over the old one.
    package func save(_ snapshot: Snapshot) throws {
        let state = snapshot.state
        var bytes = SnapshotFile.magic
        let records = try JSONEncoder().encode(state.records)
        let tree = snapshot.tree.bytes
        append(UInt64(tree.count), to: &bytes)
        append(UInt64(records.count), to: &bytes)
        for table in LedgerState.Table.allCases {
            append(UInt64(table.stride), to: &bytes)
            append(UInt64(state.withTable(table) { $0.count }), to: &bytes)
        }
        bytes.append(contentsOf: tree)
        bytes.append(contentsOf: records)
        for table in LedgerState.Table.allCases {
            state.withTable(table) { bytes.append(contentsOf: $0) }
        }
        bytes.append(contentsOf: authenticator.code(bytes, domain: .snapshot))
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url, options: .atomic)
    }

    /// The snapshot, or `nil` where there is none that can be trusted.
    package func load() -> Snapshot? {
        guard let data = try? Data(contentsOf: url) else { return nil }
        let bytes = [UInt8](data)
        let magic = SnapshotFile.magic
        guard bytes.count > magic.count + SnapshotFile.macLength, bytes.starts(with: magic) else {
            return nil
        }
        let body = Array(bytes.dropLast(SnapshotFile.macLength))
        let mac = Array(bytes.suffix(SnapshotFile.macLength))
        guard authenticator.isValid(mac, for: body, domain: .snapshot) else { return nil }
        return body.withUnsafeBytes { SnapshotFile.snapshot(in: $0, from: magic.count) }
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

    private func append(_ number: UInt64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
