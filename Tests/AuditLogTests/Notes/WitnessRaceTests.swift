import AuditLog
import Cryptography
import Testing

@Suite("Two requests to a witness at once (C2SP tlog-witness)")
struct WitnessRaceTests {
    /// litewitness's test of two requests at once: 1 to 3 is decided, 1 to 5 overtakes it, and 3 must not
    /// come back.
    @Test("a request that was overtaken changes nothing and gets no cosignature, as litewitness's test asks")
    func race() throws {
        let origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562"
        let publicKey = try #require(
            Ed25519PublicKey(
                bytes: (0..<32).map { index in
                    let digits = "ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f".dropFirst(
                        index * 2)
                    return UInt8(digits.prefix(2), radix: 16) ?? 0
                }))
        let log = KnownLog(
            NoteVerifierKey(name: try #require(KeyName(origin)), publicKey: .ed25519(publicKey)))
        let witness = Witness(signer: try witnessSigner("province.example/w", seed: 40), logs: [log])
        var state = WitnessState()

        let first = witness.decide(
            try PublishedNotes.file("litewitness-0-1.add-checkpoint"), state: state, at: 1)
        #expect(first.reply.status == .ok)
        #expect(state.take(try #require(first.step)))

        let slow = witness.decide(
            try PublishedNotes.file("litewitness-1-3.add-checkpoint"), state: state, at: 2)
        let fast = witness.decide(
            try PublishedNotes.file("litewitness-1-5.add-checkpoint"), state: state, at: 2)
        #expect(slow.reply.status == .ok)
        #expect(fast.reply.status == .ok)
        #expect(state.take(try #require(fast.step)))
        #expect(!state.take(try #require(slow.step)))
        #expect(state.head(of: log.origin).size == 5)
        #expect(
            state.head(of: log.origin).root.bytes.hexadecimal
                == "42bb57ad06420afa4882c4a63ac6a1ec77480b330b2f20dfc53a0caa5f564e36")
        let again = witness.decide(
            try PublishedNotes.file("litewitness-1-3.add-checkpoint"), state: state, at: 3)
        #expect(again.reply.status == .conflict)
        #expect(again.reply.knownSize == 5)
        #expect(again.step == nil)
    }
}
