package import CBOR

/// 撤销: undoes an authorisation that was not captured; the voucher is free at once.
package struct VoidAuthorisation: Operation {
    package static let type = OperationType.void

    package var authorisation: AuthorisationID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &authorisation)
    }

    /// The voucher that is free again.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var voucher: VoucherID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &voucher)
        }
    }
}

extension VoidAuthorisation {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.authorisations.contains(authorisation) else { return .failure(.unknownAuthorisation) }
        let hold = state.authorisations[authorisation]
        guard hold.status == .open else { return .failure(.authorisationClosed) }
        return .success(.with { $0.voucher = hold.voucher })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.authorisations[authorisation].status = .voided
        state.sessionHolds[authorisation] = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.authorisationStatus(authorisation, .voided))
    }
}
