import LedgerDomain
import Synchronization

/// What a claim asks of a batch, as far as this process has read it, so that a drop does not wait for the writer, who holds
/// the ledger's state while it commits.
///
/// A batch keeps its programme, its rule's version and its groups, and a programme its scope: what is here is never out of
/// date.
final class KnownBatches: Sendable {
    struct Facts: Sendable {
        var scope: PseudonymScope
        /// The groups that the batch or its rule asks about.
        var groups: Set<String>
    }

    private let facts = Mutex<[BatchID: Facts]>([:])

    /// - Returns: `nil` where there is no such batch.
    func facts(of batch: BatchID, _ service: LedgerService) throws(ServiceError) -> Facts? {
        if let known = facts.withLock({ $0[batch] }) { return known }
        let read = try service.state { state -> Facts? in
            guard state.batches.contains(batch) else { return nil }
            let source = state.batches[batch]
            let rule = state.rule(of: source)
            let minors = rule.goods?.adultsOnly.isEmpty == false ? [AgeGroup.minor] : []
            return Facts(
                scope: PseudonymScope(source.programme, in: state),
                groups: (source.access?.groups ?? []).union(rule.claims?.guarded ?? []).union(minors))
        }
        if let read { facts.withLock { $0[batch] = read } }
        return read
    }
}
