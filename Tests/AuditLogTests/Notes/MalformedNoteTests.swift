import AuditLog
import Testing

@Suite("Malformed notes (C2SP signed-note)")
struct MalformedNoteTests {
    private static let text = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """
    private static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
    private static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"

    @Test(
        "a malformed note is refused with the reason",
        arguments: [
            (text, .noSignatures), (text + "\n", .noSignatures), ("", .noSignatures), ("\n", .noSignatures),
            ("\n\n", .noSignatures), ("\n" + peterLine, .noSignatures), (peterLine, .noSignatures),
            (text + "\n" + peterLine.dropLast(), .unterminated),
            ("\u{1}" + text + "\n" + peterLine, .controlCharacter(offset: 0)),
            ("a\tb\n\n" + peterLine, .controlCharacter(offset: 1)),
            ("a\r\n\n" + peterLine, .controlCharacter(offset: 1)),
            ("a\u{0}\n\n" + peterLine, .controlCharacter(offset: 1)),
            (text + "\n\n" + peterLine + "\n", .noSignatures),
            (text + "\r\n" + peterLine, .noSignatures),
            (text + "\n" + peterLine + "Unexpected line.\n", .signature(number: 2, .notASignature)),
            (text + "\n" + peterLine.dropLast() + "\r\n", .signature(number: 1, .base64)),
            (text + "\n" + peterLine.dropFirst(), .signature(number: 1, .notASignature)),
            (text + "\n" + peterLine.replacing("—", with: "-"), .signature(number: 1, .notASignature)),
            (text + "\n" + peterLine.replacing("—", with: "–"), .signature(number: 1, .notASignature)),
            (text + "\n— PeterNeumann\n", .signature(number: 1, .notASignature)),
            (text + "\n— Bad Name x08go/ZJkuBS9UG=\n", .signature(number: 1, .base64)),
            (text + "\n—  x08go/ZJkuBS9UG/\n", .signature(number: 1, .name)),
            (text + "\n— a+b x08go/ZJkuBS9UG/\n", .signature(number: 1, .name)),
            (text + "\n— a\u{a0}b x08go/ZJkuBS9UG/\n", .signature(number: 1, .name)),
            (text + "\n— a\u{1}b x08go/ZJkuBS9UG/\n", .signature(number: 1, .name)),
            (text + "\n— a \n", .signature(number: 1, .tooShort)),
            (text + "\n— a x08gow==\n", .signature(number: 1, .tooShort)),
            (text + "\n— a x08go/Z=\n", .signature(number: 1, .base64)),
            (text + "\n— a x08go_ZJ\n", .signature(number: 1, .base64)),
            (text + "\n— a x08go/ZJ \n", .signature(number: 1, .base64)),
            (text + "\n" + peterLine + peterLine, .signature(number: 2, .repeatedKey)),
            (text + "\n" + enochLine + peterLine + enochLine, .signature(number: 3, .repeatedKey)),
        ] as [(String, NoteError)])
    func malformed(_ text: String, _ error: NoteError) {
        #expect(throws: error) { try SignedNote(utf8(text)) }
    }

    @Test("a text that is not UTF-8 is refused")
    func encoding() {
        for bytes: [UInt8] in [
            [0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0xf5, 0x80, 0x80, 0x80],
        ] {
            #expect(throws: NoteError.notUTF8) { try SignedNote(bytes + utf8("\n\n" + Self.peterLine)) }
            #expect(throws: NoteError.signature(number: 1, .name)) {
                try SignedNote(utf8("a\n\n— ") + bytes + utf8(" x08go/ZJkuBS9UG/\n"))
            }
        }
    }

    @Test("sixteen signatures are accepted and seventeen are not, whether known or not")
    func signatureCount() throws {
        let lines = (0..<17).map { "— key\($0) x08go/ZJkuBS9UG/\n" }
        #expect(try SignedNote(utf8("a\n\n" + lines[..<16].joined())).signatures.count == 16)
        #expect(throws: NoteError.tooManySignatures) { try SignedNote(utf8("a\n\n" + lines.joined())) }
        let full = try SignedNote(utf8("a\n\n" + lines[..<16].joined()))
        #expect(throws: NoteError.tooManySignatures) {
            try full.adding(SignedNote.signatures(of: utf8(lines[16])))
        }
    }

    @Test("a note may be 128 KiB long and no longer")
    func length() throws {
        let line = "— key x08go/ZJkuBS9UG/\n"
        let longest = SignedNote.maximumLength - utf8("\n\n" + line).count
        let text = String(repeating: "a", count: longest) + "\n\n" + line
        #expect(try SignedNote(utf8(text)).bytes.count == SignedNote.maximumLength)
        #expect(throws: NoteError.tooLong) { try SignedNote(utf8("a" + text)) }
        #expect(throws: NoteError.tooLong) {
            try SignedNote(
                text: utf8(String(repeating: "a", count: longest + 1) + "\n"),
                signatures: SignedNote.signatures(of: utf8(line)))
        }
    }
}
