import LedgerDomain
import StatementFormats
import Testing

@Suite("CSV as people's programs write it")
struct CSVTests {
    @Test(
        "Byte order mark, line ends, quotes, blank lines, spaces and column order make no difference",
        arguments: [
            "serial,platform_id\nT1,A1\nT2,A2\n",
            "serial,platform_id\nT1,A1\nT2,A2",
            "\u{FEFF}serial,platform_id\r\nT1,A1\r\nT2,A2\r\n",
            "Serial , PLATFORM_ID\nT1, A1\nT2 ,A2",
            "终端号,平台编号\rT1,A1\rT2,A2\r",
            "\"platform_id\",\"终端号\"\n\"A1\",\"T1\"\n\"A2\",T2\n\n\n",
            "\nserial,platform_id\n\nT1,A1\n\u{3000}\nT2,\u{3000}A2\n",
        ])
    func variants(text: String) throws {
        let rows = try TerminalFile(text.utf8).rows
        #expect(rows.map(\.serial) == ["T1", "T2"])
        #expect(rows.map(\.platformID) == ["A1", "A2"])
    }

    @Test("Lines are counted through blank lines and quoted line breaks of every kind")
    func lineNumbers() {
        let text = "serial,platform_id\r\n\r\n\"T\r\n1\",\"A\n\n1\"\r\n,A2\r\n\r\nT3,\r\n"
        let found = faults { () throws(RowFaults) in try TerminalFile(text.utf8) }
        #expect(places(found) == ["3 serial", "3 platform_id", "7 serial", "9 platform_id"])
    }

    @Test(
        "A last field that is blank counts as a field, with a line end or without",
        arguments: ["", "\n", "\r\n"])
    func blankLastField(end: String) throws {
        let text =
            "credit_code,name,account,bank_code,payee_name\n12100000400000624D,清华,62000001,102100000458,\(end)"
        #expect(try MerchantFile(text.utf8, practice: false).rows.count == 1)
    }

    @Test(
        "What is no CSV is refused on its line",
        arguments: [
            ("serial,platform_id\nT1,A1\nT\"2,A2\n", 3),
            ("serial,platform_id\n\"T1\"x,A1\n", 2),
            ("serial,platform_id\nT1,A1\n\"T2,A2\nT3,A3\n", 3),
            ("serial,platform_id\nT1,A1\nT\0,A2\n", 3),
            ("serial,platform_id\nT1,A\u{2028}1\n", 2),
            ("\"serial,platform_id\nT1,A1\n", 1),
            ("serial,serial,platform_id\nT1,T1,A1\n", 1),
        ])
    func malformed(text: String, line: Int) {
        let found = faults { () throws(RowFaults) in try TerminalFile(text.utf8) }
        #expect(found.map(\.row) == [line])
    }

    @Test("A byte that is no UTF-8 is found on its line")
    func invalidUTF8() {
        let bytes = Array("serial,platform_id\nT1,A1\nT2,".utf8) + [0xC3, 0x28, 0x0A]
        let found = faults { () throws(RowFaults) in try TerminalFile(bytes) }
        #expect(found.map(\.row) == [3])
    }

    @Test(
        "A text that a spreadsheet would run gets an apostrophe; numbers stay",
        arguments: [
            ("=1+1", "'=1+1"), ("+86", "'+86"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
            ("\r=1", "\"'\r=1\""), ("＝1", "'＝1"), ("a=b", "a=b"), ("", ""), ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""), (" a", "\" a\""), ("一\n二", "\"一\n二\""),
        ])
    func formulas(text: String, written: String) {
        var writer = CSVWriter(header: ["a", "b", "c"])
        writer.append([.text(text), .amount(Amount(fen: -1205)), .number(-7)])
        #expect(writer.text == "a,b,c\r\n\(written),-12.05,-7\r\n")
    }

    @Test("What the writer writes the reader reads", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var generator = SplitMix(state: seed)
        let letters = Array("a\",;'文惠e\u{301} 1😀")
        var expected: [String] = []
        var writer = CSVWriter(header: TerminalFile.Column.header, byteOrderMark: seed.isMultiple(of: 2))
        for number in 0..<200 {
            let tail = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &generator)]
            }
            expected.append("\(number)" + String(tail) + "。")
            writer.append([.text(expected[number]), .text("A1")])
        }
        let rows = try TerminalFile(writer.text.utf8).rows
        #expect(rows.map(\.serial) == expected, "seed \(seed)")
        #expect(rows.map(\.line) == Array(2...201), "seed \(seed)")
    }
}

/// Random numbers that a seed repeats.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
