import Cryptography

/// A public key that signs notes, with its name and type: what people write into policies and configuration.
///
/// The text form is `name+id+key`: eight hexadecimal digits, and base64 of the type and the key (C2SP
/// signed-note, "Verifier keys"); of SM2, of the type, an identifier and the key.
package struct NoteVerifierKey: Hashable, Sendable, CustomStringConvertible {
    /// Whose key it is; in our logs also the log's origin.
    package let name: KeyName
    /// The key itself, with what its signatures say: it verifies signatures of its own type only.
    package let publicKey: NotePublicKey
    /// What signature lines name the key by, beside its name. It is short: it finds a key and proves nothing.
    package let id: UInt32

    /// Names a key; the ID follows.
    package init(name: KeyName, publicKey: NotePublicKey) {
        self.name = name
        self.publicKey = publicKey
        id = NoteVerifierKey.id(name: name, key: publicKey)
    }

    /// Reads the text form, in lower case and with canonical base64 only.
    ///
    /// A key of another type than ours is refused as ``VerifierKeyError/unknownType(_:)``.
    package init(_ text: String) throws(VerifierKeyError) {
        let fields = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard fields.count == 3, let name = KeyName(bytes: Array(fields[0])),
            let encoded = [UInt8](base64: fields[2])
        else { throw .malformed }
        self.init(name: name, publicKey: try NotePublicKey(encoded: encoded))
        guard fields[1].elementsEqual(idText.utf8) else { throw .id(expected: idText) }
    }

    /// What its signatures say.
    package var type: NoteKeyType { publicKey.type }

    /// The text form, such as `wenhui/370782+0123abcd+AQID…`.
    package var text: String { "\(name)+\(idText)+\(publicKey.encoded.base64)" }

    package var description: String { text }

    /// The ID as eight lower-case hexadecimal digits.
    private var idText: String { id.bigEndianBytes.hexadecimal }

    /// The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key), big-endian.
    private static func id(name: KeyName, key: NotePublicKey) -> UInt32 {
        let digest = SHA256Digest(of: name.bytes + [UInt8(ascii: "\n")] + key.encoded)
        return UInt32(digest.words.0 >> 32)
    }

    package static func == (left: NoteVerifierKey, right: NoteVerifierKey) -> Bool {
        left.name == right.name && left.publicKey == right.publicKey
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
        hasher.combine(id)
    }
}
