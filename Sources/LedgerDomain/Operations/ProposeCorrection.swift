package import CBOR

/// Proposes to take back subsidy that a redemption should not have been given, with the reason.
package struct ProposeCorrection: Operation {
    package static let type = OperationType.proposeCorrection

    package var redemption: RedemptionID = .none
    /// How much of the subsidy.
    package var amount = Amount.zero
    /// What is corrected and why, 1 to 200 bytes.
    package var reason = ""
    /// SHA-256 of what shows it, such as a statement.
    package var evidence: Octets?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &redemption)
        try coder.field(17, &amount)
        try coder.field(18, &reason)
        try coder.field(19, &evidence)
    }

    /// The correction's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var correction: CorrectionID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &correction)
        }
    }
}

extension ProposeCorrection {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard reason.isShortText else { return .failure(.textOutOfRange) }
        guard evidence?.isSHA256 ?? true else { return .failure(.evidenceInvalid) }
        guard state.redemptions.contains(redemption) else { return .failure(.unknownRedemption) }
        guard amount <= state.outstanding(redemption) else { return .failure(.correctionExceeds) }
        return .success(.with { $0.correction = state.corrections.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.corrections.append(
            Correction(redemption: redemption, amount: amount, maker: context.principal))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .correction(
                CorrectionRow(
                    id: accepted.correction, redemption: redemption, amount: amount, reason: reason,
                    evidence: evidence, maker: context.principal, instant: context.instant)))
    }
}
