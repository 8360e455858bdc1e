import AuditLog
import Cryptography
import Testing

@Suite("Checkpoints (C2SP tlog-checkpoint)")
struct CheckpointTests {
    private static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="

    @Test(
        "published checkpoints are read and printed with the same bytes",
        arguments: [
            ("behind-the-sofa.note", "example.com/behind-the-sofa", 20_852_163),
            ("sum.golang.org-6476701.note", "go.sum database tree", 6_476_701),
            ("sum.golang.org-65209736.note", "go.sum database tree", 65_209_736),
            ("arche2025h1.note", "arche2025h1.staging.ct.transparency.dev", 1_432_088_532),
        ] as [(String, String, UInt64)])
    func published(_ file: String, _ origin: String, _ size: UInt64) throws {
        let text = try PublishedNotes.note(file).text
        let checkpoint = try Checkpoint(text: text)
        #expect(checkpoint.origin.description == origin)
        #expect(checkpoint.head.size == size)
        #expect(checkpoint.text == text)
    }

    @Test(
        "a text that is not exactly three proper lines is refused with the reason",
        arguments: [
            ("", .missingLine), ("Log\n", .missingLine), ("Log\n1\n", .missingLine),
            ("Log\n1\n\(root)", .missingLine),
            ("\n1\n\(root)\n", .origin), ("a\u{1}\n1\n\(root)\n", .origin), ("a\r\n1\n\(root)\n", .origin),
            ("Log\n\n\(root)\n", .size), ("Log\n01\n\(root)\n", .size), ("Log\n00\n\(root)\n", .size),
            ("Log\n+1\n\(root)\n", .size), ("Log\n-34\n\(root)\n", .size), ("Log\n 1\n\(root)\n", .size),
            ("Log\n1 \n\(root)\n", .size), ("Log\n1\r\n\(root)\n", .size), ("Log\n0x1\n\(root)\n", .size),
            ("Log\nbananas\n\(root)\n", .size), ("Log\n١\n\(root)\n", .size),
            ("Log\n9223372036854775808\n\(root)\n", .size), ("Log\n18446744073709551616\n\(root)\n", .size),
            ("Log\n3438945738945739845734895735\n\(root)\n", .size), ("Log\n1\n\n", .root),
            ("Log\n1\nYmFuYW5hcw==\n", .root), ("Log\n1\n\(root) \n", .root), ("Log\n1\n\(root)\r\n", .root),
            ("Log\n1\n\(root.dropLast())\n", .root),
            ("Log\n1\n\(root.replacing("2I=", with: "2J="))\n", .root),
            ("Log\n1\n\(root)=\n", .root), ("Log\n1\n\(root)\nextension\n", .extensionLine),
            ("Log\n1\n\(root)\n\n", .extensionLine), ("Log\n1\n\(root)\nno newline", .extensionLine),
        ] as [(String, CheckpointError)])
    func malformed(_ text: String, _ error: CheckpointError) {
        #expect(throws: error) { try Checkpoint(text: utf8(text)) }
    }

    @Test("the largest size is 2⁶³ − 1, and the empty tree has size 0")
    func sizes() throws {
        #expect(try Checkpoint(text: utf8("L\n9223372036854775807\n\(Self.root)\n")).head.size == 1 << 63 - 1)
        #expect(try Checkpoint(text: utf8("L\n0\n\(TreeHash.empty.base64)\n")).head.root == .empty)
        #expect(TreeHash.empty.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test("the Go checksum database's checkpoint is opened by its origin and key, and by no other")
    func sumDatabase() throws {
        let bytes = try PublishedNotes.file("sum.golang.org-65209736.note")
        let key = try key(PublishedNotes.sumDatabase)
        let origin = try #require(LogOrigin("go.sum database tree"))
        let opened = try SignedCheckpoint(opening: bytes, of: KnownLog(origin: origin, keys: [key]))
        #expect(opened.checkpoint.head.size == 65_209_736)
        #expect(opened.checkpoint.head.root.base64 == "5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=")
        #expect(opened.signers == [key])
        #expect(opened.bytes == bytes)
        // The key's name is not the origin here.
        #expect(throws: CheckpointOpeningError.foreignOrigin(origin)) {
            try SignedCheckpoint(opening: bytes, of: KnownLog(key))
        }
        let peter = try AuditLogTests.key(PublishedNotes.peter)
        #expect(throws: CheckpointOpeningError.signatures(.noKnownSignature)) {
            try SignedCheckpoint(opening: bytes, of: KnownLog(origin: origin, keys: [peter]))
        }
    }

    @Test("a log signs checkpoints that its key opens; another log's checkpoint is foreign")
    func signing() throws {
        let (county, other) = (try SampleLog(count: 5), try SampleLog("wenhui/370783", seed: 2, count: 5))
        let signed = county.checkpoint(5)
        #expect(try SignedCheckpoint(opening: signed.bytes, of: county.known) == signed)
        #expect(throws: CheckpointOpeningError.foreignOrigin(LogOrigin(county.signer.verifierKey.name))) {
            try SignedCheckpoint(opening: signed.bytes, of: other.known)
        }
        let impostor = try SampleLog("wenhui/370782", seed: 3, count: 5)
        #expect(throws: CheckpointOpeningError.signatures(.noKnownSignature)) {
            try SignedCheckpoint(opening: impostor.checkpoint(5).bytes, of: county.known)
        }
    }

    @Test("a changed size, root or origin makes the signature bad")
    func tampering() throws {
        let log = try SampleLog(count: 5)
        let signed = log.checkpoint(5)
        for head in [
            log.head(4), TreeHead(size: 4, root: log.head(5).root), TreeHead(size: 5, root: log.head(4).root),
        ] {
            let text = Checkpoint(origin: log.known.origin, head: head).text
            let forged = try SignedNote(text: text, signatures: signed.note.signatures)
            let signer = log.signer.verifierKey
            #expect(throws: CheckpointOpeningError.signatures(.badSignature(signer.name, id: signer.id))) {
                try SignedCheckpoint(opening: forged, of: log.known)
            }
        }
    }

    @Test("either of two keys may sign while one is being replaced")
    func rotation() throws {
        let log = try SampleLog(count: 3)
        let next = try #require(NoteSigner(name: "wenhui/370782", key: try privateKey(7)))
        let known = KnownLog(origin: log.known.origin, keys: [log.signer.verifierKey, next.verifierKey])
        #expect(
            try SignedCheckpoint(opening: next.checkpoint(log.head(3)).bytes, of: known).signers
                == [next.verifierKey])
        let both = try log.checkpoint(3).note.adding([next.signature(of: log.checkpoint(3).note.text)])
        #expect(try SignedCheckpoint(opening: both, of: known).signers == known.keys)
    }

    @Test("malformed notes and checkpoints are refused before anything is believed")
    func malformedNotes() throws {
        let log = try SampleLog(count: 3)
        #expect(throws: CheckpointOpeningError.note(.noSignatures)) {
            try SignedCheckpoint(opening: log.checkpoint(3).note.text, of: log.known)
        }
        let extended = try log.signer.sign(log.checkpoint(3).note.text + utf8("extension\n"))
        #expect(throws: CheckpointOpeningError.text(.extensionLine)) {
            try SignedCheckpoint(opening: extended, of: log.known)
        }
    }
}
