import Reconciliation
import Testing

@Suite("Canonical bytes")
struct CanonicalBytesTests {
    @Test("A small result has exactly these bytes")
    func golden() throws {
        let result = try reconcile(
            ledger: [sampleLine("A", line: 1), sampleLine("B", 500, line: 2)],
            statement: [
                sampleLine("A", line: 2), sampleLine("B", 400, line: 3), sampleLine("文", -7, line: 4),
            ])
        let expected = """
            wenhui-reconciliation\t2
            rules\t0\tdays\treference
            ledger\tbook\t2\t3500\t3500
            statement\tbill.csv\t3\t3393\t3393
            matched\t1\t3000\t3000
            discrepancy\tlong\t文\t-\t-\t-\t-\t-\t4\t-7\t20000\tsale\tsucceeded
            discrepancy\tamount\tB\t2\t500\t20000\tsale\tsucceeded\t3\t400\t20000\tsale\tsucceeded
            end\t2

            """
        #expect(String(decoding: result.canonicalBytes, as: UTF8.self) == expected)
    }

    @Test("Control characters in a reference cannot forge a field or a line")
    func escaping() throws {
        let reference = "x\t1\r\n\\t"
        let result = try reconcile(ledger: [sampleLine(reference, line: 1)], statement: [])
        let text = String(decoding: result.canonicalBytes, as: UTF8.self)
        #expect(text.contains("\tshort\tx\\t1\\r\\n\\\\t\t1\t3000\t"))
        #expect(!text.unicodeScalars.contains("\r"))
        #expect(text.split(separator: "\n").count == 7)
    }

    @Test("Different results have different bytes and equal ones the same")
    func differences() throws {
        let lines = [
            sampleLine("A"), sampleLine("A", 1), sampleLine("A", day: 1), sampleLine("A", line: 2),
            sampleLine("A", line: 1, .failed), sampleLine("B"), sampleLine("e\u{0301}"),
            sampleLine("\u{00e9}"),
        ]
        var seen: Set<[UInt8]> = []
        for line in lines {
            let short = try reconcile(ledger: [line], statement: [])
            #expect(try reconcile(ledger: [line], statement: []).canonicalBytes == short.canonicalBytes)
            seen.insert(short.canonicalBytes)
            seen.insert(try reconcile(ledger: [], statement: [line]).canonicalBytes)
            seen.insert(try reconcile(ledger: [line], statement: [line]).canonicalBytes)
        }
        // A match leaves only its amounts behind: the eight lines have three pairs of totals among them.
        #expect(seen.count == 8 + 8 + 3)
    }

    @Test("The names of the sides are part of the bytes")
    func names() throws {
        let side = Statement(name: "a", lines: [])
        let other = Statement(name: "b", lines: [])
        let bytes = try Matcher.match(ledger: side, statement: other).canonicalBytes
        #expect(try Matcher.match(ledger: other, statement: side).canonicalBytes != bytes)
    }
}
