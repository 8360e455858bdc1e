import LedgerDomain
import StatementFormats
import Testing

@Suite("Merchants, outlets and terminals from CSV")
struct MerchantFileTests {
    @Test("The demonstration's merchants are read, with their payees")
    func merchants() throws {
        let rows = try MerchantFile(try fixture("registry/merchants.csv"), practice: true).rows
        #expect(rows.count == 6)
        #expect(rows[0].payeeCreditCode == rows[0].creditCode)
        #expect(rows[0].payeeName == "演练剧场有限公司")
        #expect(rows[4].payeeCreditCode == rows[5].payeeCreditCode)
        #expect(rows[4].payeeCreditCode != rows[4].creditCode)
        #expect(rows[4].payeeName == "演练文化代理有限公司")
        #expect(rows[5].account == "6200009990000000007")
        #expect(rows[5].bankCode == "999000000012")
    }

    @Test("The payee's columns may be left out")
    func withoutPayee() throws {
        let text = """
            统一社会信用代码,名称,收款账号,联行号
            12100000400000624D,清华大学,0200-0045-0908,102100000458
            """
        let rows = try MerchantFile(text.utf8, practice: false).rows
        #expect(rows[0].payeeName == "清华大学")
        #expect(rows[0].payeeCreditCode == rows[0].creditCode)
    }

    @Test("Every bad merchant is reported with its line")
    func badMerchants() throws {
        let bytes = try fixture("registry/bad/merchants.csv")
        let found = faults { () throws(RowFaults) in try MerchantFile(bytes, practice: true) }
        #expect(
            places(found) == [
                "3 credit_code", "4 bank_code", "5 account", "6 payee_name", "7 credit_code", "7 payee_name",
                "8 account", "8 bank_code",
            ])
        #expect(found[0].message.contains("“91999900YN000001X1” has a wrong check character"))
        #expect(found[4].message == "lines 2 and 7 have the same credit_code")
        #expect(found[6].message.contains("differs from line 2"))
    }

    @Test("The demonstration's outlets and terminals are read")
    func outletsAndTerminals() throws {
        let outlets = try OutletFile(try fixture("registry/outlets.csv"), practice: true).rows
        #expect(outlets.count == 7)
        #expect(outlets.map(\.isRural) == [false, false, false, true, true, true, true])
        #expect(outlets[4].outletClass == "展销店")
        #expect(outlets[4].cluster == "演练文化产业集聚区")
        #expect(outlets[6].name == "演练流动书屋, 第二号")
        #expect(outlets[6].region.description == "370782")
        let terminals = try TerminalFile(try fixture("registry/terminals.csv")).rows
        #expect(terminals.count == 8)
        #expect(terminals[7].platformID == "YL-0007")
    }

    @Test("Every bad outlet is reported with its line")
    func badOutlets() throws {
        let bytes = try fixture("registry/bad/outlets.csv")
        let found = faults { () throws(RowFaults) in try OutletFile(bytes, practice: true) }
        #expect(places(found) == ["3 platform_id", "4 category", "5 region", "6 rural", "7 name"])
        #expect(found[3].message == "“也许” is not known; allowed: yes, no, 是, 否")
        #expect(found[4].message == "has 101 characters, more than 100")
    }

    @Test("Every bad terminal is reported with its line")
    func badTerminals() throws {
        let bytes = try fixture("registry/bad/terminals.csv")
        let found = faults { () throws(RowFaults) in try TerminalFile(bytes) }
        #expect(places(found) == ["3 serial", "4 serial", "5 platform_id"])
    }

    @Test("A region of demonstration is for practice ledgers")
    func practiceRegion() {
        let text = """
            platform_id,merchant_credit_code,name,category,region,rural
            A1,12100000400000624D,书店,图书,999900,no
            """
        let found = faults { () throws(RowFaults) in try OutletFile(text.utf8, practice: false) }
        #expect(places(found) == ["2 region"])
        #expect(faults { () throws(RowFaults) in try OutletFile(text.utf8, practice: true) }.isEmpty)
    }

    @Test("What an event could not carry is refused: more than 200 bytes of category")
    func eventLimit() {
        let category = String(repeating: "类", count: 67)
        let text = """
            platform_id,merchant_credit_code,name,category,region,rural
            A1,12100000400000624D,书店,\(category),370782,no
            """
        let found = faults { () throws(RowFaults) in try OutletFile(text.utf8, practice: false) }
        #expect(found.map(\.message) == ["is longer than 200 bytes (66 Chinese characters)"])
    }
}
