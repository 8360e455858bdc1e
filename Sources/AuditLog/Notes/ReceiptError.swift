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

extension ReceiptError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .checkpoint(let error): "its checkpoint: \(error)"
        case .indexOutOfRange(let index, let size):
            "it speaks of event \(index), and its checkpoint has only \(size) events"
        case .pathLength(let length, let expected):
            "it has \(length) hashes where the way to the root has \(expected)"
        case .rootMismatch: "its event, place and hashes do not lead to the root that the log signed"
        case .quorumMissing: "too few of the policy's witnesses have cosigned its checkpoint"
        }
    }
}
