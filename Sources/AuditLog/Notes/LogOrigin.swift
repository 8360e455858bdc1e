/// The first line of a log's checkpoints: which log this is, for verifiers and witnesses (C2SP
/// tlog-checkpoint).
///
/// Unlike a key's name it may have spaces, as `go.sum database tree` does. Compared byte by byte.
package struct LogOrigin: Hashable, Sendable, CustomStringConvertible {
    /// The line in UTF-8, without its newline.
    package let bytes: [UInt8]

    /// Takes an origin; `nil` when it is empty or has a control character.
    package init?(_ text: String) { self.init(bytes: Array(text.utf8)) }

    /// Takes an origin in UTF-8; `nil` as for text, and for bytes that are not UTF-8.
    package init?(bytes: [UInt8]) {
        guard !bytes.isEmpty, bytes.allSatisfy({ $0 >= 0x20 }),
            String(validating: bytes, as: UTF8.self) != nil
        else { return nil }
        self.bytes = bytes
    }

    /// The origin of a log whose key is named after it, as our logs' keys are.
    package init(_ name: KeyName) { bytes = name.bytes }

    package var description: String { String(decoding: bytes, as: UTF8.self) }
}
