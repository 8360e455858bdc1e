extension InclusionReceipt {
    /// Verifies that `entry` is in the log, and that enough witnesses saw the tree it is in.
    ///
    /// Everything is checked together: the checkpoint's origin and signatures, the quorum, and that the path
    /// leads from the entry to the root of that very checkpoint.
    ///
    /// - Parameters:
    ///   - entry: the bytes of the entry.
    ///   - log: which log it should be in.
    ///   - policy: which witnesses count, and how many are needed.
    ///   - since: cosignatures before this time, in seconds since 1970, do not count.
    /// - Returns: the checkpoint, verified.
    @discardableResult
    package func verify(
        entry: [UInt8], log: KnownLog, policy: WitnessPolicy, since: UInt64 = 0
    ) throws(ReceiptError) -> SignedCheckpoint {
        let opened: SignedCheckpoint
        do throws(CheckpointOpeningError) {
            opened = try SignedCheckpoint(opening: note, of: log, witnesses: policy.witnesses.map(\.key))
        } catch {
            throw .checkpoint(error)
        }
        let head = opened.checkpoint.head
        guard index < head.size else { throw .indexOutOfRange(index, size: head.size) }
        let expected = InclusionReceipt.pathLength(index: index, size: head.size)
        guard path.count == expected else { throw .pathLength(path.count, expected: expected) }
        let proof = InclusionProof(index: index, size: head.size, path: path)
        guard proof.isValid(leaf: .leaf(entry), root: head.root) else { throw .rootMismatch }
        guard policy.isSatisfied(by: opened.cosignatures, since: since) else { throw .quorumMissing }
        return opened
    }

    /// The same for an entry that may be in any of the logs that the policy lists.
    @discardableResult
    package func verify(
        entry: [UInt8], policy: WitnessPolicy, since: UInt64 = 0
    ) throws(ReceiptError) -> SignedCheckpoint {
        let checkpoint: Checkpoint
        do throws(CheckpointError) {
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw .checkpoint(.text(error))
        }
        guard let log = policy.log(of: checkpoint.origin) else {
            throw .checkpoint(.foreignOrigin(checkpoint.origin))
        }
        return try verify(entry: entry, log: log, policy: policy, since: since)
    }

    /// How many hashes lead from a leaf to the root (RFC 9162 §2.1.3.1).
    private static func pathLength(index: UInt64, size: UInt64) -> Int {
        // Up to where the ways of this leaf and the last one meet, every level has a sibling; above, only
        // those where the way comes from the right.
        let meeting = 64 - (index ^ (size - 1)).leadingZeroBitCount
        return meeting + (meeting < 64 ? (index >> meeting).nonzeroBitCount : 0)
    }
}
