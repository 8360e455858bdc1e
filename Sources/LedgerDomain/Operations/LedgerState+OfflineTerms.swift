import CBOR

// What a sale that was made offline moves: the till could not ask, so what it could not know does not count against it.
extension LedgerState {
    /// What an uploaded sale moves, or why it is refused; in order of precedence.
    ///
    /// Hours and days are those of the sale. A paused programme and the person's own limits stop no sale that a till
    /// made in good faith; those of the merchant and of the sale do.
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
        if let refusal = refusal(of: upload.sale, at: outlet) { return .failure(refusal) }

        let voucher = vouchers[upload.voucher]
        let rule = programmes[batches[voucher.batch].programme].rule
        if let refusal = rule.conditions.refusal(at: upload.occurredAt, outlet) { return .failure(refusal) }
        let isFree = isFree(upload.voucher, for: upload.id, at: instant)
        let subsidy: Amount
        switch rule.subsidy(
            bill: upload.bill, available: isFree ? min(allowed, voucher.balance.total) : allowed,
            category: outlet.category, channel: upload.channel)
        {
        case .failure(let refusal): return .failure(refusal)
        case .success(let amount): subsidy = amount
        }
        let day = businessDay(of: instant)
        if let refusal = merchantRefusal(rule.limits, outlet.merchant, subsidy, upload.sale, on: day) {
            return .failure(refusal)
        }
        if isFree {
            return .success(
                .with {
                    $0.terms = settledTerms(voucher, outlet, subsidy, on: day)
                    $0.twin = known.first?.event
                })
        }
        return absorbed(voucher, outlet, subsidy, on: day).map { terms in
            .with {
                $0.terms = terms
                $0.absorbedBy = batches[voucher.batch].programme
                $0.twin = known.first?.event
            }
        }
    }

    /// Why a credential did not allow the sale when it was made.
    private func refusal(
        of upload: RedeemOffline, _ credential: OfflineCredential, at instant: Instant
    ) -> Refusal? {
        let slot = 30 * Instant.second
        let begun = Instant(microseconds: Int64(upload.slot) * slot)
        guard begun.adding(-slot) <= upload.occurredAt, upload.occurredAt < begun.adding(2 * slot),
            upload.occurredAt <= instant.adding(Instant.minute)
        else { return .presentationTime }
        guard credential.issuedAt.adding(-TokenUse.skew) <= upload.occurredAt,
            upload.occurredAt < credential.expiry.adding(TokenUse.skew)
        else { return .credentialExpired }
        if let revoked = credential.revokedAt,
            upload.occurredAt >= revoked.adding(settings[.revocationListAge])
        {
            return .credentialRevoked
        }
        return nil
    }

    /// Whether nothing but this credential stands between the voucher and a sale.
    private func isFree(_ id: VoucherID, for credential: KeyID, at instant: Instant) -> Bool {
        let own = credentialIDs[id] == credential ? credentials[credential]?.held(at: instant) : nil
        return vouchers[id].status == .usable && held(id, at: instant) == own ?? .zero
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
            guard amount <= programme.balances[fund], amount <= funds[fund].free else {
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
