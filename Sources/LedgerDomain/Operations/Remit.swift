package import CBOR

/// 转移支付: money of a fund leaves for another ledger.
///
/// A matching fund pays by an approved plan only, tranches counted together.
package struct Remit: Operation {
    package static let type = OperationType.remit

    package typealias Accepted = NoFields

    package var fund: FundID = .none
    package var recipient: LedgerCode = LedgerCode(0)
    package var amount: Amount = .zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &fund)
        try coder.field(17, &recipient)
        try coder.field(18, &amount)
    }
}

extension Remit {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard amount.isMovable else { return .failure(.amountOutOfRange) }
        guard let profile = state.profile, state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard recipient != profile.code else { return .failure(.remittanceToSelf) }
        if case .failure(let refusal) = state.spend(amount, of: fund) { return .failure(refusal) }
        if state.funds[fund].matching {
            let planned = state.planned(for: recipient, from: fund)
            guard planned > .zero else { return .failure(.notInPlan) }
            let total = state.balance(of: .remitted(recipient), fund) + amount
            guard total <= planned else { return .failure(.planExceeded) }
        }
        return .success(Accepted())
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(Posting(.remit, debit: .fund, credit: .remitted(recipient), fund, amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.remittances[context.number] = Remittance(fund: fund, ledger: recipient, amount: amount)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .remittance(
                RemittanceRow(
                    event: context.number, incoming: false, fund: fund, ledger: recipient, amount: amount,
                    origin: nil, instant: context.instant)))
    }
}
