import LedgerDomain
import Reconciliation
import StatementFormats
import Testing

@Suite("Statements and payments")
struct StatementFileTests {
    private static let merchant = "12100000400000624D"

    @Test("Merchant orders become lines whose reference is the merchant's code and its order")
    func merchantOrders() throws {
        let text = """
            order,credit_code,amount_yuan,time,status
            D-1,\(Self.merchant),25.00,2018-06-01T23:59:59+08:00,
            D-2,\(Self.merchant),0.01,2018-06-01T16:00:00Z,succeeded
            D-3,\(Self.merchant),5,2018-06-02,失败
            D-4,\(Self.merchant),7.5,2018-06-02,refunded
            """
        let file = try MerchantOrderFile(text.utf8)
        #expect(file.rows.map(\.status) == [.succeeded, .succeeded, .failed, .refunded])
        let statement = file.statement
        #expect(statement.name == "statement")
        #expect(statement.lines.map(\.reference) == (1...4).map { "\(Self.merchant)/D-\($0)" })
        #expect(statement.lines.map(\.amount) == [2500, 1, 500, 750])
        #expect(statement.lines.map(\.day) == [17_683, 17_684, 17_684, 17_684])
        #expect(statement.lines.map(\.line) == [2, 3, 4, 5])
        #expect(statement.lines.map(\.outcome) == [.succeeded, .succeeded, .failed, .failed])
    }

    @Test("A time before the cut-off belongs to the day before")
    func cutOff() throws {
        let text =
            "order,credit_code,amount_yuan,time\nD-1,\(Self.merchant),25.00,2018-06-02T01:59:59+08:00\n"
        let file = try MerchantOrderFile(text.utf8, cutOff: 2 * Instant.hour)
        #expect(file.rows.first?.day == BusinessDay(text: "2018-06-01"))
        #expect(file.rows.first?.reference == "\(Self.merchant)/D-1")
    }

    @Test("A day without orders is a statement without lines")
    func noOrders() throws {
        #expect(try MerchantOrderFile("order,credit_code,amount_yuan,time\n".utf8).rows.isEmpty)
    }

    @Test("Every bad order is reported with its line")
    func badOrders() {
        let text = """
            order,credit_code,amount_yuan,time,status
            ,\(Self.merchant),25.00,2018-06-01,
            D-2,12100000400000624E,25.001,01.06.2018,done
            D-3,\(Self.merchant),-25.00,2018-06-31,
            \(String(repeating: "9", count: 65)),\(Self.merchant),1,2018-06-01,
            """
        let found = faults { () throws(RowFaults) in try MerchantOrderFile(text.utf8) }
        #expect(
            places(found) == [
                "2 order", "3 credit_code", "3 amount_yuan", "3 time", "3 status", "4 amount_yuan", "4 time",
                "5 order",
            ])
    }

    @Test("A bank's return becomes typed rows and a statement")
    func bankReturn() throws {
        let text = """
            reference,amount_yuan,date,status,bank_reference,reason
            S370782-00000001-1/1,1234.56,2018-07-02,paid,YH2018070200001,
            S370782-00000001-1/2,99.00,2018-07-03,failed,,账号与户名不符
            """
        let file = try BankReturnFile(text.utf8)
        #expect(file.rows[0].outcome == .paid(bankReference: "YH2018070200001"))
        let grouped = text.replacing(",99.00,", with: ",\"1,000,099.00\",")
        #expect(try BankReturnFile(grouped.utf8).rows[1].amount == Amount(fen: 100_009_900))
        for bad in ["\"1,00.00\"", "\",100.00\"", "\"1000,000.00\""] {
            #expect(throws: RowFaults.self) {
                try BankReturnFile(text.replacing(",99.00,", with: ",\(bad),").utf8)
            }
        }
        #expect(file.rows[1].outcome == .failed(reason: "账号与户名不符"))
        #expect(file.rows[1].day == BusinessDay(text: "2018-07-03"))
        let lines = file.statement.lines
        #expect(lines.map(\.amount) == [123_456, 9900])
        #expect(lines.map(\.outcome) == [.succeeded, .failed])
    }

    @Test("A paid row needs the bank's reference and a failed one the reason")
    func badBankReturn() {
        let text = """
            付款编号,金额,日期,状态,银行流水号,原因
            S1/1,1.00,2018-07-02,成功,,
            S1/2,1.00,2018-07-02,失败,YH1,
            S1/3,1.00,2018-07-02,成功,YH2,不符
            S1/4,0,2018-7-2,也许,,
            """
        let found = faults { () throws(RowFaults) in try BankReturnFile(text.utf8) }
        #expect(
            places(found) == [
                "2 bank_reference", "3 reason", "4 reason", "5 amount_yuan", "5 date", "5 status",
            ])
    }

    @Test("Payment instructions are written safely")
    func paymentInstructions() {
        let instruction = PaymentInstruction(
            reference: "S370782-00000001-1/1", payeeName: "=演练,有限公司", account: "6200009990000000001",
            bankCode: "102100000458", amount: Amount(fen: 123_456), fund: "F370782-00000001-5",
            treasury: "诸城市国库",
            purpose: "文化消费券补贴")
        func text(_ instructions: [PaymentInstruction]) -> String {
            String(
                decoding: PaymentInstructionFile.bytes(
                    instructions, as: PaymentProfile.usual.template, on: BusinessDay(days: 0)), as: UTF8.self)
        }
        #expect(
            text([instruction]) == """
                reference,payee_name,account,bank_code,amount_yuan,fund,treasury,purpose\r
                S370782-00000001-1/1,"'=演练,有限公司",6200009990000000001,102100000458,1234.56,\
                F370782-00000001-5,诸城市国库,文化消费券补贴\r

                """)
        #expect(
            text([])
                == "reference,payee_name,account,bank_code,amount_yuan,fund,treasury,purpose\r\n")
    }
}
