import Cryptography
import RawStructuredFieldValues

/// The digest of a body (RFC 9530).
package enum ContentDigest {
    /// Whether a header states this body's SHA-256.
    package static func isOf(_ body: [UInt8], _ header: String?) -> Bool {
        guard let header else { return false }
        var parser = StructuredFieldValueParser(Array(header.utf8))
        guard let members = try? parser.parseDictionaryFieldValue(),
            case .item(let item)? = members["sha-256"],
            case .undecodedByteSequence(let text) = item.rfc9651BareItem
        else { return false }
        return [UInt8](base64: text.utf8) == SHA256Digest.of(body)
    }
}
