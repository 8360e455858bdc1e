package import CBOR

/// Takes a payee's new bank account as a second person: from now on it is paid there.
package struct ApprovePayeeChange: Operation {
    package static let type = OperationType.approvePayeeChange

    package var payee: PayeeID = .none
    /// The event that proposed it.
    package var proposal: UInt64 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &payee)
        try coder.field(17, &proposal)
    }

    /// Who is paid where.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var name: Digest128 = .zero
        package var account: Digest128 = .zero
        package var bankCode = ""

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &name)
            try coder.field(33, &account)
            try coder.field(34, &bankCode)
        }
    }
}

extension ApprovePayeeChange {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        state.change(of: payee, proposedBy: proposal).flatMap { change in
            guard change.maker != context.principal else { return .failure(.makerIsChecker) }
            return .success(
                .with { ($0.name, $0.account, $0.bankCode) = (change.name, change.account, change.bankCode) })
        }
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.payees[payee].change = nil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .payeeChangeDecided(
                event: proposal, .approved, by: context.principal, note: ""))
        rows.append(
            .payeeAccount(
                payee, name: accepted.name, account: accepted.account, bankCode: accepted.bankCode))
    }
}
