package import CBOR

/// Opens a session as a second person; the programme keeps what all its seats can cost.
package struct ApproveSession: Operation {
    package static let type = OperationType.approveSession

    package var session: SessionID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &session)
    }

    /// What the programme keeps for it.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var promised = FundShares()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &promised)
        }
    }
}

extension ApproveSession {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.sessions.contains(session) else { return .failure(.unknownSession) }
        let proposed = state.sessions[session]
        guard proposed.maker != context.principal else { return .failure(.makerIsChecker) }
        if let refusal = state.programmes[proposed.programme].refusal { return .failure(refusal) }
        guard proposed.status == .proposed else { return .failure(.sessionNotProposed) }
        let whole = proposed.whole
        if let refusal = state.shortage(of: whole, in: proposed.programme) { return .failure(refusal) }
        guard context.instant < proposed.endsAt else { return .failure(.sessionOver) }
        return .success(.with { $0.promised = whole })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.sessions[session].status = .open
        state.sessions[session].promised = accepted.promised.shares
        state.promise(accepted.promised, in: state.sessions[session].programme)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.sessionStatus(session, .open, approvedBy: context.principal, paid: nil))
    }
}
