import Foundation
import LedgerDomain
import StatementFormats
import Testing

@Suite("What banks are asked")
struct PaymentFileTests {
    private static func instruction(
        _ line: Int, _ fen: Int64, _ treasury: String, name: String = "演练书店有限公司"
    ) -> PaymentInstruction {
        PaymentInstruction(
            reference: "S370782-00000001-5/\(line)", payeeName: name, account: "6222-0000-\(line)",
            bankCode: "104451000012", amount: Amount(fen: fen), fund: "演练财教指〔2018〕5号",
            treasury: treasury,
            purpose: "文化消费券补贴 S370782-00000001-5")
    }

    private let instructions = [
        instruction(1, 123_456, "山东省国库"), instruction(2, 5, "诸城市国库", name: "演练<影>&“城”"),
        instruction(3, 100_000, "山东省国库"),
    ]
    private let day = BusinessDay(text: "2018-06-14") ?? BusinessDay(days: 0)

    private func profile() throws -> PaymentProfile {
        try PaymentProfile(fixture("payment/profile.yaml"))
    }

    @Test("The shipped profile is read, and its columns stand in GB 18030")
    func template() throws {
        let profile = try profile()
        #expect(profile.debtor("诸城市国库")?.account.bankCode == "011458200019")
        let bytes = PaymentInstructionFile.bytes(instructions, as: profile.template, on: day)
        let text = try #require(
            String(data: Data(bytes), encoding: String.Encoding(rawValue: 0x8000_0632)))
        #expect(
            text == """
                序号,收款账号,收款户名,收款行联行号,币种,金额,用途,客户流水号\r
                1,6222-0000-1,演练书店有限公司,104451000012,CNY,1234.56,文化消费券补贴 S370782-00000001-5,\
                S370782-00000001-5/1\r
                2,6222-0000-2,演练<影>&“城”,104451000012,CNY,0.05,文化消费券补贴 S370782-00000001-5,\
                S370782-00000001-5/2\r
                3,6222-0000-3,演练书店有限公司,104451000012,CNY,1000.00,文化消费券补贴 S370782-00000001-5,\
                S370782-00000001-5/3\r

                """)
        #expect(String(validating: bytes, as: UTF8.self) == nil)
    }

    @Test(
        "A profile that cannot be meant is refused with its line",
        arguments: [
            ("encoding: latin-1\n", "line 1, encoding"),
            ("columns:\n  - title: 账号\n    value: acount\n", "line 3, columns[1].value"),
            ("columns:\n  - title: 账号\n    value: account\n    text: x\n", "line 2, columns[1]"),
            ("columns:\n  - title: 账号\n    value: account\n", "line 1, columns"),
            (
                "debtors:\n  - treasury: 甲\n    name: 乙\n    account: abc\n    bank: \"104451000012\"\n",
                "line 2, debtors[1]"
            ),
            ("initiators: x\n", "line 1, initiators"),
        ])
    func badProfile(_ text: String, _ place: String) {
        #expect {
            _ = try PaymentProfile(text.utf8)
        } throws: { error in
            "\(error)".hasPrefix(place)
        }
    }

    @Test("pain.001.001.09 has a block for each treasury, and its sums agree")
    func creditTransfers() throws {
        let instant = try #require(Instant(text: "2018-06-14T10:00:00+08:00"))
        let bytes = try CreditTransferFile.bytes(
            instructions, profile(), message: "S370782-00000001-5", at: instant, on: day)
        try expectGolden(bytes, "payment/pain001.xml")
        let again = try CreditTransferFile.bytes(
            instructions, profile(), message: "S370782-00000001-5", at: instant, on: day)
        #expect(bytes == again)
    }

    @Test("A treasury without an account is named, and nothing is written")
    func noDebtor() throws {
        #expect(throws: CreditTransferFile.Problem.noDebtor(treasury: "潍坊市国库")) {
            _ = try CreditTransferFile.bytes(
                [Self.instruction(1, 1, "潍坊市国库")], profile(), message: "S1",
                at: Instant(microseconds: 0), on: day)
        }
    }
}
