/// Follows one log from checkpoint to checkpoint, for monitors, auditors and clients that come back.
///
/// It keeps the last checkpoint that continued what it had seen. What it refuses changes nothing; with
/// ``last``, a refused checkpoint that the log signed is the proof of what the log did.
package struct CheckpointFollower: Hashable, Sendable {
    /// Which log is followed.
    package let origin: LogOrigin
    /// The last checkpoint taken; to be kept as a note and opened again.
    package private(set) var last: SignedCheckpoint?

    /// Follows a log of which nothing has been seen: the first checkpoint is believed.
    package init(origin: LogOrigin) { self.origin = origin }

    /// Goes on from a checkpoint that was kept.
    package init(after last: SignedCheckpoint) {
        origin = last.checkpoint.origin
        self.last = last
    }

    /// Compares a checkpoint with the last one, and takes it when it continues that one.
    ///
    /// - Parameter proof: from the last tree to the new one; not needed from none, or for the same size.
    package mutating func follow(_ next: SignedCheckpoint, proof: ConsistencyProof? = nil) -> FollowResult {
        guard next.checkpoint.origin == origin else { return .foreign(next.checkpoint.origin) }
        let known = last?.checkpoint.head ?? TreeHead(size: 0, root: .empty)
        let new = next.checkpoint.head
        guard new.size >= known.size else { return .rollback(from: known, to: new) }
        if new.size == known.size {
            guard new.root == known.root else { return .fork(.otherRoot) }
            if last == nil { last = next }
            return .unchanged(known)
        }
        if known.size > 0 {
            guard let proof, proof.first == known.size, proof.second == new.size else { return .unproven }
            guard proof.isValid(firstRoot: known.root, secondRoot: new.root) else {
                return .fork(.otherBeginning)
            }
        }
        last = next
        return .advanced(from: known, to: new)
    }
}
