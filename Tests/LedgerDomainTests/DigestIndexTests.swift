import LedgerDomain
import LedgerTesting
import Testing

@Suite("The index of digests")
struct DigestIndexTests {
    @Test(
        "It finds what was filed and not taken out, as an array of pairs does",
        arguments: 1...20 as ClosedRange<UInt64>)
    func pairs(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var index = DigestIndex()
        var filed: [(digest: UInt64, number: UInt32)] = []
        for _ in 0..<4_000 {
            // Few digests, so that they repeat, and many that begin at the same place.
            let digest =
                UInt64.random(in: 0..<40, using: &random) << 58 | UInt64.random(in: 0..<4, using: &random)
            let number = UInt32.random(in: 0..<6, using: &random)
            if Bool.random(using: &random) {
                index.insert(digest, number)
                filed.append((digest, number))
            } else {
                index.remove(digest, number)
                if let place = filed.firstIndex(where: { $0 == (digest, number) }) { filed.remove(at: place) }
            }
            #expect(index.count == filed.count)
        }
        for digest in Set(filed.map(\.digest)) {
            for number: UInt32 in 0..<6 {
                let isFiled = filed.contains { $0 == (digest, number) }
                #expect((index.first(digest) { $0 == number } != nil) == isFiled)
            }
        }
    }
}
