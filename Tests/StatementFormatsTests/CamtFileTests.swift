import Foundation
import LedgerDomain
import StatementFormats
import Testing

@Suite("What banks say in camt.053 and camt.054")
struct CamtFileTests {
    private func sample() throws -> String {
        String(decoding: try fixture("statements/camt053-02.xml"), as: UTF8.self)
    }

    private func faults(_ text: String) -> [String] {
        do throws(RowFaults) {
            _ = try CamtFile(Array(text.utf8))
            return []
        } catch {
            return error.faults.map { "\($0.row) \($0.field)" }
        }
    }

    @Test("Every booked transaction comes with its own reference, amount and day; what is pending does not")
    func statement() throws {
        let file = try CamtFile(Array(try sample().utf8))
        #expect(file.pending == 1)
        #expect(
            file.transactions.map(\.reference) == [
                "S370782-00000001-5/1", "S370782-00000001-5/2", "S370782-00000001-5/2", "",
            ])
        #expect(file.transactions.map(\.amount.fen) == [100_000, 50_000, 50_000, 29_950])
        #expect(file.transactions.map(\.isDebit) == [true, true, false, true])
        #expect(file.transactions.map(\.isReturn) == [false, false, true, false])
        #expect(file.transactions.map(\.bankReference) == ["YL0001", "YL0001-2", "YL0002", "YL0003"])
        #expect(file.transactions[2].note == "AC04 收款账户已销户")
        #expect(Set(file.transactions.map(\.day.text)) == ["2018-06-15"])
        #expect(file.transactions.map(\.line) == [25, 29, 41, 47])
    }

    @Test("As a bank's return it has what was paid and what came back, and nothing of ours that is not")
    func bankReturn() throws {
        let rows = try BankReturnFile(Array(try sample().utf8)).rows
        #expect(
            rows.map(\.outcome) == [
                .paid(bankReference: "YL0001"), .paid(bankReference: "YL0001-2"),
                .returned(reason: "AC04 收款账户已销户"),
            ])
    }

    @Test("The newer form, where a status has a code and details their amounts, says the same")
    func newerVersion() throws {
        let newer = try sample().replacing("camt.053.001.02", with: "camt.053.001.08")
            .replacing("<Sts>BOOK</Sts>", with: "<Sts><Cd>BOOK</Cd></Sts>")
            .replacing("<Sts>PDNG</Sts>", with: "<Sts><Cd>PDNG</Cd></Sts>")
            .replacing(
                "<AmtDtls><TxAmt><Amt Ccy=\"CNY\">1000</Amt></TxAmt></AmtDtls>",
                with: "<Amt Ccy=\"CNY\">1000.00000</Amt><CdtDbtInd>DBIT</CdtDbtInd>")
        let old = try CamtFile(Array(try sample().utf8)), new = try CamtFile(Array(newer.utf8))
        #expect(old.transactions == new.transactions && new.pending == 1)
        let notification = newer.replacing("BkToCstmrStmt", with: "BkToCstmrDbtCdtNtfctn")
            .replacing("<Stmt>", with: "<Ntfctn>").replacing("</Stmt>", with: "</Ntfctn>")
        #expect(try CamtFile(Array(notification.utf8)).transactions == old.transactions)
    }

    @Test(
        "Money that comes back is a return whether the bank marks it or not, and its reason fits into an event"
    )
    func unmarkedReturn() throws {
        let unmarked = try sample().replacing(/<RtrInf>.*<\/RtrInf>/, with: "")
            .replacing(
                "<EndToEndId>S370782-00000001-5/1</EndToEndId>",
                with: "<EndToEndId><![CDATA[S370782-00000001-5/1]]></EndToEndId>")
        let rows = try BankReturnFile(Array(unmarked.utf8)).rows
        #expect(rows.count == 3 && rows[0].reference == "S370782-00000001-5/1")
        #expect(rows[2].outcome == .returned(reason: "银行退票 2018-06-15"))
        let long = try sample().replacing(
            "收款账户已销户", with: "一\n\u{85}" + String(repeating: "长", count: 300))
        guard case .returned(let reason) = try BankReturnFile(Array(long.utf8)).rows[2].outcome else {
            Issue.record("it is no return")
            return
        }
        #expect(reason.utf8.count <= 200 && !reason.contains("\n") && reason.hasPrefix("AC04 一"))
    }

    @Test("A byte order mark and prefixes change nothing")
    func prefixes() throws {
        let text = try sample()
        let prefixed = text.replacing(/<(\/?)([A-Za-z])/) { "<\($0.output.1)c:\($0.output.2)" }
            .replacing("xmlns=", with: "xmlns:c=")
        let file = try CamtFile([0xEF, 0xBB, 0xBF] + Array(prefixed.utf8))
        #expect(try file.transactions == CamtFile(Array(text.utf8)).transactions)
    }

    @Test("GB 18030 is read as UTF-8 is, whatever the declaration says")
    func chinese() throws {
        let text = try sample().replacing("encoding=\"UTF-8\"", with: "encoding=\"GB18030\"")
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        let bytes = [UInt8](try #require(text.data(using: encoding)))
        #expect(bytes != Array(text.utf8), "the sample has Chinese")
        let transactions = try CamtFile(Array(try sample().utf8)).transactions
        #expect(try CamtFile(bytes).transactions == transactions)
        #expect(try CamtFile(Array(text.utf8)).transactions == transactions)
    }

    @Test(
        "A name that is neither UTF-8 nor GB 18030 is refused by its line",
        arguments: [0xEA, 0xFF, 0x80, 0xC0])
    func badName(byte: UInt8) throws {
        let text = try sample()
        var bytes = Array(text.utf8)
        let name = try #require(bytes.firstRange(of: "<Ntry>".utf8))
        bytes[name.lowerBound + 2] = byte
        let line = bytes[..<name.lowerBound].count { $0 == 0x0A } + 1
        #expect {
            try CamtFile(bytes)
        } throws: { error in
            (error as? RowFaults)?.faults.map(\.row) == [line]
        }
    }

    @Test("A file that lies, is cut off, or is of another kind is refused by line and element")
    func badFiles() throws {
        let text = try sample()
        #expect(faults(text.replacing(">4</NbOf", with: ">5</NbOf")) == ["17 NbOfNtries"])
        #expect(faults(text.replacing("<Sum>2299.50", with: "<Sum>2299.51")) == ["17 Sum"])
        #expect(faults(text.replacing("598700.50", with: "598700.00")) == ["17 Bal"])
        #expect(
            faults(text.replacing("<Amt Ccy=\"CNY\">1000</Amt>", with: "<Amt Ccy=\"CNY\">999</Amt>"))
                == ["18 TxDtls"])
        #expect(
            faults(text.replacing("<Amt Ccy=\"CNY\">299.50", with: "<Amt Ccy=\"EUR\">299.50")) == [
                "48 Amt"
            ])
        #expect(
            faults(text.replacing("<Amt Ccy=\"CNY\">299.50", with: "<Amt Ccy=\"CNY\">299.505")).contains(
                "48 Amt"))
        #expect(
            faults(text.replacing("<CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK", with: "<Sts>BOOK")).contains(
                "18 Ntry"))
        #expect(faults(String(text.prefix(2_000))).count == 1)
        #expect(faults(String(text.dropLast(12))).count == 1)
        #expect(faults("<html><body/></html>") == ["1 "])
        #expect(faults("not xml") != [])
        #expect(faults("") != [])
    }

    @Test("Entities are not taken: a small file could stand for more than any memory holds")
    func entities() throws {
        let bomb = """
            <?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]>
            <Document>&c;</Document>
            """
        #expect(faults(bomb) == ["1 "])
    }
}
