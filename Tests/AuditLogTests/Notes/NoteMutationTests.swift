import AuditLog
import Cryptography
import Testing

@Suite("Parsers of notes under random damage")
struct NoteMutationTests {
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

    private static let files = [
        "signed-note-poem.note", "go-two-signers.note", "arche2025h1.note", "behind-the-sofa.note",
        "behind-the-sofa.add-checkpoint", "litewitness-1-5.add-checkpoint", "example.tlog-proof",
        "public-witnesses.policy",
    ]

    /// Bytes that mean something in these formats, and some that never should.
    private static let alphabet = utf8("\n\n\r\t +=#0159aZ/—é\u{a0}\u{0}\u{7f}") + [0x80, 0xc3, 0xff]

    @Test("whatever is accepted is printed as it was, and nothing crashes", arguments: files)
    func damage(_ file: String) throws {
        let original = try PublishedNotes.file(file)
        let seed = UInt64.random(in: .min ... .max)
        var generator = Generator(state: seed)
        for round in 0..<400 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) { Self.mutate(&bytes, using: &generator) }
            try Self.check(bytes, "seed \(seed), round \(round), of \(file)")
        }
        try Self.check(original, file)
    }

    @Test("verifier keys under damage are printed as they were read, or refused")
    func keys() throws {
        let seed = UInt64.random(in: .min ... .max)
        var generator = Generator(state: seed)
        for round in 0..<400 {
            var bytes = utf8(PublishedNotes.remora)
            Self.mutate(&bytes, using: &generator)
            let text = String(decoding: bytes, as: UTF8.self)
            if let key = try? NoteVerifierKey(text) {
                #expect(utf8(key.text) == utf8(text), "seed \(seed), round \(round)")
            }
        }
    }

    /// Changes, inserts, removes or repeats a few bytes, or cuts the end off.
    private static func mutate(_ bytes: inout [UInt8], using generator: inout Generator) {
        guard !bytes.isEmpty else { return }
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        let end = min(bytes.count, place + Int.random(in: 1...50, using: &generator))
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

    private static func check(_ bytes: [UInt8], _ comment: String) throws {
        if let note = try? SignedNote(bytes) { #expect(note.bytes == bytes, "\(comment)") }
        if let text = try? Checkpoint(text: bytes) { #expect(text.text == bytes, "\(comment)") }
        if let request = try? AddCheckpointRequest(bytes) { #expect(request.bytes == bytes, "\(comment)") }
        if let receipt = try? InclusionReceipt(bytes) { #expect(receipt.bytes == bytes, "\(comment)") }
        if let lines = try? SignedNote.signatures(of: bytes) {
            #expect(lines.flatMap(\.line) == bytes, "\(comment)")
        }
        if let policy = try? WitnessPolicy(bytes) {
            // Comments and blanks are not kept, so here the value comes back.
            #expect(try WitnessPolicy(policy.bytes) == policy, "\(comment)")
        }
    }
}
