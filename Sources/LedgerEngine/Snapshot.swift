package import AuditLog
package import LedgerDomain

/// A ledger as it was after some of its events: what they came to, and the tree over them.
package struct Snapshot: Equatable, Sendable {
    package var state: LedgerState
    package var tree: CompactRange

    /// The ledger before its first event.
    package init(state: LedgerState = LedgerState(), tree: CompactRange = CompactRange()) {
        self.state = state
        self.tree = tree
    }
}
