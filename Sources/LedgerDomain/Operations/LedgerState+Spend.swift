extension LedgerState {
    /// Whether `amount` may leave a fund: it is there, and what is still to be clawed back stays (invariant 2).
    func spend(_ amount: Amount, of fund: FundID) -> Result<Amount, Refusal> {
        let fund = funds[fund]
        guard amount <= fund.balance else { return .failure(.insufficientFund) }
        guard fund.free >= amount else { return .failure(.clawBackOutstanding) }
        return .success(amount)
    }

    /// What approved plans grant `ledger` from `fund`.
    func planned(for ledger: LedgerCode, from fund: FundID) -> Amount {
        planned(for: ledger) { $0 == fund }
    }

    /// What approved plans grant `ledger` from matching funds of the same level and fiscal year.
    func planned(for ledger: LedgerCode, like fund: FundID) -> Amount {
        let (level, year) = (funds[fund].level, funds[fund].fiscalYear)
        return planned(for: ledger) { funds[$0].level == level && funds[$0].fiscalYear == year }
    }

    private func planned(for ledger: LedgerCode, where isMeant: (FundID) -> Bool) -> Amount {
        plans.storage.filter { $0.approved && isMeant($0.fund) }.flatMap(\.lines)
            .reduce(.zero) { $1.ledger == ledger ? $0 + $1.amount : $0 }
    }
}

extension String {
    /// Whether it is a name, a reference or a document number: 1 to 200 bytes without control characters.
    var isShortText: Bool { isText(upTo: 200) }

    /// Whether it has 1 to `limit` bytes, none of them a control character.
    package func isText(upTo limit: Int) -> Bool {
        (1...limit).contains(utf8.count) && utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
    }
}
