import CBOR

// What a sale that was made offline moves: the till could not ask, so what it could not know does not count against it.
extension LedgerState {
    /// What a sale by a phone moves, or why it is refused; in order of precedence.
    ///
    /// Hours and days are those of the sale. What a till that was offline could not know counts against nobody: a
    /// pause, the person's limits, what the merchant sold elsewhere; the merchant's own standing holds the money
    /// back, not the sale. A till that is online could know, and is told.
    func terms(
        of upload: RedeemOffline, at instant: Instant
    ) -> Result<RedeemOffline.Accepted, Refusal> {
        guard upload.amount.isMovable, upload.given.isMovable, upload.bill.isMovable else {
            return .failure(.amountOutOfRange)
        }
        guard upload.signature.bytes.count == 64 else { return .failure(.textOutOfRange) }
        if let refusal = malformation(of: upload.sale, on: upload.voucher) { return .failure(refusal) }
        guard let credential = credential(upload.id, at: instant), credential.voucher == upload.voucher,
            credential.digest == upload.digest
        else { return .failure(.credentialUnknown) }
        if let refusal = refusal(of: upload, credential, at: instant) { return .failure(refusal) }
        let known = credential.presented[upload.counter] ?? []
        if known.contains(where: upload.shows) { return .failure(.presentationUsed) }
        let outlet = outlets[upload.outlet]
        let spent = credential.paid[outlet.merchant] ?? .zero
        let allowed = min(upload.amount, upload.given, credential.cap - spent)
        guard upload.amount <= credential.cap, allowed > .zero else { return .failure(.presentationOverCap) }
        let voucher = vouchers[upload.voucher]
        let programme = programmes[batches[voucher.batch].programme]
        if upload.isOnline {
            if programme.status == .paused { return .failure(.programmePaused) }
            if let refusal = refusal(of: upload.sale, at: outlet, instant) { return .failure(refusal) }
            if let refusal = barred(upload.voucher, for: upload.id, at: instant) { return .failure(refusal) }
        } else if upload.terminal != .none, terminals[upload.terminal].outlet != upload.outlet {
            return .failure(.terminalElsewhere)
        }
        let rule = rule(of: batches[voucher.batch])
        if let refusal = rule.conditions.refusal(at: upload.occurredAt, outlet) { return .failure(refusal) }
        switch rule.subsidy(
            bill: upload.bill, available: upload.isOnline ? min(allowed, voucher.balance.total) : allowed,
            face: batches[voucher.batch].face, category: outlet.category, channel: upload.channel)
        {
        case .failure(let refusal): return .failure(refusal)
        case .success(let subsidy):
            let terms = payer(of: upload, voucher, subsidy, under: rule, at: instant)
            return terms.map { terms, isAbsorbed in
                .with {
                    $0.terms = terms
                    $0.absorbedBy = isAbsorbed ? batches[voucher.batch].programme : nil
                    $0.twin = known.first?.event
                }
            }
        }
    }

    /// Who pays: the voucher where it is free and has enough, else the programme, for a till that could not ask.
    private func payer(
        of upload: RedeemOffline, _ voucher: Voucher, _ subsidy: Amount, under rule: ProgrammeRule,
        at instant: Instant
    ) -> Result<(RedemptionTerms, isAbsorbed: Bool), Refusal> {
        let outlet = outlets[upload.outlet]
        let day = businessDay(of: instant)
        if upload.isOnline {
            if let refusal = personRefusal(rule.limits, voucher, outlet.merchant, on: day)
                ?? merchantRefusal(rule.limits, outlet.merchant, subsidy, upload.sale, on: day)
            {
                return .failure(refusal)
            }
        } else if rule.limits.oneVoucherPerSale,
            sales.first(upload.saleAtOutlet, where: { $0 == outlet.merchant.rawValue }) != nil
        {
            return .failure(.saleAlreadySubsidised)
        }
        if let refusal = awardRefusal(rule, outlet.merchant, upload.order) { return .failure(refusal) }
        if isFree(upload.voucher, for: upload.id, at: instant), subsidy <= voucher.balance.total {
            return .success((settledTerms(voucher, under: rule, outlet, subsidy, on: day), false))
        }
        return absorbed(voucher, outlet, subsidy, on: day).map { ($0, true) }
    }

    /// Why a phone's voucher pays nothing at a till that is online, or `nil`.
    private func barred(_ id: VoucherID, for credential: KeyID, at instant: Instant) -> Refusal? {
        if let refusal = vouchers[id].status.refusal { return refusal }
        if instant >= vouchers[id].expiry { return .voucherExpired }
        return isFree(id, for: credential, at: instant) ? nil : .voucherHeld
    }

    /// Why a credential did not allow the sale when it was made.
    private func refusal(
        of upload: RedeemOffline, _ credential: OfflineCredential, at instant: Instant
    ) -> Refusal? {
        let slot = 30 * Instant.second
        let begun = Instant(microseconds: Int64(upload.slot) * slot)
        guard begun.adding(-slot) <= upload.occurredAt, upload.occurredAt < begun.adding(2 * slot) else {
            return .presentationTime
        }
        guard upload.occurredAt <= instant.adding(Instant.minute) else { return .presentationAhead }
        guard credential.issuedAt.adding(-TokenUse.skew) <= upload.occurredAt,
            upload.occurredAt < credential.expiry.adding(TokenUse.skew)
        else { return .credentialExpired }
        if let revoked = credential.revokedAt {
            // A till trusts its list for so long; to the second, and with a clock that may be a little behind.
            let stale = revoked.adding(settings[.revocationListAge] + Instant.second + TokenUse.skew)
            if upload.isOnline || upload.occurredAt >= stale { return .credentialRevoked }
        }
        return nil
    }

    /// Whether nothing but this credential stands between the voucher and a sale.
    private func isFree(_ id: VoucherID, for credential: KeyID, at instant: Instant) -> Bool {
        let others = credentialIDs[id] == credential ? authorised(id, at: instant) : held(id, at: instant)
        return vouchers[id].status == .usable && others == .zero
    }

    /// What the programme pays to a merchant for a voucher that was used elsewhere.
    private func absorbed(
        _ voucher: Voucher, _ outlet: Outlet, _ subsidy: Amount, on day: BusinessDay
    ) -> Result<RedemptionTerms, Refusal> {
        let batch = batches[voucher.batch]
        let split = Split.take(subsidy, granted: voucher.granted, given: .zero, count: batch.funds.count)
        let shares = batch.named(split)
        let programme = programmes[batch.programme]
        for index in 0..<shares.count {
            let (fund, amount) = shares[index]
            guard amount <= programme.available(fund), amount <= funds[fund].free else {
                return .failure(.guaranteeShort)
            }
        }
        return .success(
            .with {
                $0.redemption = redemptions.nextID
                $0.merchant = outlet.merchant
                $0.payee = merchants[outlet.merchant].payee
                $0.category = outlet.category
                $0.subsidy = shares
                $0.target = .programme(batch.programme)
                $0.day = day
            })
    }
}

extension RedeemOffline {
    /// Whether the phone signed the same under the same counter before.
    fileprivate func shows(_ known: OfflineCredential.Presented) -> Bool {
        known.slot == slot && known.amount == amount && known.outlet == outlet
    }
}
