package import CBOR

/// The GB/T 2260 division code that names a ledger: `370000` a province, `370700` a city, `370782` a county.
package struct LedgerCode: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Reads six digits that do not start with zero.
    package init?(text: String) {
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let value = UInt32(text), value >= 100_000
        else { return nil }
        rawValue = value
    }

    package var description: String { padded(rawValue, to: 6) }

    /// Whether `other` is this division or lies inside it, by the digits that are not trailing zeros.
    package func contains(_ other: LedgerCode) -> Bool {
        if rawValue % 10_000 == 0 { return rawValue / 10_000 == other.rawValue / 10_000 }
        if rawValue % 100 == 0 { return rawValue / 100 == other.rawValue / 100 }
        return self == other
    }

    package static func < (left: LedgerCode, right: LedgerCode) -> Bool { left.rawValue < right.rawValue }
}

extension LedgerCode: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { rawValue.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try UInt32(from: &decoder)
    }
}

extension LedgerCode: Codable {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(UInt32.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}
