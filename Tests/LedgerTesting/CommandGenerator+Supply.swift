import CBOR
import Cryptography
import LedgerDomain

// Sessions and their tickets, grants, rewards and price cuts.
extension CommandGenerator {
    func supplyWeights(_ model: ReferenceModel) -> [(OperationType, Int64)] {
        func any(_ status: Session.Status) -> Bool {
            model.sessions.values.contains { $0.status == status }
        }
        let open = model.sessions.values.count { $0.status == .open }
        let over = model.sessions.values.contains { $0.status == .open && $0.asked.endsAt <= clock }
        let asked = model.awards.values.contains { $0.status == .proposed }
        let some = !model.outlets.isEmpty
        return [
            (.proposeSession, !some ? 1 : open < 3 ? 40 : 6), (.approveSession, any(.proposed) ? 60 : 2),
            (.admit, open > 0 ? 120 : 3), (.closeAdmissions, over ? 40 : 3),
            (.settleSession, any(.counted) ? 80 : over ? 30 : 4),
            (.cancelSession, open > 0 ? 8 : 2),
            (.proposeAward, some ? 25 : 1), (.approveAward, asked ? 60 : 2),
            (.rejectAward, asked ? 8 : 1), (.clawBackAward, model.awards.isEmpty ? 1 : 8),
        ]
    }

    /// A session that a sale may be for: mostly one at the same outlet that is open.
    mutating func session(at outlet: OutletID?, _ model: ReferenceModel?) -> SessionID? {
        guard let model, !model.sessions.isEmpty else { return nil }
        let here = key(model.sessions) { $0.asked.outlet == outlet && $0.status == .open }
        if let here, chance(500) { return here }
        guard chance(25) else { return nil }
        return id(key(model.sessions), of: model.sessions.count)
    }

    private func payers(_ model: ReferenceModel, _ programme: ProgrammeID) -> FundShares {
        let funds = (model.programmes[programme]?.funds ?? []).sorted().filter {
            model.balance(.programme(programme), $0) > 0
        }.prefix(2)
        return FundShares(FundList(Array(funds)) ?? FundList(), Shares(fen: funds.map { _ in 1 }))
    }

    private mutating func payingProgramme(_ model: ReferenceModel) -> ProgrammeID {
        let rich = model.programmes.filter { id, programme in
            programme.status == .approved
                && programme.funds.contains { model.balance(.programme(id), $0) > 1_000 }
        }
        return chance(930) ? key(rich) ?? programme(model) { _ in true } : programme(model) { _ in true }
    }

    mutating func proposeSession(_ model: ReferenceModel) -> ProposeSession {
        let programme = payingProgramme(model)
        let outlet = id(key(model.outlets), of: model.outlets.count)
        let later: Int64 = chance(150) ? 86_400_000_000 : 0
        let from = clock.adding(number(-2...6) * 1_800_000_000 + later)
        let others = people.filter { $0 != principal }
        return .with {
            $0.programme = programme
            $0.outlet = outlet
            $0.title = text("评弹")
            $0.startsAt = from
            $0.endsAt = from.adding(chance(970) ? number(1...6) * 1_800_000_000 : -1)
            $0.price = Amount(fen: 8_000)
            $0.ticketPrice = Amount(fen: chance(970) ? pick([3_000, 0]) ?? 0 : 8_000)
            $0.subsidy = Amount(fen: chance(970) ? pick([100, 999, 333]) ?? 1 : 8_001)
            $0.seats = chance(980) ? pick([1, 2, 7]) ?? 1 : 0
            $0.weights = chance(980) ? payers(model, programme) : FundShares()
            $0.attestor = chance(970) ? pick(others) ?? principal : principal
        }
    }

    mutating func approveSession(_ model: ReferenceModel) -> ApproveSession {
        let session = session(model) { $0.status == .proposed }
        decide(on: model.sessions[session]?.maker)
        return .with { $0.session = session }
    }

    mutating func admit(_ model: ReferenceModel) -> Admit {
        let (now, day) = (clock, clock.calendarDay)
        let running = session(model) { $0.status == .open && $0.asked.startsAt.calendarDay <= day }
        let open = session(model) { $0.status == .open && $0.asked.startsAt > now }
        let session = chance(850) ? running : open
        let asked = model.sessions[session]?.asked
        if chance(930), let attestor = asked?.attestor { principal = attestor }
        let price = asked?.ticketPrice.fen ?? 0
        return .with {
            $0.session = session
            $0.ticket = text(chance(850) ? fresh("票") : chance(500) ? stale("票") : stale("订单"), 64)
            $0.paid = Amount(fen: chance(200) ? 0 : chance(950) ? price : price + number(-1...1))
            if chance(10) { $0.paid = Amount(fen: -1) }
        }
    }

    mutating func closeAdmissions(_ model: ReferenceModel) -> CloseAdmissions {
        let now = clock
        let over = session(model) { $0.status == .open && $0.asked.endsAt <= now }
        let open = session(model) { $0.status == .open }
        let session = chance(900) ? over : open
        if chance(930), let attestor = model.sessions[session]?.asked.attestor { principal = attestor }
        return .with { $0.session = session }
    }

    mutating func settleSession(_ model: ReferenceModel) -> SettleSession {
        let counted = session(model) { $0.status == .counted }
        let open = session(model) { $0.status == .open }
        let session = chance(800) ? counted : open
        decide(on: model.sessions[session]?.asked.attestor)
        return .with { $0.session = session }
    }

    mutating func cancelSession(_ model: ReferenceModel) -> CancelSession {
        let sold = Set(model.redemptions.values.compactMap(\.session))
        let wanted = sold.sorted().last { model.sessions[$0]?.status == .open }
        let any = session(model) { $0.status == .open || $0.status == .proposed }
        let chosen = chance(600) ? wanted ?? any : any
        if chance(700), let attestor = model.sessions[chosen]?.asked.attestor { principal = attestor }
        return .with {
            $0.session = chosen
            $0.reason = text("演员生病")
        }
    }

    mutating func proposeAward(_ model: ReferenceModel) -> ProposeAward {
        let programme = payingProgramme(model)
        let last = model.redemptions[RedemptionID(UInt32(model.redemptions.count))]
        let merchant = chance(600) ? last?.merchant : key(model.merchants)
        var asked = ProposeAward.with {
            $0.programme = programme
            $0.merchant = id(merchant, of: model.merchants.count)
            $0.kind = pick(Award.Kind.allCases) ?? .grant
            $0.amount = amount([5_000, 333])
            $0.weights = chance(980) ? payers(model, programme) : FundShares()
            $0.title = text("资助")
            $0.evidence = Octets(Array(repeating: 7, count: 31))
        }
        let evidence = chance(900) ? fresh("凭证") : "凭证"
        if chance(980) { asked.evidence = Octets(SHA256Digest.of(Array(evidence.utf8))) }
        if asked.kind == .priceCut || chance(10) { fillSales(&asked) }
        if asked.kind == .reward || chance(10) {
            asked.through = id(RedemptionID(UInt32(model.redemptions.count)), of: model.redemptions.count)
            asked.rate = Ratio(basisPoints: chance(970) ? 2_500 : 0)
            let paid = last.flatMap { model.vouchers[$0.voucher] }.flatMap { model.batches[$0.batch] }
            if chance(700), let paid {
                asked.programme = paid.programme
                asked.weights = payers(model, paid.programme)
            }
            if chance(850) { asked.amount = Amount(fen: model.reward(asked)) }
        }
        return asked
    }

    private mutating func fillSales(_ asked: inout ProposeAward) {
        var sum: Int64 = 0
        asked.sales = (0..<number(1...3)).map { _ in
            let cut = number(1...900)
            sum += cut
            let order = chance(800) ? fresh("订单") : stale("订单")
            return .with {
                ($0.order, $0.listed, $0.paid) = (order, Amount(fen: 1_000), Amount(fen: 1_000 - cut))
            }
        }
        asked.amount = Amount(fen: chance(950) ? sum : sum + 1)
    }

    mutating func approveAward(_ model: ReferenceModel) -> ApproveAward {
        let award = award(model) { $0.status == .proposed }
        decide(on: model.awards[award]?.maker)
        return .with { $0.award = award }
    }

    mutating func rejectAward(_ model: ReferenceModel) -> RejectAward {
        let award = award(model) { $0.status == .proposed }
        return .with { ($0.award, $0.reason) = (award, text("凭证不足")) }
    }

    mutating func clawBackAward(_ model: ReferenceModel) -> ClawBackAward {
        let award = award(model) { $0.status == .paid }
        return .with { ($0.award, $0.reason) = (award, text("虚报")) }
    }

    private mutating func session(
        _ model: ReferenceModel, where holds: (ModelSession) -> Bool
    ) -> SessionID {
        let fitting = key(model.sessions, where: holds)
        return id(
            chance(960) ? fitting ?? key(model.sessions) : key(model.sessions), of: model.sessions.count)
    }

    private mutating func award(_ model: ReferenceModel, where holds: (ModelAward) -> Bool) -> AwardID {
        let fitting = key(model.awards, where: holds)
        return id(chance(930) ? fitting ?? key(model.awards) : key(model.awards), of: model.awards.count)
    }
}
