/// What a follower makes of a checkpoint.
package enum FollowResult: Hashable, Sendable {
    /// The log grew; the checkpoint is the last one now.
    case advanced(from: TreeHead, to: TreeHead)
    /// The same tree as before.
    case unchanged(TreeHead)
    /// Not a continuation of what was seen.
    case fork(Fork)
    /// A smaller tree than was seen: an old checkpoint shown again, or a log that was put back.
    case rollback(from: TreeHead, to: TreeHead)
    /// A larger tree, without a proof between exactly these two sizes: to be fetched and tried again.
    case unproven
    /// A checkpoint of another log.
    case foreign(LogOrigin)

    /// How a checkpoint shows that it belongs to another history.
    package enum Fork: Hashable, Sendable {
        /// The same size with another root: the two signed checkpoints alone convict the log.
        case otherRoot
        /// The proof does not lead from the known root to this one: the tree begins otherwise, or whoever
        /// made the proof erred. A proof from another source tells which.
        case otherBeginning
    }
}
