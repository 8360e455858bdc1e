import CBOR
import LedgerDomain

/// Vouchers that are used more than once: stored value, and so many uses.
extension Season {
    mutating func useSeveralTimes() throws {
        let fund = FundID(UInt32(state.funds.count))
        var balance = ProgrammeRule()
        balance.kind = .balance
        balance.faces = [Self.yuan(100)]
        balance.ratios = [CategoryRatio(ratio: Ratio(basisPoints: 5_000))]
        balance.validity = 30 * Instant.day
        balance.limits.oneVoucherPerSale = false
        balance.refund = .reinstate
        balance.topUp = Self.yuan(200)
        var count = ProgrammeRule()
        count.kind = .count
        count.uses = 2
        count.faces = [Self.yuan(60)]
        count.validity = 30 * Instant.day
        count.wholeOnly = true
        count.minimumOwnPayment = Self.yuan(1)

        let stored = try voucher(of: balance, paidBy: fund, to: 301)
        try give(use(stored, 120, "储值-1"))
        try give(use(stored, 60, "储值-1"))
        try give(
            Refund.with {
                ($0.redemption, $0.bill) = (RedemptionID(UInt32(state.redemptions.count)), Self.yuan(60))
            })
        try give(use(stored, 80, "储值-2"))
        try refuse(.voucherUsed, use(stored, 80, "储值-3"))

        let counted = try voucher(of: count, paidBy: fund, to: 302)
        try refuse(.belowThreshold, use(counted, 30, "次券-1"))
        try give(use(counted, 31, "次券-1"))
        try give(use(counted, 200, "次券-2"))
        try refuse(.voucherUsed, use(counted, 200, "次券-3"))
        count.uses = 7
        try refuse(.ruleInvalid, submission(of: count))
    }

    private func submission(of rule: ProgrammeRule) -> SubmitProgramme {
        .with { ($0.name, $0.document, $0.rule) = ("多次使用的券", "鲁文旅〔2018〕9号", rule) }
    }

    private mutating func voucher(
        of rule: ProgrammeRule, paidBy fund: FundID, to person: UInt64
    ) throws -> VoucherID {
        let release: Release = rule.topUp == nil ? .firstCome : .matched
        try give(submission(of: rule))
        let programme = ProgrammeID(UInt32(state.programmes.count))
        try give(ApproveProgramme.with { $0.programme = programme }, by: "checker")
        try give(
            Allocate.with { ($0.programme, $0.fund, $0.amount) = (programme, fund, Self.yuan(100)) })
        try give(
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (programme, rule.faces[0], 1)
                $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
                ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
                $0.release = release
            })
        let batch = BatchID(UInt32(state.batches.count))
        try give(ApproveBatch.with { $0.batch = batch }, by: "checker")
        let issue = Issue.with {
            ($0.batch, $0.pseudonym, $0.release) = (batch, Pseudonym(person), release)
            guard release == .matched else { return }
            $0.topUp = .with { ($0.reference, $0.amount) = ("充值-\(person)", Self.yuan(200)) }
        }
        try give(issue)
        if release == .matched { try refuse(.topUpUsed, issue) }
        return VoucherID(UInt32(state.vouchers.count))
    }

    private func use(_ voucher: VoucherID, _ bill: Int64, _ order: String) -> Redeem {
        .with {
            ($0.voucher, $0.outlet) = (voucher, OutletID(1))
            ($0.bill, $0.channel, $0.order) = (Self.yuan(bill), "counter", order)
            // The ledger insists on tokens since the paper was shown.
            $0.token = .with {
                $0.id = KeyID(state.size)
                $0.expiry = clock.adding(30 * Instant.second)
            }
        }
    }
}
