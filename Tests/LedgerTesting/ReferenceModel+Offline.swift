import CBOR
import LedgerDomain

// Phones and papers that spend vouchers, and tills that were offline.
extension ReferenceModel {
    mutating func predict(_ asked: IssueCredential) throws(Refusal) -> IssueCredential.Accepted {
        let second: Int64 = 1_000_000
        try refuse([
            (.amountOutOfRange, !isMovable(asked.cap)),
            (.textOutOfRange, !(1...512).contains(asked.credential.bytes.count)),
            (.unknownVoucher, vouchers[asked.voucher] == nil),
        ])
        guard let voucher = vouchers[asked.voucher] else { throw .unknownVoucher }
        let left = left(in: asked.voucher).reduce(0, +)
        let life = asked.expiry.microseconds - asked.issuedAt.microseconds
        let status = batches[voucher.batch].flatMap { programmes[$0.programme]?.status }
        let rule = rule(of: asked.voucher)
        let face = batches[voucher.batch]?.face ?? 0
        // A till takes the voucher for one of the smallest face that has so much.
        let guess = rule?.faces.map(\.fen).filter { $0 >= asked.cap.fen }.min()
        try refuse(
            [
                (.credentialKnown, live(asked.id) != nil),
                (.goodsOnline, rule?.goods != nil),
                (.offlineCapExceeded, asked.cap.fen > setting(.offlineCap)),
                (.offlineCapExceeded, voucher.status == .usable && asked.cap.fen > left),
                (.offlineCapExceeded, rule?.thresholds != nil && guess != face),
                (.credentialLife, asked.issuedAt > now.adding(5 * second) || asked.expiry <= now),
                (.credentialLife, life <= 0 || life > setting(.offlineLifetime)),
                (.credentialLife, asked.expiry > voucher.expiry),
                (.programmePaused, status == .paused),
                (.voucherHeld, voucher.credential.flatMap(live) != nil),
            ] + barred(voucher))
        let holdUntil = asked.expiry.adding(setting(.offlineGrace))
        credentials[asked.id] = ModelCredential(
            voucher: asked.voucher, digest: asked.digest, cap: asked.cap.fen, issuedAt: asked.issuedAt,
            expiry: asked.expiry, holdUntil: holdUntil)
        for id in vouchers.keys where vouchers[id]?.credential == asked.id { vouchers[id]?.credential = nil }
        vouchers[asked.voucher]?.credential = asked.id
        return .with { $0.holdUntil = holdUntil }
    }

    mutating func predict(_ asked: RevokeCredential) throws(Refusal) -> RevokeCredential.Accepted {
        guard let credential = live(asked.id) else { throw .credentialUnknown }
        try refuse([(.credentialRevokedAlready, credential.revokedAt != nil)])
        let end = now.adding(setting(.revocationListAge)).adding(setting(.offlineGrace))
        credentials[asked.id]?.revokedAt = now
        credentials[asked.id]?.holdUntil = min(end, credential.holdUntil)
        return .with { $0.holdUntil = min(end, credential.holdUntil) }
    }

    mutating func predict(_ asked: IssuePaper) throws(Refusal) -> NoFields {
        guard let voucher = vouchers[asked.voucher] else { throw .unknownVoucher }
        let left = left(in: asked.voucher).reduce(0, +)
        try refuse([(.paperCapExceeded, left > setting(.paperCap))] + barred(voucher))
        vouchers[asked.voucher]?.paper = asked.commitment
        return NoFields()
    }

    /// Why a voucher does nothing now; what one credential holds does not count.
    private func barred(_ voucher: ModelVoucher, besides credential: KeyID? = nil) -> [(Refusal, Bool)] {
        [
            (.voucherUsed, voucher.status == .used),
            (.voucherHandedBack, voucher.status == .handedBack),
            (.voucherSetOff, voucher.status == .setOff),
            (.voucherExpired, voucher.status == .lapsed || now >= voucher.expiry),
            (.voucherHeld, isHeldElsewhere(voucher, than: credential)),
        ]
    }

    /// A credential that tills can still upload for.
    private func live(_ id: KeyID) -> ModelCredential? {
        credentials[id].flatMap { now < $0.holdUntil ? $0 : nil }
    }

    /// Whether a credential keeps what it may still pay of its voucher for itself.
    func isHolding(_ id: KeyID) -> Bool {
        guard let credential = live(id) else { return false }
        let paid = Set(credential.sales.map(\.merchant)).reduce(0) { $0 + kept(credential, $1) }
        return min(credential.cap - paid, left(in: credential.voucher).reduce(0, +)) > 0
    }

    mutating func predict(_ asked: RedeemOffline) throws(Refusal) -> RedeemOffline.Accepted {
        let use = ModelUse(
            voucher: asked.voucher, outlet: asked.outlet, terminal: asked.terminal, bill: asked.bill,
            channel: asked.channel, order: asked.order, begun: asked.occurredAt, details: asked.details)
        let credential = live(asked.id)
        try refuse(
            inputFaults(use) + [
                (.amountOutOfRange, !isMovable(asked.amount) || !isMovable(asked.given)),
                (.textOutOfRange, asked.signature.bytes.count != 64),
                (
                    .credentialUnknown,
                    credential?.voucher != asked.voucher || credential?.digest != asked.digest
                ),
            ])
        guard let credential, let outlet = outlets[asked.outlet], let voucher = vouchers[asked.voucher],
            let batch = batches[voucher.batch], case let rule = batch.rule
        else { throw .credentialUnknown }
        let most = min(asked.amount.fen, asked.given.fen, credential.cap - kept(credential, outlet.merchant))
        let twins = credential.sales.filter { $0.counter == asked.counter }
        let isFree = voucher.status == .usable && !isHeldElsewhere(voucher, than: asked.id)
        let elsewhere = terminals[use.terminal].map { $0.outlet != use.outlet } ?? false
        try refuse(
            doubts(asked, credential) + [
                (.presentationOverCap, asked.amount.fen > credential.cap || most <= 0),
                (
                    .presentationUsed,
                    twins.contains {
                        $0.slot == asked.slot && $0.amount == asked.amount.fen && $0.outlet == asked.outlet
                    }
                ),
            ]
                + (asked.isOnline
                    ? atTheTill(use, outlet) + barred(voucher, besides: asked.id) + [
                        (.programmePaused, programmes[batch.programme]?.status == .paused)
                    ] : [(.terminalElsewhere, elsewhere)])
                + outside(rule.conditions, outlet, at: asked.occurredAt))

        let left = left(in: asked.voucher).reduce(0, +)
        let subsidy = subsidy(
            rule, cap: batch.face, asked.isOnline ? min(most, left) : most, asked.bill.fen, outlet.category,
            asked.channel)
        let place = ModelPlace(outlet: asked.outlet, order: asked.order)
        try refuse(
            [
                (.belowThreshold, asked.bill < least(rule, batch.face)),
                (.belowThreshold, falls(short: subsidy, of: asked.isOnline ? min(most, left) : most, rule)),
                (.noSubsidy, subsidy <= 0),
            ]
                + (asked.isOnline
                    ? exhausted(rule.limits, voucher.holder, outlet.merchant)
                        + exceeded(rule.limits, outlet.merchant, subsidy, asked.order)
                    : [
                        (
                            .saleAlreadySubsidised,
                            rule.limits.oneVoucherPerSale && offlineSales.contains(place)
                        )
                    ])
                + awarded(rule, outlet.merchant, asked.order))
        let pays = isFree && subsidy <= left
        let terms = pays ? redeem(use, subsidy) : try absorb(use, subsidy, voucher, batch, outlet.merchant)
        if pays, !asked.isOnline { redemptions[terms.redemption]?.session = nil }
        offlineSales.insert(place)
        credentials[asked.id]?.sales.append(
            ModelPresentation(
                counter: asked.counter, slot: asked.slot, amount: asked.amount.fen, outlet: asked.outlet,
                event: number, merchant: outlet.merchant, redemption: terms.redemption))
        return .with {
            $0.terms = terms
            $0.absorbedBy = pays ? nil : batch.programme
            $0.twin = twins.first?.event
        }
    }

    /// What a merchant has of a credential and has not given back.
    private func kept(_ credential: ModelCredential, _ merchant: MerchantID) -> Int64 {
        credential.sales.filter { $0.merchant == merchant }.reduce(0) { sum, sale in
            guard let sold = redemptions[sale.redemption] else { return sum }
            return sum + sold.shares.reduce(0, +) - sold.refundedShares.reduce(0, +)
        }
    }

    /// What speaks against the time of a sale or of its upload.
    private func doubts(_ asked: RedeemOffline, _ credential: ModelCredential) -> [(Refusal, Bool)] {
        let second: Int64 = 1_000_000
        // The half minute that was signed, the one before and the one after.
        let first = (Int64(asked.slot) - 1) * 30 * second
        let slots = first..<(first + 90 * second)
        let sold = asked.occurredAt
        return [
            (.presentationTime, !slots.contains(sold.microseconds)),
            (.presentationAhead, sold > now.adding(60 * second)),
            (.credentialExpired, sold < credential.issuedAt.adding(-5 * second)),
            (.credentialExpired, sold >= credential.expiry.adding(5 * second)),
            (
                .credentialRevoked,
                credential.revokedAt.map {
                    asked.isOnline || sold >= $0.adding(setting(.revocationListAge) + 6 * second)
                } ?? false
            ),
        ]
    }

    private func isHeldElsewhere(_ voucher: ModelVoucher, than credential: KeyID?) -> Bool {
        var rest = voucher
        if credential != nil, rest.credential == credential { rest.credential = nil }
        return isHeld(rest)
    }

    /// The programme pays a merchant for a voucher that was used elsewhere, and the person owes it that.
    private mutating func absorb(
        _ use: ModelUse, _ subsidy: Int64, _ voucher: ModelVoucher, _ batch: ModelBatch,
        _ merchant: MerchantID
    ) throws(Refusal) -> RedemptionTerms {
        let given = modelSplit(subsidy, over: voucher.granted, taken: voucher.granted.map { _ in 0 })
        let programme = Account.programme(batch.programme)
        let short = zip(batch.funds, given).contains {
            balance(programme, $0) - promised(batch.programme, $0) < $1 || free($0) < $1
        }
        try refuse([(.guaranteeShort, short)])
        guard let payee = merchants[merchant]?.payee, let outlet = outlets[use.outlet] else {
            throw .unknownOutlet
        }
        let id = RedemptionID(UInt32(redemptions.count + 1))
        redemptions[id] = ModelRedemption(
            voucher: use.voucher, merchant: merchant, bill: use.bill.fen, shares: given,
            refundedShares: given.map { _ in 0 }, absorbed: true)
        people[voucher.holder]?.debt += subsidy
        owe(merchant, use.order, batch.funds, given)
        post(.absorb, debit: programme, credit: .payable(payee), batch.funds, given)
        return .with {
            $0.redemption = id
            $0.merchant = merchant
            $0.payee = payee
            $0.category = outlet.category
            $0.subsidy = shares(batch.funds, given)
            $0.target = programme
            $0.day = today
        }
    }

    /// What a new voucher gives back at once for its holder's offline conflicts.
    mutating func setOff(_ holder: Pseudonym, _ id: VoucherID, _ granted: [Int64]) -> SetOff? {
        guard let debt = people[holder]?.debt, debt > 0, let voucher = vouchers[id],
            let batch = batches[voucher.batch]
        else { return nil }
        let amount = min(debt, granted.reduce(0, +))
        let back = modelSplit(amount, over: granted, taken: granted.map { _ in 0 })
        people[holder]?.debt = debt - amount
        vouchers[id]?.redeemed = amount
        if amount == granted.reduce(0, +) { vouchers[id]?.status = .setOff }
        post(.lapse, debit: .voucher(id), credit: .programme(batch.programme), batch.funds, back)
        return .with {
            $0.programme = batch.programme
            $0.shares = shares(batch.funds, back)
        }
    }
}
