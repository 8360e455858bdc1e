import CBOR
import LedgerDomain

/// What a cashier asks of a voucher.
struct ModelUse {
    var voucher: VoucherID
    var outlet: OutletID
    var terminal: TerminalID
    var bill: Amount
    var channel: String
    var order: String
    /// When the sale was begun; only a capture comes later.
    var begun: Instant
    /// What an authorisation holds; `nil` where there is none.
    var held: Int64?
    var token: TokenUse?
    var paper: Digest128?
    var details: SaleDetails?
    /// The session that was booked with the authorisation.
    var booked: SessionID?
}

// Redemptions: at once, or authorised and captured.
extension ReferenceModel {
    mutating func predict(_ asked: Authorise) throws(Refusal) -> Authorise.Accepted {
        let use = ModelUse(
            voucher: asked.voucher, outlet: asked.outlet, terminal: asked.terminal, bill: asked.bill,
            channel: asked.channel, order: asked.order, begun: now, token: asked.token, paper: asked.paper,
            details: asked.details)
        try refuseInput(use)
        let subsidy = try judged(use)
        self.use(asked.token, asked.voucher)
        let id = AuthorisationID(UInt32(authorisations.count + 1))
        let usual = now.adding(setting(.authorisationLifetime))
        let session = asked.details?.session
        let expiry = max(usual, session.flatMap { sessions[$0]?.asked.endsAt } ?? usual)
        authorisations[id] = ModelAuthorisation(
            voucher: asked.voucher, outlet: asked.outlet, terminal: asked.terminal, bill: asked.bill,
            channel: asked.channel, held: subsidy, instant: now, expiry: expiry, session: session)
        vouchers[asked.voucher]?.authorisation = id
        return .with {
            $0.authorisation = id
            $0.held = Amount(fen: subsidy)
            $0.expiry = expiry
        }
    }

    mutating func predict(_ asked: Redeem) throws(Refusal) -> RedemptionTerms {
        let use = ModelUse(
            voucher: asked.voucher, outlet: asked.outlet, terminal: asked.terminal, bill: asked.bill,
            channel: asked.channel, order: asked.order, begun: now, token: asked.token, paper: asked.paper,
            details: asked.details)
        try refuseInput(use)
        let subsidy = try judged(use)
        self.use(asked.token, asked.voucher)
        return redeem(use, subsidy)
    }

    mutating func predict(_ asked: Capture) throws(Refusal) -> Capture.Accepted {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.bill)),
            (.textOutOfRange, !fits(asked.order, 64)),
            (.unknownAuthorisation, authorisations[asked.authorisation] == nil),
        ])
        guard let authorisation = authorisations[asked.authorisation] else { throw .unknownAuthorisation }
        try refuse([
            (.authorisationClosed, authorisation.closed),
            (.authorisationExpired, now >= authorisation.expiry),
            (.captureExceedsAuthorisation, asked.bill > authorisation.bill),
        ])
        let use = ModelUse(
            voucher: authorisation.voucher, outlet: authorisation.outlet, terminal: authorisation.terminal,
            bill: asked.bill, channel: authorisation.channel, order: asked.order,
            begun: authorisation.instant, held: authorisation.held, details: asked.details,
            booked: authorisation.session)
        try refuse([
            (.textOutOfRange, !isWritable(asked.details)),
            (.unknownSession, asked.details?.session.map { sessions[$0] == nil } ?? false),
        ])
        let terms = redeem(use, try judged(use), booked: authorisation.session)
        authorisations[asked.authorisation]?.closed = true
        return .with {
            $0.terms = terms
            $0.voucher = authorisation.voucher
            $0.outlet = authorisation.outlet
            $0.terminal = authorisation.terminal
            $0.channel = authorisation.channel
        }
    }

    mutating func predict(_ asked: VoidAuthorisation) throws(Refusal) -> VoidAuthorisation.Accepted {
        guard let authorisation = authorisations[asked.authorisation] else { throw .unknownAuthorisation }
        try refuse([(.authorisationClosed, authorisation.closed)])
        authorisations[asked.authorisation]?.closed = true
        return .with { $0.voucher = authorisation.voucher }
    }

    private func refuseInput(_ use: ModelUse) throws(Refusal) {
        let bare = use.token == nil && use.paper == nil
        try refuse(
            inputFaults(use) + doubts(use.token, use.voucher) + [
                (.tokenRequired, bare && setting(.tokenRequired) == 1),
                (.paperUnknown, use.paper != nil && use.paper != vouchers[use.voucher]?.paper),
            ])
    }

    /// What is wrong with a sale, whatever the voucher.
    func inputFaults(_ use: ModelUse) -> [(Refusal, Bool)] {
        [
            (.amountOutOfRange, !isMovable(use.bill)),
            (
                .textOutOfRange,
                !fits(use.channel, 32) || !fits(use.order, 64) || !isWritable(use.details)
            ),
            (.unknownVoucher, vouchers[use.voucher] == nil),
            (.unknownOutlet, outlets[use.outlet] == nil),
            (.unknownTerminal, use.terminal != .none && terminals[use.terminal] == nil),
            (.unknownSession, use.details?.session.map { sessions[$0] == nil } ?? false),
        ]
    }

    /// The subsidy, or the first reason why there is none.
    private func judged(_ use: ModelUse) throws(Refusal) -> Int64 {
        guard let voucher = vouchers[use.voucher], let batch = batches[voucher.batch],
            let programme = programmes[batch.programme]
        else { throw .unknownVoucher }
        guard let outlet = outlets[use.outlet] else { throw .unknownOutlet }
        let available = use.held ?? left(in: use.voucher).reduce(0, +)
        let subsidy = subsidy(
            batch.rule, cap: batch.face, available, use.bill.fen, outlet.category, use.channel)
        var reasons: [(Refusal, Bool)] = [
            (.programmePaused, programme.status == .paused),
            (.belowThreshold, use.bill < least(batch.rule, batch.face)),
            (.belowThreshold, falls(short: subsidy, of: available, batch.rule)),
            (.noSubsidy, subsidy <= 0),
        ]
        if use.held == nil {
            reasons += [
                (.voucherUsed, voucher.status == .used),
                (.voucherHandedBack, voucher.status == .handedBack),
                (.voucherSetOff, voucher.status == .setOff),
                (.voucherExpired, voucher.status == .lapsed || now >= voucher.expiry),
                (.voucherHeld, isHeld(voucher)),
            ]
        }
        reasons += atTheTill(use, outlet)
        reasons += outside(batch.rule.conditions, outlet, at: use.begun)
        reasons += unwanted(use, voucher, batch)
        reasons += exhausted(batch.rule.limits, voucher.holder, outlet.merchant)
        reasons += exceeded(batch.rule.limits, outlet.merchant, subsidy, use.order)
        reasons += awarded(batch.rule, outlet.merchant, use.order)
        try refuse(reasons)
        return subsidy
    }

    /// What speaks against the merchant, the terminal and what was sold.
    func atTheTill(_ use: ModelUse, _ outlet: ModelOutlet) -> [(Refusal, Bool)] {
        let status = merchants[outlet.merchant]?.status
        let items = use.details?.items
        let paid = (items ?? []).reduce(Int128(0)) { $0 + Int128($1.quantity) * Int128($1.paid.fen) }
        let session = (use.booked ?? use.details?.session).flatMap { sessions[$0] }
        let isOther = use.booked != nil && use.details?.session != nil && use.booked != use.details?.session
        return [
            (.sessionNotOpen, session.map { $0.status != .open } ?? false),
            (.sessionMismatch, isOther || session.map { $0.asked.outlet != use.outlet } ?? false),
            (.sessionOver, session.map { now >= $0.asked.endsAt } ?? false),
            (.merchantBlacklisted, status == .blacklisted),
            (.merchantSuspended, status == .suspended),
            (.terminalElsewhere, terminals[use.terminal].map { $0.outlet != use.outlet } ?? false),
            (.categoryMismatch, use.details?.category.map { $0 != outlet.category } ?? false),
            (.aboveListedPrice, (items ?? []).contains { $0.listed.fen < $0.paid.fen }),
            (.itemsMismatch, items != nil && paid != Int128(use.bill.fen)),
        ]
    }

    /// Whether an event may say this of a sale.
    func isWritable(_ details: SaleDetails?) -> Bool {
        guard let details else { return true }
        let code = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")
        guard (details.cashier ?? "").allSatisfy({ code.contains($0) }) else { return false }
        let texts = [
            details.branch, details.pointOfSale, details.cashier, details.receipt, details.category,
        ]
        let items = details.items ?? []
        return texts.allSatisfy { $0.map { fits($0, 64) } ?? true } && items.count <= 100
            && items.allSatisfy {
                fits($0.name, 64) && ($0.code.map { fits($0, 64) } ?? true)
                    && (1...1_000_000).contains($0.quantity) && $0.paid.fen >= 0
                    && (0...100_000_000_000_000).contains($0.listed.fen)
            }
    }

    /// The least bill of a voucher of a face.
    func least(_ rule: ProgrammeRule, _ face: Int64) -> Amount {
        let tiers = zip(rule.faces, rule.thresholds ?? [])
        return tiers.first { $0.0.fen == face }?.1 ?? rule.threshold
    }

    /// Whether a rule that gives all or nothing would give less than all.
    func falls(short subsidy: Int64, of available: Int64, _ rule: ProgrammeRule) -> Bool {
        let use = rule.kind == .count ? (rule.faces.first?.fen ?? 0) / Int64(rule.uses ?? 1) : .max
        return rule.wholeOnly == true && subsidy < min(available, use)
    }

    /// min(rate·bill, cap, balance, ratio·bill, bill − minimum own payment), then down to the step.
    func subsidy(
        _ rule: ProgrammeRule, cap: Int64, _ available: Int64, _ bill: Int64, _ category: String,
        _ channel: String
    ) -> Int64 {
        let ratio = rule.ratios.first {
            ($0.category == nil || $0.category == category) && ($0.channel == nil || $0.channel == channel)
        }
        var bounds = [cap, available, bill - rule.minimumOwnPayment.fen]
        if rule.kind == .percentage { bounds.append(bill * rule.rate.basisPoints / 10_000) }
        if rule.kind == .count { bounds.append((rule.faces.first?.fen ?? 0) / Int64(rule.uses ?? 1)) }
        if let ratio { bounds.append(bill * ratio.ratio.basisPoints / 10_000) }
        let most = bounds.min() ?? 0
        return most <= 0 ? 0 : most - most % rule.step.fen
    }

    /// What speaks against the time and the place.
    func outside(
        _ conditions: RuleConditions, _ outlet: ModelOutlet, at instant: Instant
    ) -> [(Refusal, Bool)] {
        let minute = Int((instant.microseconds + 8 * 3_600_000_000) / 60_000_000 % 1440)
        // 1970-01-01 was a Thursday.
        let weekday = ((instant.microseconds + 8 * 3_600_000_000) / 86_400_000_000 + 3) % 7 + 1
        let inHours = conditions.hours.map { hours in
            hours.from < hours.to
                ? minute >= hours.from && minute < hours.to : minute >= hours.from || minute < hours.to
        }
        return [
            (.notYetUsable, conditions.from.map { instant < $0 } ?? false),
            (.voucherExpired, conditions.until.map { instant >= $0 } ?? false),
            (.outsideHours, inHours == false),
            (
                .outsideWeekdays,
                !conditions.weekdays.isEmpty && !conditions.weekdays.contains(UInt8(weekday))
            ),
            (
                .categoryExcluded,
                !conditions.categories.isEmpty && !conditions.categories.contains(outlet.category)
            ),
            (
                .outletExcluded,
                !conditions.outlets.isEmpty && !conditions.outlets.contains(outlet.platformID)
            ),
            (
                .regionExcluded,
                !conditions.regions.isEmpty && !conditions.regions.contains { $0.contains(outlet.region) }
            ),
            (.ruralOnly, conditions.ruralOnly == true && !outlet.rural),
        ]
    }

    /// Which limits of the person one more redemption would break.
    func exhausted(
        _ limits: RuleLimits, _ holder: Pseudonym, _ merchant: MerchantID
    ) -> [(Refusal, Bool)] {
        let day = people[holder]?.days[today] ?? 0
        let here = people[holder]?.merchants[merchant] ?? 0
        return [
            (.personDayLimit, limits.personDay.map { day >= $0 } ?? false),
            (.personMerchantLimit, limits.personMerchant.map { here >= $0 } ?? false),
        ]
    }

    /// Which limits of the merchant and of the sale one more redemption would break.
    func exceeded(
        _ limits: RuleLimits, _ merchant: MerchantID, _ subsidy: Int64, _ order: String
    ) -> [(Refusal, Bool)] {
        let redeemed = merchantDays[merchant]?[today] ?? 0
        let sold = sales.contains(ModelSale(merchant: merchant, order: order))
        return [
            (.merchantDayLimit, limits.merchantDay.map { redeemed + subsidy > $0.fen } ?? false),
            (.saleAlreadySubsidised, limits.oneVoucherPerSale && sold),
        ]
    }

    /// Whether the supply side has paid for the sale.
    func awarded(
        _ rule: ProgrammeRule, _ merchant: MerchantID, _ order: String
    ) -> [(Refusal, Bool)] {
        let paid = tickets.contains(ModelSale(merchant: merchant, order: order))
        return [(.saleAlreadySubsidised, rule.bothSides != true && paid)]
    }

    /// Redeems what was judged; the remainder lapses with it.
    mutating func redeem(
        _ use: ModelUse, _ subsidy: Int64, booked: SessionID? = nil
    ) -> RedemptionTerms {
        guard let voucher = vouchers[use.voucher], let outlet = outlets[use.outlet],
            let merchant = merchants[outlet.merchant]
        else { preconditionFailure("judged before") }
        let today = today
        let funds = funds(of: use.voucher)
        let before = left(in: use.voucher)
        let given = modelSplit(
            subsidy, over: voucher.granted, taken: zip(voucher.granted, before).map { $0 - $1 })
        let rest = lapsing(rule(of: use.voucher), voucher.granted, before, given)
        let left = before.reduce(0, +) - given.reduce(0, +) - rest.reduce(0, +)
        let id = RedemptionID(UInt32(redemptions.count + 1))
        redemptions[id] = ModelRedemption(
            voucher: use.voucher, merchant: outlet.merchant, bill: use.bill.fen, shares: given,
            refundedShares: given.map { _ in 0 }, session: use.details?.session ?? booked)
        if left == 0 { vouchers[use.voucher]?.status = .used }
        vouchers[use.voucher]?.redeemed += subsidy
        people[voucher.holder]?.days[today, default: 0] += 1
        countGoods(use, voucher)
        if rule(of: use.voucher)?.limits.personMerchant != nil {
            people[voucher.holder]?.merchants[outlet.merchant, default: 0] += 1
        }
        owe(outlet.merchant, use.order, funds, given)
        let target = lapseTarget(voucher.batch)
        post(
            .redeem, debit: .voucher(use.voucher), credit: .payable(merchant.payee), funds, given)
        post(.lapse, debit: .voucher(use.voucher), credit: target, funds, rest)
        return .with {
            $0.redemption = id
            $0.merchant = outlet.merchant
            $0.payee = merchant.payee
            $0.category = outlet.category
            $0.subsidy = shares(funds, given)
            if rest.reduce(0, +) > 0 { $0.lapsed = shares(funds, rest) }
            $0.target = target
            $0.day = today
            if left > 0 { $0.left = Amount(fen: left) }
        }
    }

    /// What lapses with a use: all the rest, nothing of stored value, or what is left of this use of several.
    private func lapsing(
        _ rule: ProgrammeRule?, _ granted: [Int64], _ before: [Int64], _ given: [Int64]
    ) -> [Int64] {
        switch rule?.kind {
        case .balance: return before.map { _ in 0 }
        case .count:
            let whole = (rule?.faces.first?.fen ?? 0) / Int64(rule?.uses ?? 1)
            let use = min(whole, before.reduce(0, +)) - given.reduce(0, +)
            let taken = zip(zip(granted, before), given).map { $0.0 - $0.1 + $1 }
            return modelSplit(use, over: granted, taken: taken)
        default: return zip(before, given).map { $0 - $1 }
        }
    }

    /// What a merchant is owed for one more sale.
    mutating func owe(_ merchant: MerchantID, _ order: String, _ funds: [FundID], _ given: [Int64]) {
        let today = today
        merchantDays[merchant, default: [:]][today, default: 0] += given.reduce(0, +)
        sales.insert(ModelSale(merchant: merchant, order: order))
        for (fund, share) in zip(funds, given) where share != 0 {
            owed[merchant, default: [:]][fund, default: ModelOwed()].days[today, default: 0] += share
        }
    }
}
