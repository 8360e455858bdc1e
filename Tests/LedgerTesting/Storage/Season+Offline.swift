import CBOR
import LedgerDomain

/// How the season ends: phones that pay offline, one of them twice, and a voucher on paper.
extension Season {
    mutating func goOffline() throws {
        try openGuaranteedBatch()
        let first = UInt32(state.vouchers.count) + 1
        for person in [201, 202] as [UInt64] { try give(claim(person)) }

        let credential = credential(7001, for: first)
        try refuse(.offlineCapExceeded, Self.with(credential) { $0.cap = Self.yuan(31) })
        try refuse(.credentialLife, Self.with(credential) { $0.expiry = clock.adding(8 * Instant.day) })
        try give(credential)
        try refuse(.credentialKnown, credential)
        try refuse(
            .voucherHeld,
            HandBack.with { ($0.voucher, $0.pseudonym) = (VoucherID(first), Pseudonym(201)) })

        let sale = sale(credential, counter: 1, at: 1, "离线-1")
        try refuse(.credentialUnknown, Self.with(sale) { $0.digest = .zero })
        try refuse(.presentationTime, Self.with(sale) { $0.slot += 2 })
        try give(Self.with(sale) { $0.details = details })
        try refuse(.presentationUsed, Self.with(sale) { $0.order = "离线-2" })
        // The same counter for another shop convicts the phone; both shops are paid.
        try give(self.sale(credential, counter: 1, at: 2, "离线-3"))
        try refuse(.presentationOverCap, self.sale(credential, counter: 2, at: 2, "离线-4"))
        try refuse(
            .voucherUsed, Self.with(self.sale(credential, counter: 2, at: 3, "离线-5")) { $0.isOnline = true })
        try give(self.sale(credential, counter: 2, at: 3, "离线-5"))
        let revoke = RevokeCredential.with { $0.id = credential.id }
        try give(revoke)
        try refuse(.credentialRevokedAlready, revoke)
        for _ in 0..<2 { try give(claim(201)) }
        try refuse(.voucherSetOff, self.credential(7002, for: first + 2))

        try printAndRedeem(first + 1)
    }

    private mutating func printAndRedeem(_ voucher: UInt32) throws {
        let paper = StorageConformance.digest(77)
        try give(IssuePaper.with { ($0.voucher, $0.commitment) = (VoucherID(voucher), paper) })
        let redeem = Redeem.with {
            ($0.voucher, $0.outlet) = (VoucherID(voucher), OutletID(1))
            ($0.bill, $0.channel, $0.order) = (Self.yuan(120), "counter", "纸质-1")
            ($0.paper, $0.details) = (paper, details)
        }
        try refuse(.paperUnknown, Self.with(redeem) { $0.paper = StorageConformance.digest(78) })
        try refuse(.itemsMismatch, Self.with(redeem) { $0.bill = Self.yuan(121) })
        try give(ChangeSetting.with { ($0.setting, $0.value) = (.tokenRequired, 1) })
        try refuse(.tokenRequired, Self.with(redeem) { $0.paper = nil })
        try give(redeem)
        try refuse(.voucherUsed, Self.with(redeem) { $0.order = "纸质-2" })
    }

    /// A batch of five vouchers of 30 yuan, and 350 yuan that the programme keeps.
    private mutating func openGuaranteedBatch() throws {
        let fund = FundID(UInt32(state.funds.count) + 1)
        try give(
            CreateFund.with {
                ($0.level, $0.fiscalYear, $0.matching) = (.county, 2018, false)
                ($0.treasury, $0.document) = ("诸城市财政局", "诸财预〔2018〕9号")
                ($0.functionalCode, $0.economicCode) = ("2070199", "30399")
            })
        try give(
            Appropriate.with {
                ($0.fund, $0.amount, $0.reference) = (fund, Self.yuan(1_000), "拨款单 9")
            })
        try give(
            Allocate.with {
                ($0.programme, $0.fund, $0.amount) = (ProgrammeID(1), fund, Self.yuan(500))
            })
        try give(
            ProposeBatch.with {
                ($0.programme, $0.face, $0.quota) = (ProgrammeID(1), Self.yuan(30), 5)
                $0.weights = FundShares(FundList([fund]) ?? FundList(), Shares(fen: [1]))
                ($0.from, $0.until) = (clock, clock.adding(30 * Instant.day))
            })
        try give(
            ApproveBatch.with { $0.batch = BatchID(UInt32(state.batches.count)) }, by: "checker")
    }

    private func claim(_ person: UInt64) -> Issue {
        .with { ($0.batch, $0.pseudonym) = (BatchID(UInt32(state.batches.count)), Pseudonym(person)) }
    }

    func credential(_ id: UInt64, for voucher: UInt32) -> IssueCredential {
        .with {
            ($0.voucher, $0.id, $0.cap) = (VoucherID(voucher), KeyID(id), Self.yuan(30))
            $0.digest = StorageConformance.digest(Int(id))
            ($0.issuedAt, $0.expiry) = (clock, clock.adding(Instant.day))
            $0.credential = Octets([UInt8](repeating: 0xd2, count: 190))
        }
    }

    private func sale(
        _ credential: IssueCredential, counter: UInt32, at outlet: UInt32, _ order: String
    ) -> RedeemOffline {
        .with {
            ($0.voucher, $0.outlet) = (credential.voucher, OutletID(outlet))
            ($0.bill, $0.channel, $0.order) = (Self.yuan(120), "counter", order)
            ($0.id, $0.digest, $0.counter) = (credential.id, credential.digest, counter)
            ($0.slot, $0.amount) = (UInt32(clock.microseconds / Instant.second / 30), Self.yuan(30))
            $0.occurredAt = clock
            $0.given = Self.yuan(30)
            $0.signature = Octets([UInt8](repeating: UInt8(counter), count: 64))
        }
    }

    private var details: SaleDetails {
        .with {
            ($0.branch, $0.pointOfSale, $0.cashier, $0.receipt) = ("中心店", "2", "017", "小票 9")
            $0.category = "图书"
            $0.items = [(1, 80, 80), (2, 25, 20)].map { quantity, listed, paid in
                .with {
                    ($0.name, $0.quantity) = ("图书 \(quantity)", UInt32(quantity))
                    ($0.listed, $0.paid) = (Self.yuan(Int64(listed)), Self.yuan(Int64(paid)))
                }
            }
        }
    }

    static func with<Command>(_ command: Command, _ change: (inout Command) -> Void) -> Command {
        var changed = command
        change(&changed)
        return changed
    }
}
