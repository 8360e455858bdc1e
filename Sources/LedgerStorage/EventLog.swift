package import LedgerDomain

/// The head row of one ledger's log.
package struct LogHead: Equatable, Sendable {
    /// The number of events, and so the number of the next one.
    package var size: UInt64
    /// The compact range of the Merkle tree over the events: 32 bytes a hash, the largest subtree first.
    package var compactRange: [UInt8]
    /// The checkpoint signed with the last commit: a signed note's bytes.
    package var checkpoint: [UInt8]

    package init(size: UInt64 = 0, compactRange: [UInt8] = [], checkpoint: [UInt8] = []) {
        self.size = size
        self.compactRange = compactRange
        self.checkpoint = checkpoint
    }
}

/// What one commit adds to a ledger's log.
package struct LogAddition: Equatable, Sendable {
    /// The events' bytes, in order; none adds nothing.
    package var events: [[UInt8]]
    /// The tree's compact range with them.
    package var compactRange: [UInt8]
    /// The checkpoint that signs for it.
    package var checkpoint: [UInt8]

    package init(events: [[UInt8]] = [], compactRange: [UInt8] = [], checkpoint: [UInt8] = []) {
        self.events = events
        self.compactRange = compactRange
        self.checkpoint = checkpoint
    }
}

/// Reads stored events.
package protocol EventReader {
    /// The bytes of at most `limit` events of `ledger` from number `from` on, in order.
    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]]
}

/// The truth: every ledger's events, append-only, numbered without gap, durable when `append` returns.
package protocol EventLog: EventReader, AnyObject, Sendable {
    /// The ledgers that have at least one event, ascending.
    func ledgers() throws(StorageError) -> [LedgerCode]

    /// The head as last committed.
    func head(of ledger: LedgerCode) throws(StorageError) -> LogHead

    /// Locks the ledger's head, lets `decide` read it and whatever others appended, appends what it returns,
    /// raises the head with it and commits once.
    ///
    /// When `decide` throws, or returns nothing, nothing is written. After ``StorageError/outcomeUnknown``
    /// only reading tells what happened.
    func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError)
}
