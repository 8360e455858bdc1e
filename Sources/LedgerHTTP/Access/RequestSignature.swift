import Cryptography
package import HTTPTypes
import LedgerDomain
package import LedgerService
import RawStructuredFieldValues

/// A terminal's signature of its request (RFC 9421) with `hmac-sha256`: what it covers, and what it must be of.
///
/// It covers the method and the whole address, the idempotency key where there is one and the body's digest (RFC 9530)
/// where there is a body, so that nothing of it can be changed or taken over into another request.
package struct RequestSignature: Sendable {
    package let message: SignedMessage

    /// Reads the headers `Signature-Input` and `Signature`.
    ///
    /// - Parameters:
    ///   - target: the address as the client sees it, with scheme and authority.
    ///   - required: what must be covered; more may be.
    /// - Throws: ``AccessRefusal/signature`` for what is not of this form or covers too little.
    package init(
        _ request: HTTPRequest, target: String, covering required: [String]
    ) throws(AccessRefusal) {
        guard let input = request.headerFields[.signatureInput], let shown = request.headerFields[.signature],
            let (label, list) = RequestSignature.only(input), case .innerList(let covered) = list,
            let (other, value) = RequestSignature.only(shown), other == label, case .item(let item) = value,
            case .undecodedByteSequence(let text) = item.rfc9651BareItem,
            let signature = [UInt8](base64: text.utf8),
            let (keyID, created) = RequestSignature.parameters(of: covered),
            let names = RequestSignature.names(of: covered)
        else { throw .signature }
        guard required.allSatisfy(names.contains), Set(names).count == names.count else { throw .signature }
        var lines: [String] = []
        for name in names {
            guard let value = RequestSignature.value(of: name, request, target) else { throw .signature }
            lines.append("\"\(name)\": \(value)")
        }
        var serializer = StructuredFieldValueSerializer()
        guard let parameters = try? serializer.writeListFieldValue([.innerList(covered)]) else {
            throw .signature
        }
        lines.append("\"@signature-params\": \(String(decoding: parameters, as: UTF8.self))")
        message = SignedMessage(
            keyID: keyID, created: Instant(microseconds: created * Instant.second),
            base: Array(lines.joined(separator: "\n").utf8), signature: signature)
    }

    /// The only member of a dictionary.
    private static func only(_ text: String) -> (String, ItemOrInnerList)? {
        var parser = StructuredFieldValueParser(Array(text.utf8))
        guard let members = try? parser.parseDictionaryFieldValue(), members.count == 1 else { return nil }
        return members[members.startIndex]
    }

    /// What is covered, each name in its plain form.
    private static func names(of list: InnerList) -> [String]? {
        var names: [String] = []
        for item in list.bareInnerList {
            guard case .string(let name) = item.rfc9651BareItem, item.rfc9651Parameters.count == 0 else {
                return nil
            }
            names.append(name)
        }
        return names
    }

    /// Whose it is and when it was made, in seconds; no parameter that is not understood.
    private static func parameters(of list: InnerList) -> (keyID: String, created: Int64)? {
        let known: Set = ["keyid", "created", "alg", "nonce", "tag"]
        for (name, _) in list.rfc9651Parameters where !known.contains(name) { return nil }
        guard case .string(let keyID)? = list.rfc9651Parameters["keyid"],
            case .integer(let created)? = list.rfc9651Parameters["created"],
            (0...253_402_300_799).contains(created)
        else { return nil }
        switch list.rfc9651Parameters["alg"] {
        case nil, .string("hmac-sha256"): return (keyID, created)
        default: return nil
        }
    }

    /// The value of a covered component (RFC 9421 §2.1 and §2.2); `nil` where the request does not have it.
    private static func value(of name: String, _ request: HTTPRequest, _ target: String) -> String? {
        switch name {
        case "@method": return request.method.rawValue
        case "@target-uri": return target
        case "@authority": return request.authority?.lowercased()
        default:
            guard !name.hasPrefix("@"), name == name.lowercased(), let field = HTTPField.Name(name) else {
                return nil
            }
            return request.headerFields[values: field].isEmpty
                ? nil : request.headerFields[values: field].map(\.trimmed).joined(separator: ", ")
        }
    }
}

extension String {
    /// Without spaces and tabs at either end.
    fileprivate var trimmed: String {
        let isSpace = { (character: Character) in character == " " || character == "\t" }
        return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
    }
}
