import AuditLog
import Cryptography
import Testing

@Suite("Signed notes (C2SP signed-note)")
struct SignedNoteTests {
    private static let text = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """
    private static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    private static func note(_ lines: String...) -> [UInt8] { utf8(text + "\n" + lines.joined()) }

    @Test(
        "published notes are read, printed with the same bytes, and verify",
        arguments: [
            ("signed-note-example.note", PublishedNotes.example),
            ("go-two-signers.note", PublishedNotes.peter),
            ("go-two-signers.note", PublishedNotes.enoch),
            ("sum.golang.org-6476701.note", PublishedNotes.sumDatabase),
            ("sum.golang.org-65209736.note", PublishedNotes.sumDatabase),
            ("arche2025h1.note", PublishedNotes.arche),
        ])
    func published(_ file: String, _ signer: String) throws {
        let note = try PublishedNotes.note(file)
        #expect(note.bytes == (try PublishedNotes.file(file)))
        #expect(try note.verified(by: [key(signer)]).signers == [key(signer)])
    }

    @Test("Go's key signs Go's text with Go's bytes")
    func signing() throws {
        let seed = try #require([UInt8](base64: "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz".utf8))
            .dropFirst()
        let key = try #require(Ed25519PrivateKey(seed: Array(seed)))
        let signer = try #require(NoteSigner(name: "PeterNeumann", key: key))
        #expect(try signer.sign(utf8(Self.text)).bytes == Self.note(Self.peterLine))
    }

    @Test("the last empty line ends the text, whatever empty lines it has itself")
    func lastBlankLine() throws {
        let poem = try PublishedNotes.note("signed-note-poem.note")
        #expect(poem.text.suffix(utf8("ed è subito sera.\n").count) == utf8("ed è subito sera.\n")[...])
        #expect(poem.bytes == (try PublishedNotes.file("signed-note-poem.note")))
        for text in ["a\n\n", "\n", "\n\n\n", "a\n\n\n\nb\n"] {
            let bytes = utf8(text + "\n" + Self.peterLine)
            let note = try SignedNote(bytes)
            #expect(note.text == utf8(text))
            #expect(note.bytes == bytes)
        }
    }

    @Test("signatures of unknown keys are ignored, and the known ones are told")
    func unknown() throws {
        let note = try SignedNote(Self.note(Self.peterLine, Self.enochLine))
        let (peter, enoch) = (try key(PublishedNotes.peter), try key(PublishedNotes.enoch))
        #expect(try note.verified(by: [peter]).signers == [peter])
        #expect(try note.verified(by: [enoch, peter, enoch]).signers == [peter, enoch])
        #expect(throws: NoteVerificationError.noKnownSignature) { try note.verified(by: []) }
    }

    @Test("a line that shares only the name or only the ID with a known key is ignored")
    func halfKnown() throws {
        let peter = try key(PublishedNotes.peter)
        for line in [
            Self.peterLine.replacing("PeterNeumann", with: "CarmenSandiego"),
            Self.peterLine.replacing("x08g", with: "xxxx"),
        ] {
            let note = try SignedNote(Self.note(line))
            #expect(throws: NoteVerificationError.noKnownSignature) { try note.verified(by: [peter]) }
            #expect(
                try note.adding([try #require(SignedNote(Self.note(Self.peterLine)).signatures.first)])
                    .verified(by: [peter]).signers == [peter])
        }
    }

    @Test("one bad signature of a known key makes the whole note refused")
    func badSignature() throws {
        let (peter, enoch) = (try key(PublishedNotes.peter), try key(PublishedNotes.enoch))
        let forged = Self.enochLine.replacing("5n2tiOHp", with: "5n2tiOHq")
        let note = try SignedNote(Self.note(Self.peterLine, forged))
        #expect(try note.verified(by: [peter]).signers == [peter])
        #expect(throws: NoteVerificationError.badSignature(enoch.name, id: enoch.id)) {
            try note.verified(by: [peter, enoch])
        }
        // Go's test: a signature of another length.
        let longer = try SignedNote(Self.note(Self.peterLine.replacing("ZInNIuG", with: "ZIABCDnNIuG")))
        #expect(throws: NoteVerificationError.badSignature(peter.name, id: peter.id)) {
            try longer.verified(by: [peter])
        }
        let changed = try SignedNote(utf8(Self.text.replacing("know", with: "knew") + "\n" + Self.peterLine))
        #expect(throws: NoteVerificationError.badSignature(peter.name, id: peter.id)) {
            try changed.verified(by: [peter])
        }
    }

    @Test("where two different known keys have one name and one ID, neither is believed")
    func ambiguous() throws {
        // Two of some 66,000 numbers, taken for public keys, whose IDs collide.
        let first = try key("k+88bdb523+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGew")
        let second = try key("k+88bdb523+AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAP3b")
        #expect(first != second)
        let line = NoteSignature(name: first.name, keyID: first.id, bytes: [UInt8](repeating: 0, count: 64))
        let note = try SignedNote(Self.note(Self.peterLine)).adding([line])
        #expect(throws: NoteVerificationError.ambiguousKey(first.name, id: first.id)) {
            try note.verified(by: [first, second])
        }
        let peter = try key(PublishedNotes.peter)
        let unaffected = try SignedNote(Self.note(Self.peterLine))
        #expect(try unaffected.verified(by: [first, peter, second, peter]).signers == [peter])
    }

    @Test("a key that signs anew replaces its line; other lines stay")
    func adding() throws {
        let note = try PublishedNotes.note("go-two-signers.note")
        let again = try note.adding([note.signatures[0]])
        #expect(again.bytes == Self.note(Self.enochLine, Self.peterLine))
        #expect(throws: NoteError.signature(number: 2, .repeatedKey)) {
            try SignedNote(text: note.text, signatures: [note.signatures[0], note.signatures[0]])
        }
    }

    @Test("only texts that a note can carry are signed")
    func signable() throws {
        let signer = try SampleLog().signer
        for (text, error): (String, NoteError) in [
            ("abc", .unterminated), ("", .unterminated), ("a\r\n", .controlCharacter(offset: 1)),
        ] {
            #expect(throws: error) { try signer.sign(utf8(text)) }
        }
        #expect(throws: NoteError.notUTF8) { try signer.sign([0xff, 0x0a]) }
        #expect(throws: NoteError.noSignatures) { try SignedNote(text: [0x0a], signatures: []) }
        #expect(NoteSigner(name: "two words", key: try privateKey(1)) == nil)
    }
}
