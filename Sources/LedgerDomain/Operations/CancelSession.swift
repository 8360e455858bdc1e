package import CBOR

/// Cancels a session whose count is not closed; what was redeemed for it is refunded to the vouchers, one by one.
///
/// Once somebody was admitted, only the attestor can say that it did not take place.
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
        let show = state.sessions[session]
        guard show.status == .open || show.status == .proposed else { return .failure(.sessionNotOpen) }
        guard show.admitted == 0 || show.attestor == context.principal else {
            return .failure(.sessionAttended)
        }
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
