import AuditLog
import Cryptography

/// Why a published log is refused, and where.
package enum AuditFault: Error, Equatable, Sendable {
    /// The checkpoint is malformed, another log's, or not signed by those who must have signed.
    case checkpoint(String)
    /// The log cannot be read now; nothing is known about it.
    case unreadable(String)
    /// A file is missing, malformed, forged or none of the log's.
    case file(String, String)
    /// The bytes of this event are not those that the log's tree holds.
    case altered(UInt64)
    /// The log proves this event, and it does not follow from those before it.
    case event(UInt64, String)
    /// All events follow, and yet an invariant of the book does not hold.
    case invariant(Int, String)
    /// The receipt does not show what it should.
    case receipt(String)
    /// The log is not the one that was seen before, or not the checkpoint's.
    case fork(String)

    /// The fault for what is wrong with a log's files.
    init(_ fault: LogFault<some Error>) {
        switch fault {
        case .tile(let fault): self.init(fault)
        case .entry(let number): self = .altered(number)
        case .bundle(let tile): self = .file(tile.path, "neither its entries nor their hashes are the tree's")
        case .entryOrTile(let number): self = .altered(number)
        case .root(let root, let edge):
            self = .file(
                edge.isEmpty ? "the log" : edge.map(\.path).joined(separator: ", "),
                "forged together with their entries, or another log's: they give the root \(root.bytes.base64)"
            )
        case .fork(let size): self = .fork("the tree does not begin with the \(size) events seen before")
        }
    }

    /// The fault for a tile.
    init(_ fault: TileFault<some Error>) {
        switch fault {
        case .source(let error): self = .unreadable("\(error)")
        case .notInTree: self = .fork("the tree is smaller than it must be")
        default: self = .file(fault.place, fault.reason)
        }
    }

    /// The code that machines know it by.
    package var code: String {
        switch self {
        case .checkpoint: "audit.checkpoint"
        case .unreadable: "audit.unreadable"
        case .file: "audit.file"
        case .altered: "audit.event-altered"
        case .event: "audit.event-wrong"
        case .invariant: "audit.invariant"
        case .fork: "audit.fork"
        case .receipt: "audit.receipt"
        }
    }

    /// What is wrong, for a person.
    package var sentence: String {
        switch self {
        case .checkpoint(let reason): "The checkpoint is refused: \(reason)."
        case .unreadable(let reason): "The log cannot be read: \(reason)"
        case .file(let path, let reason): "\(path): \(reason)."
        case .altered(let number):
            "Event \(number) was altered: its bytes are not those that the signed log holds."
        case .event(let number, let reason): "Event \(number) is in the log and is wrong: \(reason)."
        case .invariant(let number, let reason): "Invariant \(number) of the book does not hold: \(reason)."
        case .receipt(let reason): "The receipt is refused: \(reason)."
        case .fork(let reason): "The log was replaced: \(reason)."
        }
    }
}
