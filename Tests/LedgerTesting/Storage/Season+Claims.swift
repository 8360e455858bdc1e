import CBOR
import LedgerDomain

/// People who come first, people who come through others, and programmes that exclude one another.
extension Season {
    mutating func preferSome() throws {
        let fund = FundID(UInt32(state.funds.count))
        try give(
            Appropriate.with { ($0.fund, $0.amount, $0.reference) = (fund, Self.yuan(100), "拨款单 11") })
        var rule = ProgrammeRule()
        rule.faces = [Self.yuan(10)]
        rule.validity = 30 * Instant.day
        rule.conditions.ruralOnly = true
        rule.claims = .with { ($0.scope, $0.guarded, $0.proxied) = ("同类活动", ["minor"], 1) }
        let programme = try approve(rule, fund)
        let from = clock.adding(2 * Instant.hour)
        let proposal = ProposeBatch.with {
            ($0.programme, $0.face, $0.quota) = (programme, Self.yuan(10), 4)
            $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
            ($0.from, $0.until) = (from, from.adding(30 * Instant.day))
            $0.access = .with { access in
                (access.priority, access.priorityFrom) = (["elderly"], clock)
                access.reserves = [.with { ($0.group, $0.count) = ("minor", 1) }]
                access.rounds = [.with { ($0.from, $0.count) = (from.adding(Instant.day), 1) }]
            }
        }
        try refuse(.accessInvalid, Self.with(proposal) { $0.quota = 1 })
        try give(proposal)
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")

        try refuse(.batchWindowNotBegun, claim(batch, 501))
        let elder = claim(batch, 501, "elderly")
        try refuse(.attestorIsClaimant, elder, by: "attestor")
        try refuse(.claimantInvalid, Self.with(elder) { $0.claimant?.attestations[0].group = "" })
        try give(elder)
        clock = from
        try refuse(
            .attestationExpired,
            Self.with(claim(batch, 502, "elderly")) { $0.claimant?.attestations[0].until = clock })
        try refuse(.guardianRequired, claim(batch, 502, "minor"))
        try refuse(.proxyIsSelf, claim(batch, 502, "minor", proxy: 502))
        try give(claim(batch, 503))
        try refuse(.quotaReserved, claim(batch, 504))
        try give(claim(batch, 502, "minor", proxy: 510))
        try refuse(.proxyLimit, claim(batch, 505, "minor", proxy: 510))
        try refuse(.roundNotBegun, claim(batch, 504))
        clock = from.adding(Instant.day)
        try give(claim(batch, 504))
        try goElsewhere(rule, fund)
    }

    /// Another programme of the scope, for a group alone and for outlets in the country.
    private mutating func goElsewhere(_ rule: ProgrammeRule, _ fund: FundID) throws {
        let programme = try approve(rule, fund)
        try give(
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (programme, Self.yuan(10), 4)
                $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
                ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
                $0.access = .with { $0.only = ["rural"] }
            })
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")
        try refuse(.notInGroup, claim(batch, 506, "elderly"))
        try refuse(.excludedByOther, claim(batch, 504, "rural"))
        let last = VoucherID(UInt32(state.vouchers.count))
        try give(HandBack.with { ($0.voucher, $0.pseudonym) = (last, Pseudonym(504)) })
        try give(claim(batch, 504, "rural"))
        try refuse(
            .ruralOnly,
            Redeem.with {
                ($0.voucher, $0.outlet) = (VoucherID(UInt32(state.vouchers.count)), OutletID(1))
                ($0.bill, $0.channel, $0.order) = (Self.yuan(120), "counter", "乡村-1")
                $0.token = .with {
                    $0.id = KeyID(state.size)
                    $0.expiry = clock.adding(30 * Instant.second)
                }
            })
    }

    private mutating func approve(_ rule: ProgrammeRule, _ fund: FundID) throws -> ProgrammeID {
        try give(
            SubmitProgramme.with { ($0.name, $0.document, $0.rule) = ("优先", "鲁文旅〔2018〕11号", rule) })
        let programme = ProgrammeID(UInt32(state.programmes.count))
        try give(ApproveProgramme.with { $0.programme = programme }, by: "checker")
        try give(Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(50)) })
        return programme
    }

    private func claim(
        _ batch: BatchID, _ person: UInt64, _ group: String? = nil, proxy: UInt64? = nil
    ) -> Issue {
        .with { issue in
            (issue.batch, issue.pseudonym) = (batch, Pseudonym(person))
            guard let group else { return }
            issue.claimant = .with { claimant in
                claimant.attestations = [
                    .with {
                        ($0.group, $0.until) = (group, clock.adding(Instant.day))
                        $0.attestor = StorageConformance.principal("attestor")
                        $0.commitment = StorageConformance.digest(Int(person))
                    }
                ]
                claimant.proxy = proxy.map { Pseudonym($0) }
                claimant.channel = proxy == nil ? "wechat" : nil
            }
        }
    }
}
