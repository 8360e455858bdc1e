package import CBOR

/// Pauses, resumes or closes a programme.
///
/// A paused programme neither issues nor redeems; a closed one honours the vouchers that are out.
package struct ChangeProgramme: Operation {
    package static let type = OperationType.changeProgramme

    package typealias Accepted = NoFields

    package var programme: ProgrammeID = .none
    package var action: Action = .pause

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &programme)
        try coder.field(17, &action)
    }
}

extension ChangeProgramme {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.programmes.contains(programme) else { return .failure(.unknownProgramme) }
        switch (action, state.programmes[programme].status) {
        case (_, .submitted): return .failure(.programmeNotApproved)
        case (_, .closed): return .failure(.programmeClosed)
        case (.pause, .paused): return .failure(.programmePaused)
        case (.resume, .approved): return .failure(.programmeNotPaused)
        default: break
        }
        let promises =
            action == .close
            && state.lotteries.contains { batch, lottery in
                state.batches[batch].programme == programme && state.batches[batch].status == .open
                    && lottery.isUnderWay(at: context.instant)
            }
        return promises ? .failure(.lotteryUnderWay) : .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.programmes[programme].status = action.status
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.programmeStatus(programme, action.status, approvedBy: nil))
    }

    /// What happens to the programme.
    package enum Action: UInt8, CaseIterable, Sendable, CBORCodable {
        case pause = 1
        case resume, close

        var status: Programme.Status {
            switch self {
            case .pause: .paused
            case .resume: .approved
            case .close: .closed
            }
        }
    }
}
