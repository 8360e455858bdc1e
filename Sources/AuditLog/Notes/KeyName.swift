/// The name of a key that signs notes, for people and for telling keys apart (C2SP signed-note, "Format").
///
/// A schema-less URL by convention, such as `wenhui/370782`. Names are compared byte by byte: two spellings
/// of one character are two names.
package struct KeyName: Hashable, Sendable, CustomStringConvertible {
    /// The name in UTF-8.
    package let bytes: [UInt8]

    /// Takes a name; `nil` when it is empty or has a Unicode space, a plus or a control character.
    package init?(_ text: String) { self.init(bytes: Array(text.utf8)) }

    /// Takes a name in UTF-8; `nil` as for text, and for bytes that are not UTF-8.
    package init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, let text = String(validating: bytes, as: UTF8.self),
            text.unicodeScalars.allSatisfy({
                $0 != "+" && $0.value >= 0x20 && !$0.properties.isWhitespace
            })
        else { return nil }
        self.bytes = bytes
    }

    package var description: String { String(decoding: bytes, as: UTF8.self) }
}
