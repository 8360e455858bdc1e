import LedgerDomain
import Testing

@Suite("Refusals")
struct RefusalTests {
    @Test(
        "Every refusal has a code of its own and a sentence in Chinese and in English",
        arguments: Refusal.allCases)
    func sentences(_ refusal: Refusal) {
        #expect(refusal.code != "unknown")
        #expect(refusal.code.allSatisfy { $0.isLowercase || $0 == "." || $0 == "-" })
        #expect(refusal.sentence.chinese.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
        #expect(refusal.sentence.english.hasSuffix("."))
        #expect(Refusal.allCases.filter { $0.code == refusal.code } == [refusal])
    }
}
