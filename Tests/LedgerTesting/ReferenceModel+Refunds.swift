import CBOR
import LedgerDomain

// What was captured and is given back.
extension ReferenceModel {
    mutating func predict(_ asked: Refund) throws(Refusal) -> Refund.Accepted {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.bill)),
            (.unknownRedemption, redemptions[asked.redemption] == nil),
        ])
        guard let redemption = redemptions[asked.redemption], let voucher = vouchers[redemption.voucher],
            let batch = batches[voucher.batch], case let rule = batch.rule,
            let merchant = merchants[redemption.merchant]
        else { throw .unknownRedemption }
        let refundedBill = redemption.refundedBill + asked.bill.fen
        try refuse([(.refundExceedsRedemption, refundedBill > redemption.bill)])

        // ⌈subsidy · Σ refunded gross / gross⌉ less what was given back before.
        let subsidy = Int128(redemption.shares.reduce(0, +))
        let gross = Int128(redemption.bill)
        let due = Int64((subsidy * Int128(refundedBill) + gross - 1) / gross)
        let given = redemption.refundedShares.reduce(0, +)
        // Corrections may have taken more than the refund's part already.
        let amount = due > given ? due - given : 0
        let back = modelSplit(amount, over: redemption.shares, taken: redemption.refundedShares)

        let whole = asked.bill.fen == redemption.bill
        // A session that did not take place gives back whatever the rule would keep.
        let isCancelled = redemption.session.map { sessions[$0]?.status == .cancelled } ?? false
        let returns = rule.refund == .reinstate || isCancelled
        let revives = returns || rule.refund == .reinstateWhenWhole && whole
        let reinstated = !redemption.absorbed && now < voucher.expiry && revives
        let target =
            redemption.absorbed
            ? Account.programme(batch.programme)
            : reinstated ? .voucher(redemption.voucher) : lapseTarget(voucher.batch)
        redemptions[asked.redemption]?.refundedBill = refundedBill
        redemptions[asked.redemption]?.refundedShares = zip(redemption.refundedShares, back).map { $0 + $1 }
        if redemption.absorbed {
            people[voucher.holder]?.debt -= amount
        } else if reinstated || returns {
            vouchers[redemption.voucher]?.redeemed -= amount
        }
        if reinstated && amount > 0 { vouchers[redemption.voucher]?.status = .usable }
        for (fund, share) in zip(batch.funds, back) where share != 0 {
            owed[redemption.merchant, default: [:]][fund, default: ModelOwed()].adjustment -= share
        }
        post(.refund, debit: .payable(merchant.payee), credit: target, batch.funds, back)
        return .with {
            $0.voucher = redemption.voucher
            $0.merchant = redemption.merchant
            $0.payee = merchant.payee
            $0.subsidy = shares(batch.funds, back)
            $0.target = target
            $0.day = today
        }
    }

    mutating func predict(_ asked: Recover) throws(Refusal) -> Recover.Accepted {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.textOutOfRange, !fits(asked.reference)),
            (.unknownFund, funds[asked.fund] == nil),
            (.unknownMerchant, merchants[asked.merchant] == nil),
        ])
        guard let merchant = merchants[asked.merchant] else { throw .unknownMerchant }
        let outstanding = clawBack(merchant.payee, asked.fund)
        try refuse([
            (.noClawBack, outstanding == 0),
            (.recoverExceedsClawBack, asked.amount.fen > outstanding),
        ])
        owed[asked.merchant, default: [:]][asked.fund, default: ModelOwed()].adjustment += asked.amount.fen
        post(
            .recover, debit: .treasury, credit: .payable(merchant.payee), asked.fund, asked.amount.fen)
        return .with { $0.payee = merchant.payee }
    }
}
