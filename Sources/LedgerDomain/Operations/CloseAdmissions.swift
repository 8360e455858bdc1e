package import CBOR

/// The attestor says that everybody who came to a session is counted; from then on it can be settled.
package struct CloseAdmissions: Operation {
    package static let type = OperationType.closeAdmissions

    package var session: SessionID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &session)
    }

    /// How many were counted.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var admitted: UInt32 = 0
        /// How many of them the programme pays for.
        package var subsidised: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &admitted)
            try coder.field(33, &subsidised)
        }
    }
}

extension CloseAdmissions {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.sessions.contains(session) else { return .failure(.unknownSession) }
        let show = state.sessions[session]
        guard show.status == .open else { return .failure(.sessionNotOpen) }
        guard show.attestor == context.principal else { return .failure(.notAttestor) }
        guard context.instant >= show.endsAt else { return .failure(.sessionNotOver) }
        return .success(
            .with {
                $0.admitted = show.admitted
                $0.subsidised = show.subsidised
            })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.sessions[session].status = .counted
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.sessionStatus(session, .counted, approvedBy: nil, paid: nil))
    }
}
