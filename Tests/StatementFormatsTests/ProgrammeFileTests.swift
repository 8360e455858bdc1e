import Foundation
import LedgerDomain
import StatementFormats
import Testing

@Suite("Rule files")
struct ProgrammeFileTests {
    @Test("Shandong's rule file says what the scheme says")
    func shandong() throws {
        let file = try ProgrammeFile(try fixture("programmes/shandong-wenhui.yaml"))
        #expect(file.name == "山东文化和旅游惠民消费季")
        #expect(file.document == "演练文旅发〔2018〕1号")
        var rule = ProgrammeRule()
        rule.kind = .threshold
        rule.faces = [1000, 2000, 3000, 5000, 7000, 10_000].map(Amount.init(fen:))
        rule.ratios = [
            CategoryRatio(category: "演出", ratio: Ratio(basisPoints: 5000)),
            CategoryRatio(category: "景区", channel: "云闪付", ratio: Ratio(basisPoints: 3000)),
            CategoryRatio(ratio: Ratio(basisPoints: 2000)),
        ]
        rule.validity = 48 * Instant.hour
        rule.limits.personAmount = Amount(fen: 50_000)
        rule.limits.personMerchant = 5
        rule.limits.oneVoucherPerSale = true
        rule.refund = .reinstateWhenWhole
        rule.lapse = .batch
        #expect(file.rule == rule)
    }

    @Test("Beijing's rule file says what the scheme says")
    func beijing() throws {
        let file = try ProgrammeFile(try fixture("programmes/beijing-bookshops.yaml"))
        var rule = ProgrammeRule()
        rule.kind = .percentage
        rule.faces = [Amount(fen: 3000)]
        rule.rate = Ratio(basisPoints: 3000)
        rule.step = Amount(fen: 500)
        rule.validity = 30 * Instant.day
        rule.conditions.categories = ["图书"]
        rule.limits.personAmount = Amount(fen: 30_000)
        rule.refund = .forfeit
        rule.lapse = .programme
        #expect(file.rule == rule)
    }

    /// Every rule file that ships.
    private static let ruleFiles =
        (try? FileManager.default.contentsOfDirectory(atPath: ruleFolder))
        .map { $0.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted() } ?? []

    private static let ruleFolder = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures/programmes").standardizedFileURL.path

    @Test("Every rule file that ships has worked bills, and they come out to the fen", arguments: ruleFiles)
    func workedBills(name: String) throws {
        let rule = try ProgrammeFile(try fixture("programmes/\(name).yaml")).rule
        let file = try WorkedBillFile(try fixture("programmes/\(name).bills.csv"))
        #expect(file.bills.count >= 3)
        for (bill, found) in file.mismatches(under: rule) {
            Issue.record("line \(bill.line): \(bill.bill.yuan) should give \(bill.expected), gives \(found)")
        }
    }

    @Test("Every rule file is explained in both languages, each sentence once", arguments: ruleFiles)
    func sentences(name: String) throws {
        let sentences = try ProgrammeFile(try fixture("programmes/\(name).yaml")).rule.sentences
        #expect(Set(sentences).count == sentences.count)
        for sentence in sentences {
            #expect(sentence.chinese.hasSuffix("。"))
            #expect(sentence.english.hasSuffix("."))
            #expect(!sentence.english.contains("%d") && !sentence.chinese.contains("%d"))
        }
    }

    @Test("There are as many rule files as we know of")
    func count() { #expect(Self.ruleFiles.count == 13) }

    @Test("A worked bill that is wrong is found")
    func mismatch() throws {
        let rule = try ProgrammeFile(try fixture("programmes/beijing-bookshops.yaml")).rule
        let text = """
            券面金额,类别,支付渠道,消费金额,补贴金额,拒绝代码,说明
            30,图书,现金,90,27,,没有取整
            30,图书,现金,10,,rule.no-subsidy,
            30,图书,现金,100,,rule.no-subsidy,
            """
        let found = try WorkedBillFile(text.utf8).mismatches(under: rule)
        #expect(found.map(\.bill.line) == [2, 4])
        #expect(found.map(\.found) == [.subsidy(Amount(fen: 2500)), .subsidy(Amount(fen: 3000))])
    }

    @Test("A worked bill needs a subsidy or a refusal that a rule can give")
    func badBills() {
        let text = """
            face_yuan,category,channel,bill_yuan,subsidy_yuan,refusal
            30,图书,现金,90,,
            30,图书,现金,90,25,rule.no-subsidy
            30,图书,现金,90,,voucher.expired
            30,图书,现金,90.001,0,
            """
        let found = faults { () throws(RowFaults) in try WorkedBillFile(text.utf8) }
        #expect(
            places(found) == [
                "2 subsidy_yuan", "3 subsidy_yuan", "4 refusal", "5 bill_yuan", "5 subsidy_yuan",
            ])
    }

    @Test("Every key is understood")
    func everyKey() throws {
        let text = """
            name: 全部
            document: '演练1号'
            kind: threshold
            faces: [30, 100.5]
            threshold: 100
            step: 0.5
            own-payment: 1.00
            ratios:
              - { channel: 云闪付, ratio: 12.5% }
              - { ratio: 100% }
            validity: 30m
            from: 2018-08-01T00:00:00+08:00
            until: "2018-11-01T00:00:00Z"
            hours: 22:00-02:00
            weekdays: [1, 7]
            categories: [演出, "no"]
            outlets: [YL-0001, 0012]
            regions: [370782, 370700]
            limits:
              person: { amount: 500, vouchers: 10, day: 3, merchant: 5 }
              merchant: { day: 20000.00 }
              one-voucher-per-sale: false
            refund: reinstate
            lapse: programme
            """
        let rule = try ProgrammeFile(text.utf8).rule
        #expect(rule.faces == [Amount(fen: 3000), Amount(fen: 10_050)])
        #expect(rule.threshold == Amount(fen: 10_000))
        #expect(rule.step == Amount(fen: 50))
        #expect(rule.minimumOwnPayment == Amount(fen: 100))
        #expect(
            rule.ratios == [
                CategoryRatio(channel: "云闪付", ratio: Ratio(basisPoints: 1250)), CategoryRatio(ratio: .whole),
            ])
        #expect(rule.validity == 30 * Instant.minute)
        #expect(rule.conditions.from == Instant(text: "2018-08-01T00:00:00+08:00"))
        #expect(rule.conditions.until == Instant(text: "2018-11-01T08:00:00+08:00"))
        #expect(rule.conditions.hours == DailyHours(from: 1320, to: 120))
        #expect(rule.conditions.weekdays == [1, 7])
        #expect(rule.conditions.categories == ["演出", "no"])
        #expect(rule.conditions.outlets == ["YL-0001", "0012"])
        #expect(rule.conditions.regions == [LedgerCode(370_782), LedgerCode(370_700)])
        #expect(rule.limits.personAmount == Amount(fen: 50_000))
        #expect(rule.limits.personVouchers == 10)
        #expect(rule.limits.personDay == 3)
        #expect(rule.limits.personMerchant == 5)
        #expect(rule.limits.merchantDay == Amount(fen: 2_000_000))
        #expect(!rule.limits.oneVoucherPerSale)
        #expect(rule.refund == .reinstate)
        #expect(rule.lapse == .programme)
    }
}
