package import CBOR

/// What a cashier brings to a redemption.
struct Sale {
    var outlet: OutletID
    var terminal: TerminalID
    var bill: Amount
    var channel: String
    /// The merchant's own reference of the sale: its receipt or order number.
    var order: String
    /// What the resident showed, if anything.
    var token: TokenUse?
    /// The paper that was shown, if any.
    var paper: Digest128?
    var details: SaleDetails?
    /// The session that was booked with the authorisation, if it was.
    var booked: SessionID?
}

/// What a redemption moves and what was decided with it; enough for books, reports and replay.
package struct RedemptionTerms: CBORFields, Equatable, Sendable {
    package var redemption: RedemptionID = .none
    package var merchant: MerchantID = .none
    package var payee: PayeeID = .none
    package var category = ""
    package var subsidy = FundShares()
    /// The remainder that lapses with it; empty where nothing does.
    package var lapsed = FundShares()
    package var target: Account = .fund
    package var day = BusinessDay(days: 0)
    /// What is in the voucher after it; `nil` where nothing is, and the voucher is used up.
    package var left: Amount?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(32, &redemption)
        try coder.field(33, &merchant)
        try coder.field(34, &payee)
        try coder.field(35, &category)
        try coder.field(36, &subsidy)
        try coder.field(37, &lapsed)
        try coder.field(38, &target)
        try coder.field(39, &day)
        try coder.field(40, &left)
    }
}

extension RedemptionTerms {
    func appendPostings(voucher: VoucherID, to postings: inout [Posting]) {
        postings.append(.redeem, debit: .voucher(voucher), credit: .payable(payee), subsidy)
        postings.append(.lapse, debit: .voucher(voucher), credit: target, lapsed)
    }

    func project(
        voucher: VoucherID, _ sale: Sale, _ context: Context, isAbsorbed: Bool = false,
        into rows: inout [ReadModelChange]
    ) {

        rows.append(
            .redemption(
                RedemptionRow(
                    id: redemption, event: context.number, voucher: voucher, outlet: sale.outlet,
                    terminal: sale.terminal, merchant: merchant, category: category, bill: sale.bill,
                    subsidy: subsidy.total, channel: sale.channel, order: sale.order,
                    instant: context.instant, day: day)))
        if let details = sale.details {
            rows.append(.saleDetails(SaleDetailsRow(redemption: redemption, details: details)))
        }
        if !isAbsorbed, left == nil { rows.append(.voucherStatus(voucher, .used)) }
    }
}

extension LedgerState {
    /// What a redemption of `id` for `sale` would move, or why it is refused; in order of precedence.
    ///
    /// A capture keeps the time of its authorisation for validity, hours and weekdays, and its own hold does
    /// not stand in its way; limits are those of now.
    func terms(
        of id: VoucherID, for sale: Sale, at instant: Instant, capturing hold: Authorisation?
    ) -> Result<RedemptionTerms, Refusal> {
        if let refusal = malformation(of: sale, on: id) { return .failure(refusal) }
        if let token = sale.token, let refusal = refusal(of: token, on: id, at: instant) {
            return .failure(refusal)
        }
        if hold == nil, sale.token == nil, sale.paper == nil, settings[.tokenRequired] == 1 {
            return .failure(.tokenRequired)
        }
        if let paper = sale.paper, papers[id] != paper { return .failure(.paperUnknown) }
        let voucher = vouchers[id]
        let outlet = outlets[sale.outlet]
        let rule = rule(of: batches[voucher.batch])
        if programmes[batches[voucher.batch].programme].status == .paused {
            return .failure(.programmePaused)
        }
        if let refusal = refusal(of: sale, at: outlet, instant) { return .failure(refusal) }
        if hold == nil, let refusal = unusable(id, at: instant) { return .failure(refusal) }
        if let refusal = rule.conditions.refusal(at: hold?.authorisedAt ?? instant, outlet) {
            return .failure(refusal)
        }
        if let goods = rule.goods, let refusal = goodsRefusal(of: sale, voucher, goods, at: instant) {
            return .failure(refusal)
        }
        let subsidy: Amount
        switch rule.subsidy(
            bill: sale.bill, available: hold?.held ?? voucher.balance.total,
            face: batches[voucher.batch].face, category: outlet.category, channel: sale.channel)
        {
        case .failure(let refusal): return .failure(refusal)
        case .success(let amount): subsidy = amount
        }
        let day = businessDay(of: instant)
        if let refusal = personRefusal(rule.limits, voucher, outlet.merchant, on: day)
            ?? merchantRefusal(rule.limits, outlet.merchant, subsidy, sale, on: day)
            ?? awardRefusal(rule, outlet.merchant, sale.order)
        {
            return .failure(refusal)
        }
        return .success(settledTerms(voucher, under: rule, outlet, subsidy, on: day))
    }

    /// Why a sale can be none, whatever the voucher: a number or a text out of its range, or something unknown.
    func malformation(of sale: Sale, on id: VoucherID) -> Refusal? {
        guard sale.bill.isMovable else { return .amountOutOfRange }
        guard sale.order.isOrderReference, sale.channel.isChannel, sale.details?.isWellFormed ?? true else {
            return .textOutOfRange
        }
        guard vouchers.contains(id) else { return .unknownVoucher }
        guard outlets.contains(sale.outlet) else { return .unknownOutlet }
        guard sale.terminal == .none || terminals.contains(sale.terminal) else { return .unknownTerminal }
        guard sale.details?.session.map({ sessions.contains($0) }) ?? true else { return .unknownSession }
        return nil
    }

    /// Why an outlet cannot make a sale, whatever the voucher.
    func refusal(of sale: Sale, at outlet: Outlet, _ instant: Instant) -> Refusal? {
        let session = sessionRefusal(of: sale, instant)
        if session == .sessionNotOpen { return session }
        if let refusal = merchants[outlet.merchant].refusal { return refusal }
        guard sale.terminal == .none || terminals[sale.terminal].outlet == sale.outlet else {
            return .terminalElsewhere
        }
        if let session { return session }
        return sale.details?.refusal(bill: sale.bill, at: outlet.category)
    }

    /// Splits what is given and what lapses over the funds.
    func settledTerms(
        _ voucher: Voucher, under rule: ProgrammeRule, _ outlet: Outlet, _ subsidy: Amount,
        on day: BusinessDay
    ) -> RedemptionTerms {
        let batch = batches[voucher.batch]
        let given = voucher.granted - voucher.balance
        let shares = Split.take(subsidy, granted: voucher.granted, given: given, count: batch.funds.count)
        let rest = lapse(of: voucher, under: rule, beside: shares)
        let left = voucher.balance.total - shares.total - rest.total
        return .with {
            $0.redemption = redemptions.nextID
            $0.merchant = outlet.merchant
            $0.payee = merchants[outlet.merchant].payee
            $0.category = outlet.category
            $0.subsidy = batch.named(shares)
            $0.lapsed = rest.total > .zero ? batch.named(rest) : FundShares()
            $0.target = lapseTarget(of: voucher)
            $0.day = day
            $0.left = left > .zero ? left : nil
        }
    }

    /// What lapses when a use takes `shares`: the rest of a single use, nothing of stored value.
    private func lapse(of voucher: Voucher, under rule: ProgrammeRule, beside shares: Shares) -> Shares {
        switch rule.kind {
        case .threshold, .percentage: return voucher.balance - shares
        case .balance: return .zero
        case .count:
            let use = min(rule.useCap ?? .zero, voucher.balance.total)
            let given = voucher.granted - voucher.balance + shares
            return Split.take(
                use - shares.total, granted: voucher.granted, given: given,
                count: batches[voucher.batch].funds.count)
        }
    }

    /// Why the person has had enough, or `nil`.
    func personRefusal(
        _ limits: RuleLimits, _ voucher: Voucher, _ merchant: MerchantID, on day: BusinessDay
    ) -> Refusal? {
        let person = people[voucher.person]
        if let limit = limits.personDay, person.day == day, person.dayCount >= limit {
            return .personDayLimit
        }
        if let limit = limits.personMerchant {
            let key = PersonMerchant(person: voucher.person, merchant: merchant)
            if purchases[key, default: 0] >= limit { return .personMerchantLimit }
        }
        return nil
    }

    /// Why the merchant or the sale has had enough, or `nil`.
    func merchantRefusal(
        _ limits: RuleLimits, _ merchant: MerchantID, _ subsidy: Amount, _ sale: Sale, on day: BusinessDay
    ) -> Refusal? {
        if let limit = limits.merchantDay {
            let seller = merchants[merchant]
            if (seller.day == day ? seller.dayAmount : .zero) + subsidy > limit { return .merchantDayLimit }
        }
        if limits.oneVoucherPerSale {
            let paid = sales.first(sale.order.stableHash) { $0 == merchant.rawValue }
            if paid != nil { return .saleAlreadySubsidised }
        }
        return nil
    }

    /// Why a sale that the supply side has paid for takes no voucher, or `nil`.
    func awardRefusal(_ rule: ProgrammeRule, _ merchant: MerchantID, _ order: String) -> Refusal? {
        guard rule.bothSides != true else { return nil }
        let paid = tickets.first(order.stableHash) { $0 == merchant.rawValue }
        return paid == nil ? nil : .saleAlreadySubsidised
    }

    /// Books a captured redemption: voucher, person, merchant and what a settlement will take.
    mutating func capture(
        _ terms: RedemptionTerms, voucher id: VoucherID, outlet: OutletID, bill: Amount, sale: UInt64,
        session: SessionID?, details: SaleDetails?
    ) {
        count(details, id, on: terms.day)
        if let session { sessionSales[terms.redemption] = session }
        let person = vouchers[id].person
        redemptions.append(
            Redemption(voucher: id, outlet: outlet, bill: bill, subsidy: terms.subsidy.shares))
        vouchers[id].status = terms.left == nil ? .used : .usable
        vouchers[id].redeemed += terms.subsidy.total
        people[person].amount -= terms.lapsed.total
        if people[person].day != terms.day {
            people[person].day = terms.day
            people[person].dayCount = 0
        }
        people[person].dayCount += 1
        if rule(of: batches[vouchers[id].batch]).limits.personMerchant != nil {
            purchases[PersonMerchant(person: person, merchant: terms.merchant), default: 0] += 1
        }
        owe(terms, sale: sale)
    }

    /// Books what a merchant is owed for a sale: its day's total and what a settlement will take.
    mutating func owe(_ terms: RedemptionTerms, sale: UInt64) {
        if merchants[terms.merchant].day != terms.day {
            merchants[terms.merchant].day = terms.day
            merchants[terms.merchant].dayAmount = .zero
        }
        merchants[terms.merchant].dayAmount += terms.subsidy.total
        sales.insert(sale, terms.merchant.rawValue)
        for index in 0..<terms.subsidy.count where terms.subsidy[index].amount > .zero {
            let (fund, amount) = terms.subsidy[index]
            unsettled[MerchantFund(terms.merchant, fund), default: Unsettled()].add(amount, on: terms.day)
        }
    }

    /// The place of a channel in ``channels``, a new one if need be.
    mutating func channelPlace(_ channel: String) -> UInt16 {
        if let place = channels.firstIndex(of: channel) { return UInt16(place) }
        channels.append(channel)
        return UInt16(channels.count - 1)
    }
}

extension String {
    /// Whether it can be a merchant's reference of a sale: 1 to 64 bytes.
    package var isOrderReference: Bool { isText(upTo: 64) }

    /// Whether it can name a sales channel: 1 to 32 bytes.
    package var isChannel: Bool { isText(upTo: 32) }
}
