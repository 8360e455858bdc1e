package import CBOR

/// Money arrives from another ledger; the sender's ledger and event number are its key.
package struct Receive: Operation {
    package static let type = OperationType.receive

    package typealias Accepted = NoFields

    package var fund: FundID = .none
    package var sender: LedgerCode = LedgerCode(0)
    package var remittance: UInt64 = 0
    package var amount: Amount = .zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &fund)
        try coder.field(17, &sender)
        try coder.field(18, &remittance)
        try coder.field(19, &amount)
    }
}

extension Receive {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.funds[fund].treasury + amount <= .limit else { return .failure(.amountOutOfRange) }
        guard sender != state.profile?.code else { return .failure(.remittanceToSelf) }
        guard !state.receipts.values.contains(where: { $0.ledger == sender && $0.origin == remittance })
        else {
            return .failure(.remittanceAlreadyReceived)
        }
        return .success(Accepted())
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.receive, debit: .treasury, credit: .fund, fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.receipts[context.number] = Remittance(
            fund: fund, ledger: sender, amount: amount, origin: remittance)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .remittance(
                RemittanceRow(
                    event: context.number, incoming: true, fund: fund, ledger: sender, amount: amount,
                    origin: remittance, instant: context.instant)))
    }
}
