extension LedgerState {
    /// The balance of one account in one fund; zero for an account that was never posted to.
    ///
    /// - Precondition: the account's owner and the fund exist.
    package func balance(of account: Account, _ fund: FundID) -> Amount {
        switch account {
        case .treasury: funds[fund].treasury
        case .fund: funds[fund].balance
        case .remitted(let ledger): funds[fund].remitted[ledger] ?? .zero
        case .programme(let id): programmes[id].balances[fund]
        case .batch(let id): batches[id].balance(of: fund)
        case .voucher(let id): voucherBalance(id, fund)
        case .payable(let id): payees[id].balances[fund]
        case .clearing(let id): settlements[id].balances[fund]
        case .points(let id): points[id]?.balance ?? .zero
        case .pointsIssued(let id): pointsIssued[id] ?? .zero
        }
    }

    /// Posts, the only way a balance changes.
    mutating func post(_ posting: Posting) {
        let amount = posting.amount
        change(posting.debit, posting.fund, by: posting.debit.isDebitNormal ? amount : -amount)
        change(posting.credit, posting.fund, by: posting.credit.isDebitNormal ? -amount : amount)
    }

    private mutating func change(_ account: Account, _ fund: FundID, by delta: Amount) {
        switch account {
        case .treasury:
            funds[fund].treasury += delta
        case .fund:
            funds[fund].balance += delta
        case .remitted(let ledger):
            funds[fund].remitted[ledger, default: .zero] += delta
            funds[fund].totals.remitted += delta
        case .programme(let id):
            programmes[id].balances[fund] += delta
            funds[fund].totals.programme += delta
        case .batch(let id):
            batches[id].change(fund, by: delta)
            funds[fund].totals.batch += delta
        case .voucher(let id):
            changeVoucher(id, fund, by: delta)
            funds[fund].totals.voucher += delta
        case .payable(let id):
            let before = payees[id].balances[fund]
            payees[id].balances[fund] = before + delta
            funds[fund].totals.payable += delta
            funds[fund].totals.clawBack += min(before, .zero) - min(before + delta, .zero)
        case .clearing(let id):
            settlements[id].balances[fund] += delta
            funds[fund].totals.clearing += delta
        case .points(let id):
            points[id, default: PointsAccount()].balance += delta
        case .pointsIssued(let id):
            pointsIssued[id, default: .zero] += delta
        }
    }

    private func voucherBalance(_ id: VoucherID, _ fund: FundID) -> Amount {
        let voucher = vouchers[id]
        guard let slot = batches[voucher.batch].funds.index(of: fund) else { return .zero }
        return voucher.balance[slot]
    }

    private mutating func changeVoucher(_ id: VoucherID, _ fund: FundID, by delta: Amount) {
        guard let slot = batches[vouchers[id].batch].funds.index(of: fund) else {
            preconditionFailure("a voucher's posting names a fund that its batch does not have")
        }
        vouchers[id].change(slot, by: delta)
    }
}
