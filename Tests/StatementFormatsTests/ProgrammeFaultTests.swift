import LedgerDomain
import StatementFormats
import Testing

@Suite("What is wrong with a rule file")
struct ProgrammeFaultTests {
    private static let head = ["name: 规则", "document: 演练1号", "kind: threshold", "faces: [10.00, 20.00]"]
    private static let tail = ["validity: 48h", "refund: forfeit", "lapse: batch"]

    private func faults(_ bytes: some Collection<UInt8>) -> [ProgrammeFileFault] {
        do {
            _ = try ProgrammeFile(bytes)
            return []
        } catch {
            return error.faults
        }
    }

    private func places(_ faults: [ProgrammeFileFault]) -> [String] {
        faults.map { "\($0.line.map(String.init) ?? "-") \($0.field)" }
    }

    /// The faults of a good file with these lines from line 5 on.
    private func faults(with lines: String) -> [ProgrammeFileFault] {
        faults((Self.head + [lines] + Self.tail).joined(separator: "\n").utf8)
    }

    /// The faults of a file in which these lines stand in the place of others with the same keys.
    private func faults(replacing lines: [String]) -> [ProgrammeFileFault] {
        let all = (Self.head + Self.tail).map { line in
            lines.first { $0.split(separator: ":").first == line.split(separator: ":").first } ?? line
        }
        return faults(all.joined(separator: "\n").utf8)
    }

    @Test("A good file has none")
    func none() {
        #expect(faults(with: "step: 1.00").isEmpty)
    }

    @Test("All faults of a file come at once, each with its line and path")
    func misspelt() throws {
        let found = faults(try fixture("programmes/bad/misspelt.yaml"))
        #expect(
            places(found) == [
                "4 kind", "5 faces[2]", "5 faces[3]", "6 threshhold", "9 ratios[1].ratio", "11 ratios[3]",
                "13 validity", "14 hours", "15 weekdays[2]", "16 regions[1]", "19 limits.person.amount",
                "20 limits.person.purchases", "21 limits.one-voucher-per-sale", "22 refund", "- lapse",
            ])
        #expect(found[0].allowed == ["threshold", "percentage", "balance", "count"])
        #expect(found[0].message == "“threshhold” is not known; did you mean “threshold”?")
        #expect(found[1].message.contains("more than two decimals"))
        #expect(found[2].message == "“-5” is not more than zero")
        #expect(found[3].message == "unknown key “threshhold”; did you mean “threshold”?")
        #expect(found[3].allowed == ProgrammeFile.keys)
        #expect(found[4].message == "“50” has no percent sign behind it")
        #expect(found[5].message.contains("line 10 fits the same bills"))
        #expect(found[11].allowed == ["amount", "vouchers", "day", "merchant"])
        #expect(found[13].message == "“reinstated” is not known; did you mean “reinstate”?")
        #expect(found[14].message == "the key is missing")
        let error = try #require(throws: ProgrammeFileError.self) {
            try ProgrammeFile(try fixture("programmes/bad/misspelt.yaml"))
        }
        #expect(error.description.hasPrefix("line 4, kind: “threshhold” is not known; did you mean"))
    }

    @Test(
        "An amount is positive yuan with at most two decimals, as it is written",
        arguments: [
            ("1.005", "more than two decimals"), ("-1", "not more than zero"), ("0", "not more than zero"),
            ("0.00", "not more than zero"), ("1e3", "not an amount"), ("1,000", "not an amount"),
            ("0x10", "not an amount"), ("~", "not an amount"), ("", "is empty"), ("+1", "not an amount"),
            (".inf", "not an amount"), ("99999999999999999999", "more than 1000000000000.00"),
            ("1000000000000.01", "more than 1000000000000.00"), ("1.", "not an amount"),
        ])
    func amounts(text: String, message: String) {
        let found = faults(with: "own-payment: \(text)")
        #expect(places(found) == ["5 own-payment"])
        #expect(found.first?.message.contains(message) == true)
    }

    @Test(
        "A percentage is written with its sign and at most two decimals",
        arguments: ["30", "0%", "100.01%", "12.345%", "-5%", "'%'", "1e1%", "30 %", "999999999999%", "0.3"])
    func percentages(text: String) {
        #expect(places(faults(with: "ratios: [{ ratio: \(text) }]")) == ["5 ratios[1].ratio"])
    }

    @Test(
        "Values that do not fit their key are refused where they stand",
        arguments: [
            ("hours: 8:00-22:00", "5 hours"), ("hours: 08:00-25:00", "5 hours"),
            ("hours: 24:00-08:00", "5 hours"),
            ("hours: 08:00-08:00", "5 hours"), ("hours: 08:60-09:00", "5 hours"), ("hours: [8]", "5 hours"),
            ("from: 2018-08-01", "5 from"), ("until: 2018-08-01T00:00:00", "5 until"),
            ("weekdays: [0]", "5 weekdays[1]"), ("weekdays: [1, 1]", "5 weekdays[2]"),
            ("weekdays: 1-5", "5 weekdays"), ("weekdays: []", "5 weekdays"),
            ("categories: 演出", "5 categories"),
            ("categories: [[演出]]", "5 categories[1]"), ("categories: ['']", "5 categories[1]"),
            ("regions: [990000]", "5 regions[1]"), ("limits: 5", "5 limits"), ("limits:", "5 limits"),
            ("limits: { person: { day: 0 } }", "5 limits.person.day"),
            ("limits: { person: { day: 1.5 } }", "5 limits.person.day"),
            ("limits: { person: { vouchers: 4294967296 } }", "5 limits.person.vouchers"),
            ("limits: { one-voucher-per-sale: yes }", "5 limits.one-voucher-per-sale"),
            ("limits: { merchant: { amount: 5 } }", "5 limits.merchant.amount"),
            ("ratios: [{ category: 演出 }]", "5 ratios[1].ratio"), ("ratios: [30%]", "5 ratios[1]"),
            ("ratios:\n  - ratio: 20%\n  - category: 演出\n    ratio: 50%", "7 ratios[2]"),
            ("? [a]\n: b", "5 ?"), ("own_payment: 5", "5 own_payment"),
        ])
    func values(line: String, place: String) {
        #expect(places(faults(with: line)) == [place])
    }

    @Test(
        "A validity is minutes, hours or days",
        arguments: ["48", "h", "0h", "-1h", "2w", "1.5d", "99999999d"])
    func validities(text: String) {
        #expect(places(faults(replacing: ["validity: \(text)"])) == ["5 validity"])
    }

    @Test(
        "What the core finds wrong is shown on the line of its field",
        arguments: [
            ("step: 20.01", "5 step"), ("until: 2018-01-01T00:00:00Z\nfrom: 2018-01-02T00:00:00Z", "5 until"),
            ("limits:\n  person:\n    amount: 9.99", "7 limits.person.amount"),
        ])
    func ruleFaults(line: String, place: String) {
        let found = faults(with: line)
        #expect(places(found) == [place])
        #expect(found.first?.message == "cannot be meant")
        #expect(found.first?.allowed.isEmpty == false)
    }

    @Test("Validity and faces beyond the core's bounds are refused")
    func coreBounds() {
        #expect(places(faults(replacing: ["validity: 3661d"])) == ["5 validity"])
        #expect(places(faults(replacing: ["faces: [1000000.01]"])) == ["4 faces"])
        #expect(places(faults(replacing: ["faces: [10, 10.00]"])) == ["4 faces[2]"])
        #expect(places(faults(replacing: ["faces: []"])) == ["4 faces"])
    }

    @Test("A kind has the keys it needs and none of the other kind's")
    func kinds() {
        #expect(places(faults(with: "rate: 30%")) == ["5 rate"])
        #expect(places(faults(with: "cap: 30.00")) == ["5 cap"])
        let found = faults(replacing: ["kind: percentage"])
        #expect(places(found) == ["4 faces", "- rate", "- cap"])
        #expect(found[0].allowed.contains("rate"))
        #expect(!found[0].allowed.contains("faces"))
    }

    @Test("Every key that a rule must have is asked for")
    func missing() {
        let found = faults("step: 1.00".utf8)
        #expect(
            places(found) == ["name", "document", "kind", "validity", "refund", "lapse"].map { "- " + $0 })
    }

    @Test("A key that stands twice is refused, at any depth and under any tag")
    func duplicates() {
        #expect(places(faults(with: "step: 1.00\n!!x step: 2.00")) == ["6 step"])
        #expect(places(faults(with: "step: 1.00\nstep: 2.00")) == ["5 step"])
        #expect(places(faults(with: "limits:\n  person:\n    day: 1\n    day: 2")) == ["7 day"])
    }

    @Test(
        "What is no YAML names its line",
        arguments: [
            ("name: x\n\tkind: y\n", 2), ("name: [a, b\nkind: y\n", 2), ("name: \"x\nkind: y\n", 3),
            ("name: x\n---\nname: y\n", 2), ("name: *x\n", 1), ("name: x\nkind: @y\n", 2),
            ("name: x\nkind: \u{1}\n", 2),
        ])
    func notYAML(text: String, line: Int) {
        let found = faults(text.utf8)
        #expect(found.count == 1)
        #expect(found.first?.line == line, "\(found)")
        #expect(found.first?.message.hasPrefix("not YAML") == true)
    }

    @Test("Aliases that would grow beyond all memory are refused")
    func aliases() {
        var text = "a0: &a0 [x]\n"
        for level in 1...20 {
            let items = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(items)]\n"
        }
        #expect(places(faults((text + "? *a20\n: b\n").utf8)) == ["- "])
        #expect(faults(with: "categories: &list [演出]\noutlets: *list").isEmpty)
    }

    @Test("Nothing, a list, another encoding and a huge file are refused")
    func noRuleFile() {
        for text in ["", "\u{FEFF}", " \n", "# 空\n", "---\n"] {
            #expect(faults(text.utf8).count >= 1, "\(text)")
        }
        #expect(faults("- a\n".utf8).first?.allowed == ProgrammeFile.keys)
        #expect(places(faults(Array("name: x\nkind: ".utf8) + [0xB2, 0xFF, 0x0A])) == ["2 "])
        #expect(
            faults(String(repeating: "# 空\n", count: 10_001).utf8).first?.message.contains("bytes") == true)
    }
}
