import Cryptography

/// One signature line of a note: who says to have signed, and the signature, which nobody has checked yet.
package struct NoteSignature: Hashable, Sendable {
    /// The name of the key.
    package let name: KeyName
    /// The ID of the key: with the name, what finds the key.
    package let keyID: UInt32
    /// The signature proper, after the key's ID; at least one byte, and more than the algorithm's where it
    /// carries something besides, as a cosignature does.
    package let bytes: [UInt8]

    /// Traps when `bytes` is empty.
    package init(name: KeyName, keyID: UInt32, bytes: [UInt8]) {
        precondition(!bytes.isEmpty, "a signature without bytes")
        self.name = name
        self.keyID = keyID
        self.bytes = bytes
    }

    /// Reads a line without its newline: em dash, space, name, space, base64 of key ID and signature.
    package init(line: some Collection<UInt8>) throws(SignatureLineError) {
        guard line.starts(with: NoteSignature.prefix) else { throw .notASignature }
        let fields = line.dropFirst(NoteSignature.prefix.count)
            .split(separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
        guard fields.count == 2 else { throw .notASignature }
        guard let name = KeyName(bytes: Array(fields[0])) else { throw .name }
        guard let bytes = [UInt8](base64: fields[1]) else { throw .base64 }
        guard bytes.count > 4, let keyID = UInt32(bigEndianBytes: bytes.prefix(4)) else { throw .tooShort }
        self.init(name: name, keyID: keyID, bytes: Array(bytes.dropFirst(4)))
    }

    /// The line with its newline.
    package var line: [UInt8] {
        let encoded = (keyID.bigEndianBytes + bytes).base64
        return NoteSignature.prefix + name.bytes + Array(" \(encoded)\n".utf8)
    }

    /// Whether both lines name one key; a note has at most one line of each.
    package func hasSameKey(as other: NoteSignature) -> Bool { keyID == other.keyID && name == other.name }

    /// Whether the line names this key.
    package func names(_ key: NoteVerifierKey) -> Bool { keyID == key.id && name == key.name }

    private static let prefix = Array("— ".utf8)
}
