import RedemptionTokens
import Testing

@Suite("Parsers of tokens under random damage")
struct TokenMutationTests {
    /// SplitMix64, so that a seed from a failure's message can be run again.
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
            return mixed ^ (mixed >> 31)
        }
    }

    @Test("whatever bytes are accepted are written as they were, and nothing crashes")
    func damagedBytes() throws {
        let ledger = try SampleLedger()
        let shown = try ledger.shown()
        let list = try ledger.keys([ledger.listed(), ledger.listed(p256(8), status: .revoked(at: 5))])
        let originals = [
            SignedClaims(signing: ledger.online(), by: ledger.issuer).bytes, shown.bytes,
            shown.credential.bytes, shown.presentation.bytes, list.signed(by: ledger.listKey),
            try ledger.revocations(credentials: [1, 2], vouchers: [3]).signed(by: ledger.listKey),
        ]
        let seed = UInt64.random(in: .min ... .max)
        var generator = Generator(state: seed)
        for original in originals {
            for round in 0..<1_000 {
                var bytes = original
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    Self.mutate(&bytes, alphabet: [0, 0x18, 0x1b, 0x40, 0x5f, 0xa0, 0xd2, 0xff], &generator)
                }
                check(bytes, "seed \(seed), round \(round)")
            }
            check(original, "undamaged")
        }
    }

    @Test("whatever text is accepted is printed as it was, but for blanks, and nothing crashes")
    func damagedText() throws {
        let ledger = try SampleLedger()
        let paper = try #require(PaperVoucher(voucher: ledger.voucher, serial: 42))
        let originals = [
            SignedClaims(signing: ledger.online(), by: ledger.issuer).text, try ledger.shown().text,
            paper.text, checked("000001234587654321"),
        ]
        let seed = UInt64.random(in: .min ... .max)
        var generator = Generator(state: seed)
        for original in originals {
            for round in 0..<1_000 {
                var bytes = Array(original.utf8)
                for _ in 0..<Int.random(in: 1...2, using: &generator) {
                    Self.mutate(&bytes, alphabet: Array("W:0129 -\n９".utf8), &generator)
                }
                let text = String(decoding: bytes, as: UTF8.self)
                guard let scanned = try? ScannedText(text) else { continue }
                let printed =
                    switch scanned {
                    case .online(let token): token.text
                    case .offline(let shown): shown.text
                    case .paper(let paper): paper.text
                    case .typed(let code): code.digits
                    }
                #expect(try ScannedText(printed) == scanned, "seed \(seed), round \(round)")
                if case .typed = scanned { continue }
                #expect(text.contains(printed), "seed \(seed), round \(round)")
            }
        }
    }

    private func check(_ bytes: [UInt8], _ comment: String) {
        if let token = try? SignedClaims<OnlineToken>(bytes) { #expect(token.bytes == bytes, "\(comment)") }
        if let token = try? SignedClaims<VoucherCredential>(bytes) {
            #expect(token.bytes == bytes, "\(comment)")
        }
        if let token = try? SignedClaims<Presentation>(bytes) { #expect(token.bytes == bytes, "\(comment)") }
        if let shown = try? PresentedCredential(bytes) { #expect(shown.bytes == bytes, "\(comment)") }
        if let list = try? SignedClaims<KeyList>(bytes) { #expect(list.bytes == bytes, "\(comment)") }
        if let list = try? SignedClaims<RevocationList>(bytes) { #expect(list.bytes == bytes, "\(comment)") }
    }

    /// Changes, inserts, removes or repeats a few bytes, or cuts the end off.
    private static func mutate(_ bytes: inout [UInt8], alphabet: [UInt8], _ generator: inout Generator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 1...20, using: &generator))
        let byte = alphabet.randomElement(using: &generator) ?? 0
        switch Int.random(in: 0..<6, using: &generator) {
        case 0: bytes[place] = byte
        case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: bytes.insert(byte, at: place)
        case 3: bytes.removeSubrange(place..<end)
        case 4: bytes.insert(contentsOf: bytes[place..<end], at: place)
        default: bytes.removeSubrange(place...)
        }
    }
}
