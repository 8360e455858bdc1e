package import CBOR

/// Cancels a session that was not settled; what was redeemed for it is refunded to the vouchers, one by one.
package struct CancelSession: Operation {
    package static let type = OperationType.cancelSession

    package typealias Accepted = NoFields

    package var session: SessionID = .none
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &session)
        try coder.field(17, &reason)
    }
}

extension CancelSession {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard state.sessions.contains(session) else { return .failure(.unknownSession) }
        let status = state.sessions[session].status
        guard status == .open || status == .proposed else { return .failure(.sessionNotOpen) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let promised = FundShares(state.sessions[session].funds, state.sessions[session].promised)
        state.promise(promised, in: state.sessions[session].programme, frees: true)
        state.sessions[session].promised = .zero
        state.sessions[session].status = .cancelled
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.sessionStatus(session, .cancelled, approvedBy: nil, paid: nil))
    }
}
