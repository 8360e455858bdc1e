package import CBOR

/// Opens a difference again that two persons had put to rest, for later evidence.
package struct ReopenDifference: Operation {
    package static let type = OperationType.reopenDifference

    package typealias Accepted = NoFields

    package var resolution: ResolutionID = .none
    /// SHA-256 of what shows it.
    package var evidence = Octets()
    /// 1 to 200 bytes.
    package var reason = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &resolution)
        try coder.field(17, &evidence)
        try coder.field(18, &reason)
    }
}

extension ReopenDifference {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard evidence.isSHA256 else { return .failure(.evidenceInvalid) }
        guard state.resolutions.contains(resolution) else { return .failure(.unknownResolution) }
        guard state.resolutions[resolution].status == .approved else {
            return .failure(.resolutionNotApproved)
        }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.resolutions[resolution].status = .reopened
        state.resolved[state.resolutions[resolution].difference] = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.resolutionDecided(resolution, .reopened, by: context.principal, note: reason))
    }
}
