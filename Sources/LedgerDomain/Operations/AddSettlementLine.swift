package import CBOR

/// One line of a settlement that is being sealed: what a payee gets of a fund, for every merchant that is not held.
package struct AddSettlementLine: Operation {
    package static let type = OperationType.addSettlementLine

    package var settlement: SettlementID = .none
    package var payee: PayeeID = .none
    package var fund: FundID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
        try coder.field(17, &payee)
        try coder.field(18, &fund)
    }

    /// The line's number from 1, its amount and whose money it is.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var line: UInt32 = 0
        package var amount: Amount = .zero
        package var merchants: [MerchantID] = []

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &line)
            try coder.field(33, &amount)
            try coder.field(34, &merchants)
        }
    }
}

extension AddSettlementLine {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.funds.contains(fund) else { return .failure(.unknownFund) }
        guard state.settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let built = state.settlements[settlement]
        guard built.status == .built else { return .failure(.settlementNotBuilt) }
        guard state.payees.contains(payee) else { return .failure(.nothingToSettle) }
        guard !built.lines.contains(where: { $0.payee == payee && $0.fund == fund }) else {
            return .failure(.lineAlreadyInSettlement)
        }
        if let refusal = state.hold(on: payee) { return .failure(refusal) }
        let merchants = state.settleable(payee, fund, through: built.through)
        let net = state.net(of: merchants, fund, through: built.through)
        guard net > .zero else { return .failure(.nothingToSettle) }
        guard net.fen >= state.settings[.settlementMinimum] else { return .failure(.belowSettlementMinimum) }
        let source = state.funds[fund]
        guard source.totals.clearing + net <= source.treasury - source.totals.remitted else {
            return .failure(.treasuryShort)
        }
        return .success(
            .with {
                $0.line = UInt32(built.lines.count + 1)
                $0.amount = net
                $0.merchants = merchants
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            Posting(.settle, debit: .payable(payee), credit: .clearing(settlement), fund, accepted.amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let through = state.settlements[settlement].through
        var parts: [SettlementLine.Part] = []
        for merchant in accepted.merchants {
            let taken = state.unsettled[MerchantFund(merchant, fund)]?.take(through: through) ?? Unsettled()
            parts.append(SettlementLine.Part(merchant: merchant, taken: taken))
        }
        state.settlements[settlement].lines.append(
            SettlementLine(payee: payee, fund: fund, amount: accepted.amount, parts: parts))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .settlementLine(
                SettlementLineRow(
                    event: context.number, settlement: settlement, line: accepted.line, payee: payee,
                    fund: fund, amount: accepted.amount, merchants: accepted.merchants)))
    }
}

extension LedgerState {
    /// The merchants of a payee of whom a settlement takes something: those that are not held.
    fileprivate func settleable(
        _ payee: PayeeID, _ fund: FundID, through day: BusinessDay
    ) -> [MerchantID] {
        payees[payee].merchants.filter {
            merchants[$0].status == .active
                && unsettled[MerchantFund($0, fund)]?.hasEntries(through: day) == true
        }
    }

    fileprivate func net(of merchants: [MerchantID], _ fund: FundID, through day: BusinessDay) -> Amount {
        merchants.reduce(.zero) { $0 + (unsettled[MerchantFund($1, fund)]?.net(through: day) ?? .zero) }
    }

    /// Every payee and fund for which a settlement through `day` would have a line, in order.
    package func payable(through day: BusinessDay) -> [(payee: PayeeID, fund: FundID, amount: Amount)] {
        payees.enumerated.filter { hold(on: $0.id) == nil }.flatMap { id, payee in
            payee.balances.entries.compactMap { entry in
                let net = net(of: settleable(id, entry.fund, through: day), entry.fund, through: day)
                return net > .zero && net.fen >= settings[.settlementMinimum] ? (id, entry.fund, net) : nil
            }
        }
    }
}
