/// Why a well-formed receipt does not show that the entry is in the log.
package enum ReceiptError: Error, Equatable, Sendable {
    /// The checkpoint is malformed, another log's, or not properly signed.
    case checkpoint(CheckpointOpeningError)
    /// The checkpoint's tree has no such place.
    case indexOutOfRange(UInt64, size: UInt64)
    /// The path is not as long as the way from this place to the root.
    case pathLength(Int, expected: Int)
    /// Entry and path do not give the checkpoint's root: another entry, another place or a damaged path.
    case rootMismatch
    /// Too few of the policy's witnesses cosigned, or too long ago.
    case quorumMissing
}
