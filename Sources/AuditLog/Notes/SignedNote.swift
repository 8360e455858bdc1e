/// A text and the signature lines below it, for checkpoints and whatever else is signed (C2SP signed-note).
///
/// Of what it holds nothing is proved: ``verified(by:)`` says which keys signed. Reading and printing are
/// inverse: every note that is accepted is printed with the very same bytes.
package struct SignedNote: Hashable, Sendable {
    /// What is signed, in UTF-8, with its last newline; it has no other control characters.
    package let text: [UInt8]
    /// The lines in their order: at least one, no two of one key.
    package let signatures: [NoteSignature]

    /// Notes may have 16 signatures, as many as every verifier must accept; more are refused.
    package static let maximumSignatures = 16
    /// Notes may be 128 KiB long: 16 post-quantum signatures of 5 kB and a text.
    package static let maximumLength = 131_072

    /// Puts a note together, by the same rules as reading one.
    package init(text: [UInt8], signatures: [NoteSignature]) throws(NoteError) {
        guard text.last == UInt8(ascii: "\n") else { throw .unterminated }
        if let offset = text.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
            throw .controlCharacter(offset: offset)
        }
        guard String(validating: text, as: UTF8.self) != nil else { throw .notUTF8 }
        guard !signatures.isEmpty else { throw .noSignatures }
        guard signatures.count <= SignedNote.maximumSignatures else { throw .tooManySignatures }
        for (index, signature) in signatures.enumerated()
        where signatures[..<index].contains(where: { $0.hasSameKey(as: signature) }) {
            throw .signature(number: index + 1, .repeatedKey)
        }
        self.text = text
        self.signatures = signatures
        guard bytes.count <= SignedNote.maximumLength else { throw .tooLong }
    }

    /// The note as it is published.
    package var bytes: [UInt8] { text + [UInt8(ascii: "\n")] + signatures.flatMap(\.line) }

    /// The note with more signatures, the new ones last; a line of a key that signs anew is replaced.
    package func adding(_ more: [NoteSignature]) throws(NoteError) -> SignedNote {
        let kept = signatures.filter { old in !more.contains { $0.hasSameKey(as: old) } }
        return try SignedNote(text: text, signatures: kept + more)
    }
}
