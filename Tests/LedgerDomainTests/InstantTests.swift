import CBOR
import LedgerDomain
import Testing

@Suite("Instants at the ends of time")
struct InstantTests {
    @Test("the first and the last instant are printed and read, as text and in events")
    func ends() throws {
        let (first, last) = (Instant.readable.lowerBound, Instant.readable.upperBound)
        #expect(first.text == "0000-01-01T00:00:00+08:00")
        #expect(last.text == "9999-12-31T23:59:59.999999+08:00")
        for instant in [first, last] {
            #expect(Instant(text: instant.text) == instant)
            #expect(try Instant(cborBytes: instant.cborBytes) == instant)
        }
    }

    @Test(
        "instants outside are refused in events, before sums of times overflow",
        arguments: [
            .min, .max, Instant.readable.lowerBound.microseconds - 1,
            Instant.readable.upperBound.microseconds + 1,
        ] as [Int64])
    func refused(_ microseconds: Int64) {
        #expect(throws: CBORError.unexpectedKey(offset: 0)) { try Instant(cborBytes: microseconds.cborBytes) }
    }

    @Test(
        "a text whose offset leads outside is refused",
        arguments: ["9999-12-31T23:59:59+07:59", "9999-12-31T16:00:00Z", "0000-01-01T00:00:00+08:01"])
    func refused(_ text: String) {
        #expect(Instant(text: text) == nil)
    }
}
