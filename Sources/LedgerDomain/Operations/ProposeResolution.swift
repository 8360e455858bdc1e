package import CBOR

/// Proposes to put a difference to rest: by a new posting, by a corrected statement, or for a reason.
package struct ProposeResolution: Operation {
    package static let type = OperationType.proposeResolution

    /// SHA-256 of the difference's content, by which later runs know it again.
    package var difference = Octets()
    package var kind = Resolution.Class.long
    /// The ledger's amount less the other side's.
    package var amount = Amount.zero
    package var manner = Resolution.Manner.reason
    /// The event of the posting; for a posting alone.
    package var posting: UInt64?
    /// SHA-256 of the corrected statement; for a statement alone.
    package var statement: Octets?
    /// 1 to 200 bytes.
    package var note = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &difference)
        try coder.field(17, &kind)
        try coder.field(18, &amount)
        try coder.field(19, &manner)
        try coder.field(20, &posting)
        try coder.field(21, &statement)
        try coder.field(22, &note)
    }

    /// The resolution's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var resolution: ResolutionID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &resolution)
        }
    }
}

extension ProposeResolution {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard note.isShortText else { return .failure(.textOutOfRange) }
        guard difference.isSHA256, statement?.isSHA256 ?? true else { return .failure(.evidenceInvalid) }
        guard isSound, posting.map({ $0 < context.number }) ?? true else {
            return .failure(.resolutionInvalid)
        }
        guard state.resolved[difference] == nil else { return .failure(.differenceResolved) }
        return .success(.with { $0.resolution = state.resolutions.nextID })
    }

    /// Whether it has what its manner needs, and nothing else.
    private var isSound: Bool {
        (posting != nil) == (manner == .posting) && (statement != nil) == (manner == .statement)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.resolutions.append(Resolution(difference: difference, maker: context.principal))
        state.resolved[difference] = accepted.resolution
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .resolution(
                ResolutionRow(
                    id: accepted.resolution, asked: self, maker: context.principal,
                    instant: context.instant)))
    }
}
