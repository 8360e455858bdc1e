/// What a policy file calls a witness or a group; it means nothing outside of the file (C2SP tlog-policy).
///
/// Bytes without blanks, of any encoding, compared as they are.
package struct PolicyName: Hashable, Sendable, CustomStringConvertible {
    /// The name as it stands in the file.
    package let bytes: [UInt8]

    package init(_ bytes: some Collection<UInt8>) { self.bytes = Array(bytes) }

    /// The name for people; bytes that are not UTF-8 are replaced.
    package var description: String { String(decoding: bytes, as: UTF8.self) }

    /// The word `none`, for a quorum of nobody; nothing may be called that.
    static let nobody = PolicyName("none".utf8)
}
