package import CBOR

/// Who gave a command: an account's name, not a person's.
package struct Principal: Hashable, Sendable {
    package var name: String

    /// 1 to 64 bytes of UTF-8 without control characters; `nil` for any other name.
    package init?(_ name: String) {
        guard name.isText(upTo: 64) else { return nil }
        self.name = name
    }

    private init(unchecked name: String) { self.name = name }

    /// What the machine does on its own, such as the sweep of expired vouchers.
    package static let system = Principal(unchecked: "system")

    /// Every resident: the log names none of them.
    package static let resident = Principal(unchecked: "resident")
}

extension Principal: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { name.encode(to: &encoder) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        guard let principal = Principal(try String(from: &decoder)) else { throw mismatch }
        self = principal
    }
}

extension Principal: Codable {
    package init(from decoder: any Decoder) throws {
        name = try decoder.singleValueContainer().decode(String.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
