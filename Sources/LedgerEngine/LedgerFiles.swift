package import AuditLog
import Foundation
package import LedgerDomain

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

    /// The replica to begin with: what the snapshot has seen, held to the kept head.
    package func replica() throws(EngineFault) -> Replica {
        let kept = try keptHead()
        // A snapshot from beyond the kept head cannot be held to it; replaying the log can.
        guard let snapshot = snapshot?.load(), snapshot.state.profile?.code == ledger,
            snapshot.tree.size <= kept?.size ?? .max
        else { return Replica(ledger, kept: kept) }
        return Replica(ledger, snapshot, kept: kept)
    }

    /// The head that was kept last, here or with the tiles; its signature is checked.
    package func keptHead() throws(EngineFault) -> TreeHead? { try keptNote()?.head }

    /// The kept head with the note that signs for it.
    package func keptNote() throws(EngineFault) -> PublishedHead? {
        var kept: PublishedHead?
        if let note = try head?.read() { kept = PublishedHead(head: try signed(note), checkpoint: note) }
        guard let note = tiles?.checkpoint() else { return kept }
        do throws(EngineFault) {
            let head = try signed(note)
            if head.size > kept?.head.size ?? 0 { kept = PublishedHead(head: head, checkpoint: note) }
        } catch {
            // The published one can be made again, as long as the kept one is there to hold the log to.
            guard kept != nil else { throw error }
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
    package func publishedCheckpoint() throws(EngineFault) -> SignedCheckpoint {
        guard let note = tiles?.checkpoint() else { throw .logFiles("no checkpoint has been published") }
        do {
            return try SignedCheckpoint(
                opening: note, of: KnownLog((signer.signer(of: note) ?? signer).verifierKey),
                witnesses: try policy().witnesses.map(\.key))
        } catch let fault as EngineFault {
            throw fault
        } catch {
            throw .logFiles("the published checkpoint of ledger \(ledger): \(error)")
        }
    }

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
        guard let tiles, let note = tiles.checkpoint(), let head = try? signed(note) else { return nil }
        guard let reader = try? TileReader(source: tiles, size: head.size, root: head.root) else {
            return nil
        }
        return try? TileBuilder(continuing: reader)
    }

    /// Reads a checkpoint of this ledger's log.
    func signed(_ note: [UInt8]) throws(EngineFault) -> TreeHead {
        do {
            return try SignedCheckpoint(
                opening: note, of: KnownLog((signer.signer(of: note) ?? signer).verifierKey)
            ).checkpoint.head
        } catch {
            throw .logFiles("the kept head of ledger \(ledger) is not signed by its log: \(error)")
        }
    }

    /// Keeps the snapshot. It is a cache: one that cannot be written costs time at the next start, nothing else.
    func save(_ current: Snapshot) { try? snapshot?.save(current) }

    var keepsSnapshots: Bool { snapshot != nil }
}
