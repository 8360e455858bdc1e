/// What is owed to a payee by a fund and a settlement leaves where it is, with the reason.
package struct WaitingMoney: Equatable, Sendable {
    package var payee: PayeeID
    package var fund: FundID
    /// Whose money it is, where the others of the payee are settled.
    package var merchant: MerchantID?
    /// Below zero where it is owed back (追回) and is taken off the next settlement that it fits in.
    package var amount: Amount
    /// ``Refusal/payeeHeld``, ``Refusal/payeeChangePending``, ``Refusal/merchantSuspended``,
    /// ``Refusal/merchantBlacklisted``, ``Refusal/belowSettlementMinimum``, ``Refusal/nothingToSettle`` for what is owed back,
    /// or ``Refusal/treasuryShort``.
    package var reason: Refusal

    package init(
        payee: PayeeID, fund: FundID, merchant: MerchantID? = nil, amount: Amount, reason: Refusal
    ) {
        (self.payee, self.fund, self.merchant) = (payee, fund, merchant)
        (self.amount, self.reason) = (amount, reason)
    }
}

extension LedgerState {
    /// What a settlement through `day` would leave, by payee, fund and merchant.
    package func waiting(through day: BusinessDay) -> [WaitingMoney] {
        payees.enumerated.flatMap { id, payee in
            payee.balances.entries.flatMap { waiting(id, payee, $0.fund, through: day) }
        }
    }

    private func waiting(
        _ id: PayeeID, _ payee: Payee, _ fund: FundID, through day: BusinessDay
    ) -> [WaitingMoney] {
        let all = payee.merchants.map { merchant in
            (merchant: merchant, net: unsettled[MerchantFund(merchant, fund)]?.net(through: day) ?? .zero)
        }
        func sum(_ parts: [(merchant: MerchantID, net: Amount)]) -> Amount {
            parts.reduce(.zero) { $0 + $1.net }
        }
        if let reason = hold(on: id) {
            let net = sum(all)
            return net == .zero ? [] : [WaitingMoney(payee: id, fund: fund, amount: net, reason: reason)]
        }
        var waiting = all.compactMap { merchant, net -> WaitingMoney? in
            guard net != .zero, let reason = merchants[merchant].status.refusal else { return nil }
            return WaitingMoney(payee: id, fund: fund, merchant: merchant, amount: net, reason: reason)
        }
        let net = sum(all.filter { merchants[$0.merchant].status == .active })
        if net < .zero {
            waiting.append(WaitingMoney(payee: id, fund: fund, amount: net, reason: .nothingToSettle))
        } else if net > .zero, net.fen < settings[.settlementMinimum] {
            waiting.append(WaitingMoney(payee: id, fund: fund, amount: net, reason: .belowSettlementMinimum))
        }
        return waiting
    }
}

extension Merchant.Status {
    /// Why nothing of a merchant is settled.
    fileprivate var refusal: Refusal? {
        switch self {
        case .active: nil
        case .suspended: .merchantSuspended
        case .blacklisted: .merchantBlacklisted
        }
    }
}
