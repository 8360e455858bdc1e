import CBOR
import LedgerDomain

/// Sessions with cheap tickets, awards, and points.
extension Season {
    mutating func payTheStage() throws {
        let programme = ProgrammeID(UInt32(state.programmes.count - 1))
        let fund = FundID(UInt32(state.funds.count))
        try give(
            Appropriate.with { ($0.fund, $0.amount, $0.reference) = (fund, Self.yuan(500), "拨款单 12") })
        try give(
            Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(400)) })
        let weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
        let proposal = ProposeSession.with {
            ($0.programme, $0.outlet, $0.title) = (programme, OutletID(3), "评弹专场")
            ($0.startsAt, $0.endsAt) = (clock.adding(Instant.hour), clock.adding(3 * Instant.hour))
            ($0.price, $0.ticketPrice, $0.subsidy) = (Self.yuan(80), Self.yuan(30), Self.yuan(20))
            ($0.seats, $0.weights) = (2, weights)
            $0.attestor = StorageConformance.principal("attestor")
        }
        try refuse(.sessionInvalid, Self.with(proposal) { $0.subsidy = Self.yuan(51) })
        for _ in 0..<2 { try give(proposal) }
        for session: UInt32 in 1...2 {
            try refuse(.makerIsChecker, ApproveSession.with { $0.session = SessionID(session) })
            try give(ApproveSession.with { $0.session = SessionID(session) }, by: "checker")
        }
        try refuse(
            .insufficientProgramme,
            Reclaim.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(400)) })
        for (ticket, paid) in [("票-1", 30), ("票-2", 0), ("票-3", 25)] as [(String, Int64)] {
            try refuse(.notAttestor, admission(ticket, paid))
            try give(admission(ticket, paid), by: "attestor")
        }
        try refuse(.ticketUsed, admission("票-2", 0), by: "attestor")
        try refuse(.sessionFull, admission("票-4", 30), by: "attestor")
        try refuse(.ticketAboveLowPrice, admission("票-5", 31, 2), by: "attestor")
        try refuse(.sessionNotOver, SettleSession.with { $0.session = SessionID(1) })
        clock = clock.adding(4 * Instant.hour)
        try refuse(.makerIsChecker, SettleSession.with { $0.session = SessionID(1) }, by: "attestor")
        try refuse(.sessionNotCounted, SettleSession.with { $0.session = SessionID(1) })
        try refuse(
            .sessionAttended, CancelSession.with { ($0.session, $0.reason) = (SessionID(1), "演员生病") })
        try refuse(.notAttestor, CloseAdmissions.with { $0.session = SessionID(1) })
        try give(CloseAdmissions.with { $0.session = SessionID(1) }, by: "attestor")
        try give(SettleSession.with { $0.session = SessionID(1) })
        try give(CancelSession.with { ($0.session, $0.reason) = (SessionID(2), "演员生病") })
        try refuse(.sessionNotOpen, SettleSession.with { $0.session = SessionID(2) })
        try giveAwards(programme, weights)
    }

    private func admission(_ ticket: String, _ paid: Int64, _ session: UInt32 = 1) -> Admit {
        .with { ($0.session, $0.ticket, $0.paid) = (SessionID(session), ticket, Self.yuan(paid)) }
    }

    private mutating func giveAwards(_ programme: ProgrammeID, _ weights: FundShares) throws {
        let grant = ProposeAward.with {
            ($0.programme, $0.merchant, $0.kind) = (programme, MerchantID(1), .grant)
            ($0.amount, $0.weights, $0.title) = (Self.yuan(50), weights, "高品质演出资助")
            $0.evidence = Octets(Array(repeating: 9, count: 32))
        }
        let cut = Self.with(grant) {
            ($0.kind, $0.amount) = (.priceCut, Self.yuan(5))
            $0.sales = [.with { ($0.order, $0.listed, $0.paid) = ("降价-1", Self.yuan(20), Self.yuan(15)) }]
        }
        try refuse(.awardInvalid, Self.with(cut) { $0.amount = Self.yuan(6) })
        for (number, proposal) in [grant, cut, cut, grant].enumerated() {
            try give(Self.with(proposal) { $0.evidence = Self.evidence(number) })
        }
        try refuse(.evidenceUsed, Self.with(grant) { $0.evidence = Self.evidence(0) })
        try refuse(.makerIsChecker, ApproveAward.with { $0.award = AwardID(1) })
        for award: UInt32 in 1...2 {
            try give(ApproveAward.with { $0.award = AwardID(award) }, by: "checker")
        }
        try refuse(
            .saleAlreadySubsidised, ApproveAward.with { $0.award = AwardID(3) }, by: "checker")
        try give(RejectAward.with { ($0.award, $0.reason) = (AwardID(4), "凭证不足") })
        for award: UInt32 in 1...2 {
            try give(ClawBackAward.with { ($0.award, $0.reason) = (AwardID(award), "虚报") })
        }
        // What was taken back may be claimed again.
        try give(ApproveAward.with { $0.award = AwardID(3) }, by: "checker")
        try refuse(.awardNotPaid, ClawBackAward.with { ($0.award, $0.reason) = (AwardID(1), "虚报") })
        try give(
            Self.with(grant) {
                ($0.kind, $0.rate) = (.reward, Ratio(basisPoints: 1_000))
                $0.through = RedemptionID(UInt32(state.redemptions.count))
            })
        try refuse(.awardAmountDiffers, ApproveAward.with { $0.award = AwardID(5) }, by: "checker")
    }

    private static func evidence(_ number: Int) -> Octets {
        Octets(Array(repeating: UInt8(number), count: 32))
    }

    /// A new version of the rule; what was issued before keeps the old one.
    mutating func changeTheRule() throws {
        let programme = ProgrammeID(UInt32(state.programmes.count))
        var rule = state.programmes[programme].rule
        let proposal = ProposeRule.with { ($0.programme, $0.document) = (programme, "鲁文旅〔2018〕13号") }
        try refuse(.ruleUnchanged, Self.with(proposal) { $0.rule = rule })
        rule.threshold = Self.yuan(40)
        let changed = Self.with(proposal) { $0.rule = rule }
        try refuse(
            .scopeFixed,
            Self.with(changed) { ($0.rule.claims, $0.rule.points) = (.with { $0.scope = "别的" }, nil) })
        try give(changed)
        try refuse(.ruleUnchanged, changed)
        let digest = state.programmes[programme].pending?.digest ?? .zero
        let approval = ApproveRule.with { ($0.programme, $0.proposal) = (programme, digest) }
        try refuse(.makerIsChecker, approval)
        try refuse(.ruleNotProposed, Self.with(approval) { $0.proposal = .zero }, by: "checker")
        try give(approval, by: "checker")
        try give(
            Redeem.with {
                ($0.voucher, $0.outlet) = (VoucherID(UInt32(state.vouchers.count)), OutletID(1))
                ($0.bill, $0.channel, $0.order) = (Self.yuan(20), "counter", "旧规则-1")
                $0.token = .with {
                    $0.id = KeyID(state.size)
                    $0.expiry = clock.adding(30 * Instant.second)
                }
            })
    }

    mutating func collectPoints() throws {
        let fund = FundID(UInt32(state.funds.count))
        var rule = ProgrammeRule()
        rule.faces = [Self.yuan(10)]
        rule.validity = 30 * Instant.day
        rule.points = .with {
            $0.activities = [.with { ($0.name, $0.points) = ("讲座", 60) }]
            ($0.lifetime, $0.rate) = (Instant.day, 10)
        }
        try give(
            SubmitProgramme.with { ($0.name, $0.document, $0.rule) = ("积分", "鲁文旅〔2018〕12号", rule) })
        let programme = ProgrammeID(UInt32(state.programmes.count))
        try give(ApproveProgramme.with { $0.programme = programme }, by: "checker")
        try give(Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(50)) })
        try give(
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (programme, Self.yuan(10), 4)
                $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
                ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
                $0.release = .points
            })
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")
        let lecture = EarnPoints.with {
            ($0.programme, $0.pseudonym) = (programme, Pseudonym(601))
            ($0.activity, $0.reference) = ("讲座", "2018-06-05 评弹")
        }
        let exchange = Issue.with {
            ($0.batch, $0.pseudonym, $0.release) = (batch, Pseudonym(601), .points)
        }
        try give(lecture, by: "attestor")
        try refuse(.activityCounted, lecture, by: "attestor")
        try refuse(.activityUnknown, Self.with(lecture) { $0.activity = "电影" })
        try refuse(.pointsShort, exchange)
        try give(Self.with(lecture) { ($0.reference, $0.units) = ("2018-06-06 评弹", 2) }, by: "attestor")
        try give(exchange)
        guard let person = state.person(Pseudonym(601)) else {
            throw Nonconformance(description: "who has points is nobody")
        }
        try refuse(.pointsNotExpired, ExpirePoints.with { $0.person = person })
        clock = clock.adding(2 * Instant.day)
        try refuse(.pointsShort, exchange)
        try give(ExpirePoints.with { $0.person = person })
    }
}
