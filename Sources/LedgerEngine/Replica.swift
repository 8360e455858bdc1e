package import AuditLog
import CBOR
package import LedgerDomain
package import LedgerStorage

/// One ledger's state and tree in this process, brought up to date from the log (DESIGN §5).
package struct Replica: Sendable {
    package let ledger: LedgerCode
    package private(set) var snapshot: Snapshot
    /// The kept heads, the smallest first, until the events up to each have been seen to lead to its root.
    private var unconfirmed: [TreeHead]

    /// A replica that has seen what a snapshot has.
    ///
    /// - Parameter kept: the heads that were kept outside the log, the smallest first; the log must continue them.
    package init(_ ledger: LedgerCode, _ snapshot: Snapshot = Snapshot(), kept: [TreeHead] = []) {
        self.ledger = ledger
        self.snapshot = snapshot
        unconfirmed = kept
    }

    package var state: LedgerState { snapshot.state }
    package var tree: CompactRange { snapshot.tree }

    /// Applies an event that this process decided; `bytes` is what the log will hold.
    package mutating func apply(_ event: Event, _ bytes: [UInt8]) throws(EngineFault) {
        do {
            try LedgerDomain.apply(event, to: &snapshot.state)
        } catch {
            throw .corruptLog(event: state.size, reason: "\(error)")
        }
        snapshot.tree.append(.leaf(bytes))
    }

    /// Applies what others appended, up to `head`, and holds the events to the tree that it states.
    ///
    /// - Parameters:
    ///   - deciding: decides every event again and compares, as `wenhui book replay` does.
    ///   - progress: told the number of events applied so far.
    package mutating func catchUp(
        to head: LogHead, from log: any EventReader, deciding: Bool = false,
        progress: (UInt64) -> Void = { _ in }
    ) throws(EngineFault) {
        let seen = max(state.size, unconfirmed.last?.size ?? 0)
        guard seen <= head.size else { throw .logBehind(size: head.size, seen: seen) }
        try confirm()
        while state.size < head.size {
            let chunk: [[UInt8]]
            do {
                chunk = try log.events(of: ledger, from: state.size, limit: 4096)
            } catch {
                throw .storage(error)
            }
            guard !chunk.isEmpty else { throw .corruptLog(event: state.size, reason: "the event is missing") }
            for bytes in chunk where state.size < head.size {
                let event = try Event.decoded(bytes, number: state.size)
                do {
                    if deciding {
                        try replay(event, on: &snapshot.state)
                    } else {
                        try LedgerDomain.apply(event, to: &snapshot.state)
                    }
                } catch {
                    throw .corruptLog(event: state.size, reason: "\(error)")
                }
                snapshot.tree.append(.leaf(bytes))
                try confirm()
            }
            progress(state.size)
        }
        guard head.compactRange == tree.bytes else { throw .treeMismatch(size: head.size) }
    }

    /// Compares with the kept heads whose events have just been applied.
    private mutating func confirm() throws(EngineFault) {
        while let kept = unconfirmed.first, tree.size == kept.size {
            guard tree.root == kept.root else { throw .forked(size: kept.size) }
            unconfirmed.removeFirst()
        }
    }
}

extension Event {
    /// Decodes a stored event; the fault names its number.
    package static func decoded(_ bytes: [UInt8], number: UInt64) throws(EngineFault) -> Event {
        do {
            return try Event(cborBytes: bytes)
        } catch {
            if let version = version(of: bytes), version > UInt64(currentVersion) {
                throw .newerEvent(event: number, version: version)
            }
            throw .corruptLog(event: number, reason: "\(error)")
        }
    }
}
