/// What a policy file calls a witness or a group; it means nothing outside of the file (C2SP tlog-policy).
///
/// Bytes without blanks, of any encoding, compared as they are.
package struct PolicyName: Hashable, Sendable, CustomStringConvertible {
    package let bytes: [UInt8]

    init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

    /// The name for people; bytes that are not UTF-8 are replaced.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// The word for "no witness is needed", which nothing may be called.
    static let none = PolicyName("none".utf8)
}
