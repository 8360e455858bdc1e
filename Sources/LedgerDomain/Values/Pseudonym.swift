package import CBOR

/// A random number that stands for one resident in one scope (a programme) and says nothing else (DESIGN §6).
///
/// Who it is only the vault knows.
package struct Pseudonym: Hashable, Sendable, BitwiseCopyable, Codable {
    package var rawValue: UInt64
    package init(_ rawValue: UInt64) { self.rawValue = rawValue }
}

extension Pseudonym: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { rawValue.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try UInt64(from: &decoder)
    }
}
