package import AuditLog
package import LedgerDomain
import LedgerEngine

/// Verifies a ledger from its published log alone, for an auditor who trusts nobody: no database, no secret.
///
/// That no event was changed, removed or reordered is what the log proves; that every balance follows from the
/// events is what the replay proves. This does both (DESIGN §6).
package struct LogAudit<Source: TileSource> {
    private let source: Source
    private let log: KnownLog
    private let policy: WitnessPolicy

    /// - Parameters:
    ///   - source: where the log's files come from.
    ///   - log: the origin and the keys that the auditor knows it by.
    ///   - policy: which witnesses must have seen the checkpoint.
    package init(_ source: Source, log: KnownLog, policy: WitnessPolicy) {
        self.source = source
        self.log = log
        self.policy = policy
    }

    /// Opens a checkpoint: its signature, and the cosignatures that the policy demands.
    package func open(checkpoint note: [UInt8]) throws(AuditFault) -> SignedCheckpoint {
        let checkpoint: SignedCheckpoint
        do {
            checkpoint = try SignedCheckpoint(opening: note, of: log, witnesses: policy.witnesses.map(\.key))
        } catch {
            throw .checkpoint("\(error)")
        }
        guard policy.isSatisfied(by: checkpoint.cosignatures) else {
            throw .checkpoint("too few of the policy's witnesses have cosigned it")
        }
        return checkpoint
    }

    /// Verifies every entry and every tile of the checkpoint's tree and decides every event again.
    ///
    /// - Returns: the state that the events lead to, every balance recomputed and every invariant checked.
    package func verify(
        _ checkpoint: SignedCheckpoint, progress: (UInt64, UInt64) -> Void = { _, _ in }
    ) throws(AuditFault) -> LedgerState {
        let head = checkpoint.checkpoint.head
        var state = LedgerState()
        var signatures = OfflineSignatures()
        // A bundle may be given out before the log is proved to its end, so nothing is said before that.
        var refused: AuditFault?
        do throws(LogFault<Source.Failure>) {
            var verifier = try LogVerifier(source: source, size: head.size, root: head.root)
            while let entries = try verifier.next() {
                guard refused == nil else { continue }
                do throws(AuditFault) {
                    for entry in entries { try replay(entry, on: &state, &signatures) }
                } catch {
                    refused = error
                }
                progress(verifier.range.size, head.size)
            }
        } catch {
            throw AuditFault(error)
        }
        if let refused { throw refused }
        do {
            try state.checkInvariants()
        } catch {
            throw .invariant(error.invariant, error.description)
        }
        guard state.profile == nil || log.origin.names(state.profile?.code) else {
            throw .checkpoint("the log \(log.origin) holds another ledger's events")
        }
        return state
    }

    private func replay(
        _ entry: [UInt8], on state: inout LedgerState, _ signatures: inout OfflineSignatures
    ) throws(AuditFault) {
        let number = state.size
        let event: Event
        do {
            event = try Event.decoded(entry, number: number)
        } catch {
            throw .event(number, error.sentence)
        }
        if let fault = signatures.fault(in: event, state) { throw .event(number, fault) }
        do {
            try LedgerDomain.replay(event, on: &state)
        } catch {
            throw .event(number, "\(error)")
        }
    }
}

extension LogOrigin {
    /// Whether this is the name of a log of the ledger.
    fileprivate func names(_ ledger: LedgerCode?) -> Bool {
        guard let ledger else { return true }
        let name = "wenhui/\(ledger)"
        return description == name || description.hasPrefix(name + "/")
    }
}

extension LogAudit {
    /// The proof that a checkpoint continues an earlier head, from tiles that are chained to the checkpoint.
    ///
    /// - Returns: `nil` where none is needed, or where there can be none.
    package func consistency(
        from earlier: TreeHead?, to checkpoint: SignedCheckpoint
    ) throws(AuditFault) -> ConsistencyProof? {
        let head = checkpoint.checkpoint.head
        guard let earlier, earlier.size > 0, earlier.size < head.size else { return nil }
        do throws(TileFault<Source.Failure>) {
            var reader = try TileReader(source: source, size: head.size, root: head.root)
            return try reader.consistencyProof(first: earlier.size, second: head.size)
        } catch {
            throw AuditFault(error)
        }
    }
}
