import AuditLog
import LedgerDomain
import LedgerEngine
import LedgerStorage
import SQLiteStorage

/// The end of a copied log, to which events are added that were decided elsewhere.
struct LogTail {
    private let ledger: LedgerCode
    private let log: SQLiteEventLog
    private let signer: LogSigner

    init(_ ledger: LedgerCode, of log: SQLiteEventLog, signer: LogSigner) {
        self.ledger = ledger
        self.log = log
        self.signer = signer
    }

    /// The name of the log as it stands.
    var origin: String {
        get throws { (signer.signer(of: try log.head(of: ledger).checkpoint) ?? signer).origin.description }
    }

    /// Adds what `source` has up to a published head; the copy must be that log's beginning.
    mutating func append(from source: any EventReader, to published: PublishedHead) throws {
        var range = try range()
        guard range.size <= published.head.size else {
            throw EngineFault.logBehind(size: published.head.size, seen: range.size)
        }
        while range.size < published.head.size {
            let limit = Int(min(4096, published.head.size - range.size))
            let events = try source.events(of: ledger, from: range.size, limit: limit)
            guard !events.isEmpty else {
                throw EngineFault.corruptLog(event: range.size, reason: "the event is missing")
            }
            try add(events, to: &range, end: published)
        }
        guard range.root == published.head.root else { throw EngineFault.forked(size: range.size) }
    }

    /// Adds events that lead to `published`, where they reach it.
    func add(_ events: [[UInt8]], to range: inout CompactRange, end published: PublishedHead) throws {
        for event in events { range.append(.leaf(event)) }
        let head = TreeHead(size: range.size, root: range.root)
        let signer = signer.signer(of: published.checkpoint) ?? signer
        let (size, bytes) = (range.size, range.bytes)
        try log.append(to: ledger) { present, _ throws(StorageError) in
            guard present.size + UInt64(events.count) == size else {
                throw .failed("another process writes to this copy")
            }
            return LogAddition(
                events: events, compactRange: bytes,
                checkpoint: head == published.head ? published.checkpoint : signer.checkpoint(head))
        }
    }

    /// The frontier of the copy.
    func range() throws -> CompactRange {
        let head = try log.head(of: ledger)
        guard let range = CompactRange(size: head.size, bytes: head.compactRange) else {
            throw EngineFault.treeMismatch(size: head.size)
        }
        return range
    }
}
