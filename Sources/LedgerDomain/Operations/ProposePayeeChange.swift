package import CBOR

/// Proposes another bank account for a payee, with the document that shows it; its payouts wait for the decision.
package struct ProposePayeeChange: Operation {
    package static let type = OperationType.proposePayeeChange

    package typealias Accepted = NoFields

    package var payee: PayeeID = .none
    /// Salted hashes, as in a merchants file.
    package var name: Digest128 = .zero
    package var account: Digest128 = .zero
    /// 联行号.
    package var bankCode = ""
    /// The document, 1 to 200 bytes.
    package var evidence = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &payee)
        try coder.field(17, &name)
        try coder.field(18, &account)
        try coder.field(19, &bankCode)
        try coder.field(20, &evidence)
    }
}

extension ProposePayeeChange {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard bankCode.isShortText, evidence.isShortText else { return .failure(.textOutOfRange) }
        guard state.payees.contains(payee) else { return .failure(.unknownPayee) }
        guard state.payees[payee].change == nil else { return .failure(.payeeChangePending) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.payees[payee].change = PayeeChange(
            event: context.number, name: name, account: account, bankCode: bankCode,
            maker: context.principal)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .payeeChange(
                PayeeChangeRow(
                    event: context.number, payee: payee, name: name, account: account, bankCode: bankCode,
                    evidence: evidence, maker: context.principal, instant: context.instant)))
    }
}
