package import AuditLog
package import Cryptography
import Foundation
package import LedgerDomain
import LedgerStorage

/// What one ledger keeps beside its database: its snapshot, the head that it must not fall behind, its tiles.
package struct LedgerFiles: Sendable {
    package let ledger: LedgerCode
    package let signer: LogSigner
    private let snapshot: SnapshotFile?
    let head: HeadFile?
    package let tiles: LogFolder?
    private let policyPath: String?

    /// - Parameters:
    ///   - snapshot: where the snapshot is kept; `nil` for none, as for the others.
    ///   - policyPath: the file that says which witnesses are asked.
    package init(
        _ ledger: LedgerCode, signer: LogSigner, snapshot: SnapshotFile? = nil, head: HeadFile? = nil,
        tiles: LogFolder? = nil, policyPath: String? = nil
    ) {
        self.ledger = ledger
        self.signer = signer
        self.snapshot = snapshot
        self.head = head
        self.tiles = tiles
        self.policyPath = policyPath
    }

    /// The replica to begin with: what the snapshot has seen, held to the kept heads.
    package func replica() throws(EngineFault) -> Replica {
        let kept = try keptNotes().map(\.head)
        // A snapshot from beyond a kept head cannot be held to it; replaying the log can.
        guard let snapshot = snapshot?.load(), snapshot.state.profile?.code == ledger,
            snapshot.tree.size <= kept.first?.size ?? .max
        else { return Replica(ledger, kept: kept) }
        return Replica(ledger, snapshot, kept: kept)
    }

    /// The heads that the log must hold or continue, with the notes that sign for them, the largest last: the one
    /// that was kept, and the published one where that is ahead of it or alone. None where nothing was ever kept.
    package func keptNotes() throws(EngineFault) -> [PublishedHead] {
        var kept: [PublishedHead] = []
        if let head, let note = try head.read() {
            kept.append(PublishedHead(head: try signed(note, head.path), checkpoint: note))
        }
        guard let tiles, let note = tiles.checkpoint() else { return kept }
        do throws(EngineFault) {
            let head = try signed(note, tiles.checkpointPath)
            if head.size > kept.last?.head.size ?? 0 {
                kept.append(PublishedHead(head: head, checkpoint: note))
            }
        } catch {
            // The published one can be made again, as long as the kept one is there to hold the log to.
            guard !kept.isEmpty else { throw error }
        }
        return kept
    }

    /// Which witnesses are asked, and how many of them an auditor should demand; none where nothing is set.
    package func policy() throws(EngineFault) -> WitnessPolicy {
        guard let policyPath, let bytes = FileManager.default.contents(atPath: policyPath) else {
            return .unwitnessed
        }
        do {
            return try WitnessPolicy(Array(bytes))
        } catch {
            throw .logFiles("\(policyPath): \(error)")
        }
    }

    /// The checkpoint published last, verified, with the cosignatures of the policy's witnesses.
    ///
    /// - Parameter algorithms: the ledger's profile, all of whose signatures must be right.
    package func publishedCheckpoint(
        _ algorithms: CryptographicProfile = .international
    ) throws(EngineFault) -> SignedCheckpoint {
        guard let tiles, let note = tiles.checkpoint() else {
            throw .logFiles("no checkpoint has been published")
        }
        do {
            let signer = signer(of: note)
            return try SignedCheckpoint(
                opening: note,
                of: KnownLog(origin: signer.origin, keys: signer.verifierKeys(algorithms)),
                witnesses: try policy().witnesses.map(\.key))
        } catch let fault as EngineFault {
            throw fault
        } catch {
            throw .logFiles("\(tiles.checkpointPath): \(error)")
        }
    }

    /// What the published checkpoint signs for, if every signature is there and right that the ledger's profile asks
    /// for; else it is to be published again.
    func publishedHead(_ algorithms: CryptographicProfile) -> TreeHead? {
        guard let note = tiles?.checkpoint() else { return nil }
        let signer = signer(of: note)
        let log = KnownLog(origin: signer.origin, keys: signer.verifierKeys(algorithms))
        guard let opened = try? SignedCheckpoint(opening: note, of: log),
            log.keys.allSatisfy(opened.signers.contains)
        else { return nil }
        return opened.checkpoint.head
    }

    /// A checkpoint of the log as it is published, with every signature that the ledger's profile asks for.
    func shown(
        _ checkpoint: [UInt8], _ algorithms: CryptographicProfile
    ) throws(EngineFault) -> [UInt8] {
        do {
            return try signer(of: checkpoint).published(checkpoint, algorithms)
        } catch {
            throw .logFiles("the head row of ledger \(ledger): \(error)")
        }
    }

    /// The signer of the log that goes on with `note`: after a loss it has another origin than the first one.
    private func signer(of note: [UInt8]) -> LogSigner { signer.signer(of: note) ?? signer }

    /// Puts a checkpoint with more cosignatures in the place of the published one, if that is for the same tree.
    ///
    /// - Returns: whether it was; a log that has grown meanwhile is to be cosigned anew.
    package func attach(_ cosigned: SignedCheckpoint) throws(EngineFault) -> Bool {
        guard let head, let tiles else { return false }
        var isAttached = false
        try head.whileLocked { () throws(EngineFault) in
            isAttached = try publishedCheckpoint().checkpoint == cosigned.checkpoint
            if isAttached { try tiles.publish(cosigned.bytes) }
        }
        return isAttached
    }

    /// Replaces the policy; an empty quorum asks nobody.
    package func setPolicy(_ policy: WitnessPolicy) throws(EngineFault) {
        guard let policyPath else { throw .logFiles("no policy is kept") }
        do {
            try FileManager.default.createDirectory(
                atPath: (policyPath as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try Data(policy.bytes).write(to: URL(fileURLWithPath: policyPath), options: .atomic)
        } catch {
            throw .logFiles("\(policyPath) cannot be written: \((error as NSError).localizedDescription)")
        }
    }

    /// Where the tiles stand, if what the published checkpoint signs for is all there.
    func builder() -> TileBuilder? {
        guard let tiles, let note = tiles.checkpoint(), let head = try? signed(note, tiles.checkpointPath)
        else {
            return nil
        }
        guard let reader = try? TileReader(source: tiles, size: head.size, root: head.root) else {
            return nil
        }
        return try? TileBuilder(continuing: reader)
    }

    /// Reads a checkpoint of this ledger's log; a fault names the `place` that it was found in.
    func signed(_ note: [UInt8], _ place: String) throws(EngineFault) -> TreeHead {
        do {
            return try SignedCheckpoint(
                opening: note, of: KnownLog(signer(of: note).verifierKey)
            ).checkpoint.head
        } catch {
            throw .logFiles("\(place) is not signed by its log: \(error)")
        }
    }

    /// The fault with the first event that is not the one whose hash was published and signed, where events were
    /// altered and the published tiles are there to tell. A log that was replaced as a whole stays just that.
    func located(_ fault: EngineFault, in log: any EventLog) -> EngineFault {
        switch fault {
        case .treeMismatch: break
        case .forked: guard (try? isAltered(log)) == true else { return fault }
        default: return fault
        }
        guard let tiles, let note = tiles.checkpoint(), let head = try? signed(note, tiles.checkpointPath),
            var tree = try? TileReader(source: tiles, size: head.size, root: head.root)
        else { return fault }
        for index in 0..<(head.size + 255) / 256 {
            guard let hashes = try? tree.hashes(tileLevel: 0, index: index),
                let events = try? log.events(of: ledger, from: index * 256, limit: hashes.count)
            else { return fault }
            for (offset, hash) in hashes.enumerated()
            where !(events.indices.contains(offset) && TreeHash.leaf(events[offset]) == hash) {
                return .corruptLog(
                    event: index * 256 + UInt64(offset),
                    reason: "it was altered, its bytes are not those whose hash was signed")
            }
        }
        return fault
    }

    /// Whether the events are not those that the log's own head states.
    private func isAltered(_ log: any EventLog) throws -> Bool {
        let head = try log.head(of: ledger)
        var range = CompactRange()
        while range.size < head.size {
            let events = try log.events(of: ledger, from: range.size, limit: 4096)
            guard !events.isEmpty else { return true }
            for event in events { range.append(.leaf(event)) }
        }
        return range.bytes != head.compactRange
    }

    /// Keeps the snapshot. It is a cache: one that cannot be written costs time at the next start, nothing else.
    func save(_ current: Snapshot) { try? snapshot?.save(current) }

    var keepsSnapshots: Bool { snapshot != nil }
}
