import LedgerDomain

/// What the checks store: values made by hand, told from each other by their numbers.
extension StorageConformance {
    /// 潍坊市诸城市.
    static let zhucheng = LedgerCode(370_782)
    /// 潍坊市高密市.
    static let gaomi = LedgerCode(370_785)

    /// Distinct events that stand for any other.
    static func sampleEvents(_ count: Int, tag: UInt8 = 0) -> [[UInt8]] {
        (0..<count).map { [0xa1, tag, UInt8($0 >> 8), UInt8($0 & 0xff)] }
    }

    /// A digest told from others by its number.
    static func digest(_ number: Int) -> Digest128 { Digest128(high: 0xd1_6e57, low: UInt64(number)) }

    /// So many seconds after 2018-06-01 10:00 in Shanghai.
    static func instant(_ seconds: Int) -> Instant {
        BusinessDay(days: 17_683).start.adding(10 * Instant.hour + Int64(seconds) * Instant.second)
    }

    static func principal(_ name: String) -> Principal { Principal(name) ?? .system }
    static func yuan(_ yuan: Int64) -> Amount { Amount(fen: yuan * 100) }

    static func fund(_ id: UInt32, _ document: String = "鲁财教指〔2018〕9号") -> FundRow {
        FundRow(
            id: FundID(id), level: .province, fiscalYear: 2018, matching: true, treasury: "省财政厅",
            document: document, functionalCode: "2070199", economicCode: "")
    }

    static func plan(_ id: UInt32, _ lines: [PlanLine]) -> PlanRow {
        PlanRow(
            id: PlanID(id), fund: FundID(1), lines: lines, document: "计划", maker: principal("maker"))
    }

    static func remittance(_ event: UInt64, incoming: Bool, _ amount: Amount = yuan(5)) -> RemittanceRow {
        RemittanceRow(
            event: event, incoming: incoming, fund: FundID(1), ledger: gaomi, amount: amount,
            origin: incoming ? 17 : nil, instant: instant(1))
    }

    static func programme(_ id: UInt32) -> ProgrammeRow {
        ProgrammeRow(
            id: ProgrammeID(id), name: "文惠券", document: "鲁文旅〔2018〕1号", rule: rule,
            maker: principal("maker"), instant: instant(2))
    }

    static func batch(_ id: UInt32, face: Amount = yuan(30), quota: UInt32 = 100) -> BatchRow {
        let funds = FundList([FundID(1), FundID(2)]) ?? FundList()
        return BatchRow(
            id: BatchID(id), programme: ProgrammeID(1), face: face, quota: quota, release: .directed,
            weights: FundShares(funds, Shares(fen: [60, 40])), from: instant(0), until: instant(900),
            maker: principal("maker"))
    }

    static func merchant(_ id: UInt32, file: Int, _ creditCode: String = "91370782MA3C00001X") -> MerchantRow
    {
        MerchantRow(
            file: digest(file), id: MerchantID(id), creditCode: creditCode, payee: PayeeID(id),
            payeeCreditCode: creditCode, bankCode: "105458000012", name: digest(1), payeeName: digest(2),
            account: digest(3))
    }

    static func outlet(_ id: UInt32, file: Int, _ platformID: String = "P-1") -> OutletRow {
        OutletRow(
            file: digest(file), id: OutletID(id), merchant: MerchantID(1), name: digest(4), category: "图书",
            region: zhucheng, town: "密州街道", rural: true, cluster: "", outletClass: "A",
            platformID: platformID)
    }

    static func terminal(_ id: UInt32, file: Int, _ serial: String = "T-1") -> TerminalRow {
        TerminalRow(file: digest(file), id: TerminalID(id), outlet: OutletID(1), serial: serial)
    }

    static func imported(_ file: Int, _ kind: ImportKind, event: UInt64) -> ImportRow {
        ImportRow(event: event, file: digest(file), kind: kind, count: 2, instant: instant(3))
    }

    static func voucher(_ id: UInt32, of pseudonym: UInt64 = 1, face: Amount = yuan(30)) -> VoucherRow {
        VoucherRow(
            id: VoucherID(id), batch: BatchID(1), pseudonym: Pseudonym(pseudonym), face: face,
            issuedAt: instant(4), expiry: instant(400), channel: id.isMultiple(of: 2) ? "wechat" : nil)
    }

    static func authorisation(
        _ id: UInt32, _ order: String = "A-1", held: Amount = yuan(30)
    ) -> AuthorisationRow {
        AuthorisationRow(
            id: AuthorisationID(id), voucher: VoucherID(1), outlet: OutletID(1), bill: yuan(100), held: held,
            order: order, expiry: instant(500))
    }

    static func redemption(
        _ id: UInt32, voucher: UInt32 = 1, bill: Amount = yuan(100), subsidy: Amount = yuan(30),
        category: String = "图书", order: String = "A-1", day: Int32 = 17_683
    ) -> RedemptionRow {
        RedemptionRow(
            id: RedemptionID(id), event: UInt64(id) + 1000, voucher: VoucherID(voucher), outlet: OutletID(1),
            terminal: .none, merchant: MerchantID(1), category: category, bill: bill, subsidy: subsidy,
            channel: "pos", order: order, instant: instant(6), day: BusinessDay(days: day))
    }

    static func refund(
        _ event: UInt64, of redemption: UInt32 = 1, bill: Amount = yuan(40), subsidy: Amount = yuan(12)
    ) -> RefundRow {
        RefundRow(
            event: event, redemption: RedemptionID(redemption), bill: bill, subsidy: subsidy,
            instant: instant(7), day: BusinessDay(days: 17_683))
    }

    static func settlement(_ id: UInt32) -> SettlementRow {
        SettlementRow(
            id: SettlementID(id), through: BusinessDay(days: 17_683), maker: principal("maker"),
            instant: instant(8))
    }

    static func line(_ line: UInt32, of settlement: UInt32 = 1, _ amount: Amount = yuan(30))
        -> SettlementLineRow
    {
        SettlementLineRow(
            event: 40, settlement: SettlementID(settlement), line: line, payee: PayeeID(line),
            fund: FundID(1),
            amount: amount, merchants: [MerchantID(2), MerchantID(1)])
    }

    static func refusal(_ event: UInt64, _ refusal: Refusal = .voucherUsed) -> RefusalRow {
        RefusalRow(
            event: event, type: .redeem, refusal: refusal, instant: instant(9), principal: principal("till"))
    }

    static func access(_ event: UInt64, _ kind: AccessKind = .signInFailed) -> AccessRow {
        AccessRow(
            event: event, kind: kind, account: "财政-1", about: "密码", principal: principal("财政-1"),
            instant: instant(9))
    }

    static func posting(_ event: UInt64, _ line: UInt32, _ amount: Amount = yuan(30)) -> PostingRow {
        PostingRow(
            event: event, line: line,
            posting: Posting(
                .redeem, debit: .voucher(VoucherID(1)), credit: .payable(PayeeID(1)), FundID(1), amount,
                undoes: line == 1))
    }

    /// A rule that sets every kind of field.
    static var rule: ProgrammeRule {
        var rule = ProgrammeRule()
        rule.kind = .percentage
        rule.faces = [yuan(30)]
        rule.rate = Ratio(basisPoints: 3000)
        rule.step = yuan(5)
        rule.ratios = [CategoryRatio(category: "演出", ratio: Ratio(basisPoints: 5000))]
        rule.minimumOwnPayment = yuan(1)
        rule.conditions.validity = 48 * Instant.hour
        rule.conditions.until = instant(1_000_000)
        rule.conditions.hours = DailyHours(from: 480, to: 1320)
        rule.conditions.weekdays = [1, 7]
        rule.conditions.regions = [zhucheng]
        rule.limits.personAmount = yuan(500)
        rule.limits.merchantDay = yuan(1000)
        rule.refund = .reinstate
        rule.lapse = .programme
        return rule
    }
}
