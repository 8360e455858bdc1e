package import CBOR

/// 退款: gives back a captured redemption, whole or in part; the rule decides what becomes of the voucher.
package struct Refund: Operation {
    package static let type = OperationType.refund

    package var redemption: RedemptionID = .none
    package var bill: Amount = .zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &redemption)
        try coder.field(17, &bill)
    }

    /// What is given back, by whom and to which account.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var voucher: VoucherID = .none
        package var merchant: MerchantID = .none
        package var payee: PayeeID = .none
        package var subsidy: FundShares = FundShares()
        package var target: Account = .fund
        package var day: BusinessDay = BusinessDay(days: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &voucher)
            try coder.field(33, &merchant)
            try coder.field(34, &payee)
            try coder.field(35, &subsidy)
            try coder.field(36, &target)
            try coder.field(37, &day)
        }
    }
}

extension Refund {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard bill.isMovable else { return .failure(.amountOutOfRange) }
        guard state.redemptions.contains(redemption) else { return .failure(.unknownRedemption) }
        let captured = state.redemptions[redemption]
        let before = state.refunds[redemption] ?? Refunded()
        let total = before.bill + bill
        guard total <= captured.bill else { return .failure(.refundExceedsRedemption) }
        let voucher = state.vouchers[captured.voucher]
        let batch = state.batches[voucher.batch]
        let whole = captured.subsidy.total
        // A correction may have taken more of the subsidy back than the part of the bill that is refunded.
        let due = max(
            .zero,
            Amount(fen: ceilingProduct(whole.fen, total.fen, over: captured.bill.fen)) - before.subsidy.total)
        let shares = Split.take(
            due, granted: captured.subsidy, given: before.subsidy, count: batch.funds.count)
        let merchant = state.outlets[captured.outlet].merchant
        let rule = state.refundRule(of: redemption)
        let returns =
            context.instant < voucher.expiry
            && (rule == .reinstate || rule == .reinstateWhenWhole && bill == captured.bill)
        return .success(
            .with {
                $0.voucher = captured.voucher
                $0.merchant = merchant
                $0.payee = state.merchants[merchant].payee
                $0.subsidy = batch.named(shares)
                $0.target =
                    captured.isAbsorbed
                    ? .programme(batch.programme)
                    : returns ? .voucher(captured.voucher) : state.lapseTarget(of: voucher)
                $0.day = state.businessDay(of: context.instant)
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(.refund, debit: .payable(accepted.payee), credit: accepted.target, accepted.subsidy)
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.refunds[redemption, default: Refunded()].bill += bill
        state.giveBack(accepted.subsidy, of: redemption, by: accepted.merchant)
        let rule = state.refundRule(of: redemption)
        let amount = accepted.subsidy.total
        guard !state.redemptions[redemption].isAbsorbed else { return }
        if accepted.target == .voucher(accepted.voucher) {
            state.vouchers[accepted.voucher].redeemed -= amount
            if amount > .zero { state.vouchers[accepted.voucher].status = .usable }
        } else if rule == .reinstate, amount > .zero {
            // It would have returned to the voucher, which has expired: it lapses at once.
            state.vouchers[accepted.voucher].redeemed -= amount
            let left = state.vouchers[accepted.voucher].balance.total
            state.uncount(amount, of: accepted.voucher, leaving: left)
        }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .refund(
                RefundRow(
                    event: context.number, redemption: redemption, bill: bill,
                    subsidy: accepted.subsidy.total,
                    instant: context.instant, day: accepted.day)))
        if accepted.target == .voucher(accepted.voucher), accepted.subsidy.total > .zero {
            rows.append(.voucherStatus(accepted.voucher, .usable))
        }
    }
}

extension LedgerState {
    /// Takes subsidy of a redemption back from its merchant; what becomes of the voucher is the caller's.
    mutating func giveBack(_ subsidy: FundShares, of redemption: RedemptionID, by merchant: MerchantID) {
        refunds[redemption, default: Refunded()].subsidy =
            (refunds[redemption] ?? Refunded()).subsidy + subsidy.shares
        for index in 0..<subsidy.count {
            let (fund, amount) = subsidy[index]
            unsettled[MerchantFund(merchant, fund), default: Unsettled()].adjustment -= amount
        }
        refundOffline(redemption, subsidy.total, by: merchant)
        if redemptions[redemption].isAbsorbed {
            // The programme has its money back, so the person owes that much less; below zero where a voucher has made
            // it good before: that much counts against the next debt.
            people[vouchers[redemptions[redemption].voucher].person].debt -= subsidy.total
        }
    }

    /// What a refund does to the voucher; what was paid for a session that was cancelled always returns to it.
    fileprivate func refundRule(of redemption: RedemptionID) -> RefundRule {
        if isOfCancelledSession(redemption) { return .reinstate }
        return rule(of: batches[vouchers[redemptions[redemption].voucher].batch]).refund
    }
}

/// ⌈a·b/c⌉ in full width, for non-negative a and b and positive c.
private func ceilingProduct(_ a: Int64, _ b: Int64, over c: Int64) -> Int64 {
    Int64((Int128(a) * Int128(b) + Int128(c) - 1) / Int128(c))
}
