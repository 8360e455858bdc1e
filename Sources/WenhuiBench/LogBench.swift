import ArgumentParser
import AuditLog
import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerEngine
import LedgerService

/// `tools/bench log`: what the audit log costs the book, and what verifying it costs an auditor.
struct LogBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log", abstract: "The audit log: its share of a redemption, verification, proofs.")

    @Option(help: "Redemptions of the log that is verified; it has as many issues besides.")
    var count = 200_000
    @Option(help: "Leaves of the tree that proofs are made in.")
    var leaves = 10_000_000
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let fixture = try await BookFixture("\(root)/book")
        _ = try await fixture.open(quota: UInt32(count))
        try await fixture.issue(count)
        let measured = try await Measurement.run(count, inFlight: 64) { index in
            try await fixture.service.perform(
                fixture.redemption(index + 1), fixture.call("redeem \(index)"))
        }
        let checkpoint = try fixture.service.checkpoint()
        let key = try fixture.service.verifierKey()
        fixture.system.stop()
        let tiles = LogFolder("\(fixture.folder)/tiles/\(fixture.service.ledger)")
        try share(of: measured.perSecond)
        try verification(tiles, checkpoint, key)
        try proofs()
    }

    /// What hashing a leaf with its nodes and signing a commit's head take of a redemption.
    private func share(of perSecond: Double) throws {
        let event = [UInt8](repeating: 7, count: 225)
        let rounds = 200_000
        var range = CompactRange()
        let leaf = seconds { for _ in 0..<rounds { range.append(.leaf(event)) } } / Double(rounds)
        let signer = LogSigner(LedgerCode(370_782), key: .random())
        let head = TreeHead(size: range.size, root: range.root)
        let signed = 10_000
        let sign = seconds { for _ in 0..<signed { _ = signer.checkpoint(head) } } / Double(signed)
        // Two groups take turns at 64 in flight, so that a commit has about half of them.
        let added = leaf + sign / 32
        print(
            String(
                format:
                    "leaf and nodes %.0f ns, signed head %.1f µs a commit: %.1f %% of a redemption at 64 in flight (%@/s)",
                leaf * 1e9, sign * 1e6, added * perSecond * 100, rate(perSecond) as NSString))
    }

    /// Verifying tiles alone, and with every event decided again.
    private func verification(
        _ tiles: LogFolder, _ checkpoint: SignedCheckpoint, _ key: NoteVerifierKey
    ) throws {
        let head = checkpoint.checkpoint.head
        let treeOnly = try seconds {
            var verifier = try LogVerifier(source: tiles, size: head.size, root: head.root)
            while try verifier.next() != nil {}
        }
        let whole = try seconds {
            let audit = LogAudit(tiles, log: KnownLog(key), policy: .unwitnessed)
            _ = try audit.verify(try audit.open(checkpoint: checkpoint.bytes))
        }
        print(
            String(
                format:
                    "verified from tiles: %@ events/s, and decided again: %@ events/s (%.2f×); a million in %.1f s",
                rate(Double(head.size) / treeOnly) as NSString, rate(Double(head.size) / whole) as NSString,
                treeOnly / whole, whole * 1e6 / Double(head.size)))
    }

    /// Proofs from the tiles of a large tree, every hash chained to its root.
    private func proofs() throws {
        var tiles = HashTiles()
        var range = CompactRange()
        for number in 0..<UInt64(leaves) {
            let leaf = TreeHash.leaf(withUnsafeBytes(of: number.bigEndian) { Array($0) })
            range.append(leaf) { level, _, hash in tiles.add(hash, level: level) }
        }
        var reader = try TileReader(source: tiles, size: range.size, root: range.root)
        let rounds = 2_000
        var length = 0
        let made = try seconds {
            for _ in 0..<rounds {
                let index = UInt64.random(in: 0..<range.size)
                length = try reader.inclusionProof(index: index, size: range.size)?.path.count ?? 0
            }
        }
        print(
            String(
                format: "inclusion proof among %@ leaves: %.0f µs, %d hashes, %d bytes",
                rate(Double(leaves)) as NSString, made / Double(rounds) * 1e6, length,
                length * TreeHash.length))
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let started = ContinuousClock.now
        try body()
        return started.duration(to: .now).inSeconds
    }
}

/// The hash tiles of a tree in memory, without entries.
private struct HashTiles: TileSource {
    private var levels: [[TreeHash]] = []

    mutating func add(_ hash: TreeHash, level: Int) {
        guard level.isMultiple(of: 8) else { return }
        if levels.count == level / 8 { levels.append([]) }
        levels[level / 8].append(hash)
    }

    func bytes(of tile: Tile) throws(Never) -> [UInt8]? {
        guard case .hashes(let level) = tile.kind, level < levels.count else { return nil }
        let start = Int(tile.index) * Tile.fullWidth
        guard start + tile.width <= levels[level].count else { return nil }
        return levels[level][start..<start + tile.width].flatMap(\.bytes)
    }
}
