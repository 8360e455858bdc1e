import LedgerDomain

/// Σ paid + held + carried = Σ payable, fund by fund: what merchants were ever owed is paid, on its way, or still owed.
struct Conservation {
    private var owed: [FundID: Amount] = [:]
    private var paid: [FundID: Amount] = [:]

    mutating func take(_ postings: [Posting]) {
        for posting in postings {
            switch posting.kind {
            case .settle: break
            case .pay: paid[posting.fund, default: .zero] += posting.undoes ? -posting.amount : posting.amount
            default:
                if posting.credit.kind == .payable { owed[posting.fund, default: .zero] += posting.amount }
                if posting.debit.kind == .payable { owed[posting.fund, default: .zero] -= posting.amount }
            }
        }
    }

    /// The first fund that has lost or found money on the way to the merchants.
    func broken(in state: LedgerState) -> String? {
        for (id, fund) in state.funds.enumerated {
            // A settlement's lines are on their way; what is held or too little for one is still owed.
            let clearing = state.settlements.enumerated.reduce(Amount.zero) { $0 + $1.entity.balances[id] }
            let waiting = state.payees.enumerated.reduce(Amount.zero) { $0 + $1.entity.balances[id] }
            let (owed, paid) = (owed[id] ?? .zero, paid[id] ?? .zero)
            guard owed == paid + clearing + waiting, fund.totals.payable == waiting else {
                return
                    "fund \(id.rawValue): owed \(owed.yuan); paid \(paid.yuan), clearing \(clearing.yuan), waiting \(waiting.yuan)"
            }
        }
        return nil
    }
}
