package import CBOR

/// Pays the venue's merchant for the admissions that were attested, once the attestor has closed the count (award).
package struct SettleSession: Operation {
    package static let type = OperationType.settleSession

    package var session: SessionID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &session)
    }

    /// What is owed for it, to whom.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var programme: ProgrammeID = .none
        package var merchant: MerchantID = .none
        package var payee: PayeeID = .none
        /// How many are paid for.
        package var admissions: UInt32 = 0
        package var subsidy = FundShares()
        package var day = BusinessDay(days: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &programme)
            try coder.field(33, &merchant)
            try coder.field(34, &payee)
            try coder.field(35, &admissions)
            try coder.field(36, &subsidy)
            try coder.field(37, &day)
        }
    }
}

extension SettleSession {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.sessions.contains(session) else { return .failure(.unknownSession) }
        let show = state.sessions[session]
        guard show.attestor != context.principal else { return .failure(.makerIsChecker) }
        guard show.status == .open || show.status == .counted else { return .failure(.sessionNotOpen) }
        guard context.instant >= show.endsAt else { return .failure(.sessionNotOver) }
        guard show.status == .counted || context.instant >= show.settlesAnyhow else {
            return .failure(.sessionNotCounted)
        }
        let due = show.due
        guard due.nonZero.allSatisfy({ $0.amount <= state.funds[$0.fund].free }) else {
            return .failure(.clawBackOutstanding)
        }
        let merchant = state.outlets[show.outlet].merchant
        return .success(
            .with {
                $0.programme = show.programme
                $0.merchant = merchant
                $0.payee = state.merchants[merchant].payee
                $0.admissions = show.subsidised
                $0.subsidy = due
                $0.day = state.businessDay(of: context.instant)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .award, debit: .programme(accepted.programme), credit: .payable(accepted.payee), accepted.subsidy)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let promised = FundShares(state.sessions[session].funds, state.sessions[session].promised)
        state.promise(promised, in: accepted.programme, frees: true)
        state.sessions[session].promised = .zero
        state.sessions[session].status = .settled
        state.owe(accepted.subsidy, to: accepted.merchant, on: accepted.day)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.sessionStatus(session, .settled, approvedBy: nil, paid: accepted.subsidy.total))
    }
}
