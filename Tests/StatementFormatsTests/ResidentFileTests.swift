import StatementFormats
import Testing

@Suite("Residents from CSV")
struct ResidentFileTests {
    @Test("The demonstration's residents are read")
    func valid() throws {
        let rows = try ResidentFile(try fixture("registry/residents.csv"), practice: true).rows
        #expect(rows.count == 9)
        #expect(rows.map(\.line) == Array(2...10))
        #expect(rows[0].name == "演练一号")
        #expect(rows[0].phone == nil)
        #expect(rows[8].identity.text == "99990019880808006X")
        #expect(rows[8].phone == "13800000009")
    }

    @Test("They are refused in a real ledger, row by row")
    func realLedger() throws {
        let bytes = try fixture("registry/residents.csv")
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: false) }
        #expect(places(found) == (2...10).map { "\($0) id_number" })
        #expect(found.allSatisfy { $0.message.contains("practice") })
    }

    @Test("Every bad row is reported with its line, also behind a quoted line break")
    func badRows() throws {
        let bytes = try fixture("registry/bad/residents.csv")
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
        #expect(
            places(found) == [
                "3 id_number", "4 name", "5 phone", "6 phone", "7 name", "9 id_number", "10 ", "11 ",
                "12 id_number", "13 id_number", "14 id_number",
            ])
        #expect(found[0].message == IdentityNumber.Problem.checkCharacter.message)
        #expect(found[5].message == "lines 2 and 9 have the same id_number")
        #expect(found[6].message == "has 4 fields; the header has 3")
        #expect(found[7].message == "has 2 fields; the header has 3")
        #expect(found[8].message == IdentityNumber.Problem.birthDate.message)
        #expect(found[9].message == IdentityNumber.Problem.division.message)
        #expect(found[10].message == IdentityNumber.Problem.length.message)
    }

    @Test("No fault repeats an identity number or a telephone number")
    func privacy() throws {
        let bytes = try fixture("registry/bad/residents.csv")
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
        #expect(found.count == 11)
        for fault in found {
            #expect(!fault.description.contains(/[0-9]{5}/), "\(fault)")
        }
    }

    @Test("A header with an unknown and a missing column is refused before any row")
    func badHeader() throws {
        let bytes = try fixture("registry/bad/residents-header.csv")
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
        #expect(places(found) == ["1 id_numbr", "1 email", "1 id_number"])
        #expect(found[0].message.contains("did you mean “id_number”?"))
        #expect(found[1].message.hasSuffix("allowed: name (姓名), id_number (身份证号), phone (手机号)"))
    }

    @Test("A file in GB18030 is read as the same file in UTF-8 is")
    func otherEncoding() throws {
        let rows = try ResidentFile(try fixture("registry/residents-gb18030.csv"), practice: true).rows
        let text = "name,id_number,phone\n演练一号,999900194901010017,13800000001\n"
        #expect(try ResidentFile(text.utf8, practice: true).rows == rows)
        #expect(rows.count == 1)
    }

    @Test("UTF-8 with a damaged byte is not taken for GB18030: its line is named")
    func damaged() {
        let good = "name,id_number,phone\n演练一号,999900194901010017,\n演练二号,999900195602290025,\n"
        for line in [2, 3] {
            var bytes = Array(good.utf8)
            let begin = bytes.indices.filter { bytes[$0] == UInt8(ascii: "\n") }[line - 2] + 1
            for damage in [UInt8(0x41), 0x80, 0xFF] {
                bytes[begin + 1] = damage
                guard String(validating: bytes, as: UTF8.self) == nil else { continue }
                let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
                #expect(places(found) == ["\(line) "])
            }
        }
        // One Chinese line alone, damaged: what GB18030 would make of it is no name.
        var bytes = Array("name,id_number,phone\n演练一号张,999900194901010017,\n".utf8)
        bytes[22] = 0x41
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
        #expect(places(found) == ["2 "])
        #expect(found[0].message.contains("UTF-8"))
    }

    @Test("Full-width digits are read as the usual ones, and names stay as they are written")
    func fullWidth() throws {
        let text = "姓名,身份证号,手机号\n演练（一）号,９９９９００１９４９０１０１００１７,１３８０００００００１\n"
        let plain = "姓名,身份证号,手机号\n演练（一）号,999900194901010017,13800000001\n"
        let rows = try ResidentFile(text.utf8, practice: true).rows
        #expect(try ResidentFile(plain.utf8, practice: true).rows == rows)
        #expect(rows.first?.name.contains("（一）") == true)
    }

    @Test("A quotation mark that never closes is found where it opens")
    func unclosedQuote() throws {
        let bytes = try fixture("registry/bad/residents-unclosed-quote.csv")
        let found = faults { () throws(RowFaults) in try ResidentFile(bytes, practice: true) }
        #expect(places(found) == ["3 "])
        #expect(found[0].message.contains("never closes"))
    }

    @Test(
        "An empty file and a header alone are refused", arguments: ["", "\u{FEFF}", "\n\n", "姓名,身份证号,手机号\n"])
    func empty(text: String) {
        let found = faults { () throws(RowFaults) in try ResidentFile(text.utf8, practice: true) }
        #expect(places(found) == ["1 "])
    }
}
