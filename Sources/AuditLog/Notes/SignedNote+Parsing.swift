extension SignedNote {
    /// Reads a note as it is published.
    ///
    /// The last empty line ends the text, which may have others. Stricter than C2SP asks where it leaves a
    /// choice: at most ``maximumSignatures``, canonical base64, and no two lines of one key.
    package init(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= SignedNote.maximumLength else { throw .tooLong }
        guard let blank = SignedNote.lastBlankLine(of: bytes) else { throw .noSignatures }
        let lines = Array(bytes[(blank + 1)...])
        try self.init(text: Array(bytes[..<blank]), signatures: SignedNote.signatures(of: lines))
    }

    /// Reads signature lines that stand alone, as in a witness's reply; every line ends in a newline.
    package static func signatures(of lines: [UInt8]) throws(NoteError) -> [NoteSignature] {
        var reader = LineReader(lines)
        var signatures: [NoteSignature] = []
        while let line = reader.next() {
            guard signatures.count < maximumSignatures else { throw .tooManySignatures }
            do throws(SignatureLineError) {
                signatures.append(try NoteSignature(line: line))
            } catch {
                throw .signature(number: signatures.count + 1, error)
            }
        }
        guard reader.rest.isEmpty else { throw .unterminated }
        return signatures
    }

    /// Where the last empty line is: the second of the last two newlines that touch.
    private static func lastBlankLine(of bytes: [UInt8]) -> Int? {
        let newline = UInt8(ascii: "\n")
        return bytes.indices.dropFirst().last { bytes[$0] == newline && bytes[$0 - 1] == newline }
    }
}
