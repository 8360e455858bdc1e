import CBOR
import LedgerDomain

// Claims, hand-backs, lapses; sales and refunds.
extension CommandGenerator {
    mutating func issue(_ model: ReferenceModel) -> Issue {
        if chance(400), let winner = winner(model) {
            return .with {
                $0.batch = winner.batch
                $0.pseudonym = winner.pseudonym
                $0.release = .lottery
                $0.entry = winner.entry
            }
        }
        let now = clock
        let running: BatchID? = recent(model.batches.count, within: 40) {
            model.isIssuing($0, at: now)
        }
        let waiting = key(model.batches, where: { $0.status == .open && $0.from > now })
        let near = focus.rest > 0 ? focus.batch : nil
        let open = chance(930) ? near ?? running : chance(500) ? waiting : recent(model.batches.count)
        let batch = id(open, of: model.batches.count)
        let release = model.batches[batch]?.release ?? .firstCome
        let saver = release == .points && chance(850) ? saver(batch, model) : nil
        let person = saver ?? person(takingFrom: batch, model)
        return .with {
            $0.batch = batch
            $0.pseudonym = person
            $0.release = chance(970) ? release : pick(Release.allCases) ?? .directed
            if chance(5) { $0.entry = UInt32(number(0...9)) }
            $0.topUp = topUp($0.release, model.batches[batch]?.rule.topUp)
            $0.claimant =
                $0.release != .lottery || chance(20) ? claimant(takingFrom: batch, person, model) : nil
        }
    }

    private mutating func topUp(_ release: Release, _ least: Amount?) -> TopUp? {
        guard release == .matched ? chance(970) : chance(5) else { return nil }
        return .with {
            $0.reference = text(chance(500) ? fresh("充值") : "充值\(number(0...20))", 64)
            $0.amount = amount([least?.fen ?? 1_000, 30_000], fair: 900)
        }
    }

    mutating func handBack(_ model: ReferenceModel) -> HandBack {
        let voucher = voucher(model)
        let holder = model.vouchers[voucher]?.holder ?? Pseudonym(0)
        return .with {
            $0.voucher = voucher
            $0.pseudonym = chance(950) ? holder : Pseudonym(holder.rawValue ^ 1)
            if chance(300) { $0.channel = text("wechat", 32) }
        }
    }

    mutating func lapse(_ model: ReferenceModel) -> Lapse {
        let now = clock
        if focus.rest > 0, let voucher = focus.voucher, chance(800) { return .with { $0.voucher = voucher } }
        let expired: VoucherID? = recent(model.vouchers.count, within: 300) {
            model.vouchers[$0].map { $0.status == .usable && $0.expiry <= now } ?? false
        }
        return .with { $0.voucher = id(expired, of: model.vouchers.count) }
    }

    mutating func authorise(_ model: ReferenceModel) -> Authorise {
        let (voucher, outlet, terminal) = place(model)
        return .with {
            $0.voucher = voucher
            $0.outlet = outlet
            $0.terminal = terminal
            $0.bill = bill(voucher, model)
            $0.channel = text(pick(channels) ?? "pos", 32)
            $0.order = order()
            $0.token = token(voucher, model)
            $0.paper = paper(voucher, model)
            $0.details = details(
                $0.bill, model.outlets[outlet]?.category, at: outlet, model, under: model.rule(of: voucher))
        }
    }

    mutating func redeem(_ model: ReferenceModel) -> Redeem {
        let (voucher, outlet, terminal) = place(model)
        return .with {
            $0.voucher = voucher
            $0.outlet = outlet
            $0.terminal = terminal
            $0.bill = bill(voucher, model)
            $0.channel = text(pick(channels) ?? "pos", 32)
            $0.order = order()
            $0.token = token(voucher, model)
            $0.paper = paper(voucher, model)
            $0.details = details(
                $0.bill, model.outlets[outlet]?.category, at: outlet, model, under: model.rule(of: voucher))
        }
    }

    mutating func capture(_ model: ReferenceModel) -> Capture {
        let (authorisation, authorised) = authorisation(model)
        let bills =
            authorised.map { [$0.bill.fen, $0.bill.fen, $0.bill.fen - 1, $0.bill.fen * 9 / 10] } ?? []
        let another = authorised.map { bill($0.voucher, model) } ?? .zero
        return .with {
            $0.authorisation = authorisation
            $0.bill = chance(850) ? amount(bills, fair: 950) : another
            $0.order = order()
            $0.details = details(
                $0.bill, authorised.flatMap { model.outlets[$0.outlet]?.category },
                at: authorised?.outlet, model,
                under: authorised.flatMap { model.rule(of: $0.voucher) })
        }
    }

    mutating func void(_ model: ReferenceModel) -> VoidAuthorisation {
        let (authorisation, _) = authorisation(model)
        return .with { $0.authorisation = authorisation }
    }

    func hasOpenAuthorisation(_ model: ReferenceModel) -> Bool {
        let last = max(0, model.authorisations.count - 30)
        return (last...model.authorisations.count).contains { number in
            let authorisation = model.authorisations[AuthorisationID(UInt32(number))]
            return authorisation.map { !$0.closed && $0.expiry > clock } ?? false
        }
    }

    private mutating func authorisation(
        _ model: ReferenceModel
    ) -> (AuthorisationID, ModelAuthorisation?) {
        let now = clock
        let open: AuthorisationID? = recent(model.authorisations.count, within: 30) {
            model.authorisations[$0].map { !$0.closed && $0.expiry >= now.adding(-1) } ?? false
        }
        let near = focus.rest > 0 && chance(800) ? focus.authorisation : nil
        let authorisation = id(near ?? open, of: model.authorisations.count)
        return (authorisation, model.authorisations[authorisation])
    }

    mutating func refund(_ model: ReferenceModel) -> Refund {
        let open: RedemptionID? = recent(model.redemptions.count) {
            model.redemptions[$0].map { $0.refundedBill < $0.bill } ?? false
        }
        let now = clock
        let settled: RedemptionID? = recent(model.redemptions.count, within: 300) {
            model.isOldAndRevivable($0, at: now)
        }
        let near: RedemptionID? = recent(model.redemptions.count) { [focus] id in
            focus.rest > 0 && model.redemptions[id]?.voucher == focus.voucher
        }
        let redemption = id(focus.rest > 0 ? near : chance(400) ? settled : open, of: model.redemptions.count)
        let bill = model.redemptions[redemption]?.bill ?? 1
        let rest = bill - (model.redemptions[redemption]?.refundedBill ?? 0)
        return .with {
            $0.redemption = redemption
            $0.bill = amount([bill, rest, rest, rest, rest, rest / 2, bill / 3, 1])
        }
    }

    /// Mostly a recent voucher that can be used.
    mutating func voucher(_ model: ReferenceModel) -> VoucherID {
        if focus.rest > 0, let voucher = focus.voucher, chance(800) { return voucher }
        let now = clock
        let usable: VoucherID? = recent(model.vouchers.count) {
            model.vouchers[$0].map { $0.status == .usable && $0.expiry > now } ?? false
        }
        let revived: RedemptionID? = recent(model.redemptions.count, within: 50) {
            model.redemptions[$0].map { model.vouchers[$0.voucher]?.status == .usable } ?? false
        }
        let again = revived.flatMap { model.redemptions[$0]?.voucher }
        let any: VoucherID? = recent(model.vouchers.count)
        return id(chance(200) ? again : chance(900) ? usable : any, of: model.vouchers.count)
    }

    /// A voucher and where to use it: mostly where its rule allows and the merchant is not stopped.
    mutating func place(
        _ model: ReferenceModel, using given: VoucherID? = nil
    ) -> (VoucherID, OutletID, TerminalID) {
        let voucher = given ?? voucher(model)
        let conditions = model.rule(of: voucher)?.conditions ?? RuleConditions()
        let fitting = key(model.outlets) { outlet in
            (conditions.categories.isEmpty || conditions.categories.contains(outlet.category))
                && (conditions.outlets.isEmpty || conditions.outlets.contains(outlet.platformID))
                && (conditions.regions.isEmpty || conditions.regions.contains { $0.contains(outlet.region) })
                && model.merchants[outlet.merchant]?.status == .active
        }
        let outlet = id(chance(900) ? fitting : key(model.outlets), of: model.outlets.count)
        guard chance(300) else { return (voucher, outlet, .none) }
        let here = chance(900) ? key(model.terminals, where: { $0.outlet == outlet }) : key(model.terminals)
        return (voucher, outlet, here.map { id($0, of: model.terminals.count) } ?? .none)
    }

    /// A bill at which the rule's answer changes, or any.
    mutating func bill(_ voucher: VoucherID, _ model: ReferenceModel) -> Amount {
        guard let rule = model.rule(of: voucher) else { return amount([10_000]) }
        let left = model.left(in: voucher).reduce(0, +)
        let own = rule.minimumOwnPayment.fen
        let face = model.vouchers[voucher].flatMap { model.batches[$0.batch]?.face } ?? 0
        let least = model.least(rule, face).fen
        var bills = [least, left + own, own + 1, 2 * left, 5 * left, number(1...40_000)]
        if rule.kind == .percentage {
            bills += [9_000, 7_000, left * 10_000 / max(1, rule.rate.basisPoints)]
        }
        bills += rule.ratios.map { left * 10_000 / max(1, $0.ratio.basisPoints) }
        if rule.goods != nil, chance(900) { bills = [2_000, 1_999, 1_500] }
        let fair = bills.filter { $0 >= least }
        return amount(chance(900) ? fair : bills, fair: 930)
    }

    /// Mostly a new order, now and then one that may have been paid for.
    mutating func order() -> String {
        text(chance(850) ? fresh("订单") : stale("订单"), 64)
    }
}

extension ReferenceModel {
    /// The rule that a voucher is under.
    func rule(of voucher: VoucherID) -> ProgrammeRule? {
        let batch = vouchers[voucher].flatMap { batches[$0.batch] }
        return batch?.rule
    }

    /// Whether a redemption is of an earlier day, so that it may be paid, and a refund revives its voucher.
    func isOldAndRevivable(_ id: RedemptionID, at instant: Instant) -> Bool {
        guard let redemption = redemptions[id], let voucher = vouchers[redemption.voucher],
            let rule = rule(of: redemption.voucher)
        else { return false }
        let unsettled = owed[redemption.merchant]?.values.contains { $0.days[today] != nil } ?? false
        return redemption.refundedBill == 0 && instant < voucher.expiry && rule.refund != .forfeit
            && !unsettled
    }

    /// Whether a batch has vouchers to give at an instant.
    func isIssuing(_ id: BatchID, at instant: Instant) -> Bool {
        guard let batch = batches[id] else { return false }
        return batch.status == .open && instant >= batch.from && instant < batch.until && left(in: id) > 0
            && programmes[batch.programme]?.status == .approved
    }
}
