package import CBOR

/// An amount of money in whole fen (1/100 yuan); the only form money has in the ledger (DESIGN §2).
///
/// Arithmetic traps on overflow: every amount that enters is at most ``limit``, and what sums amounts that
/// have no such bound checks first.
package struct Amount: Hashable, Comparable, AdditiveArithmetic, Sendable, BitwiseCopyable {
    /// The number of fen; negative only where an account may be.
    package var fen: Int64

    package init(fen: Int64) { self.fen = fen }

    package static let zero = Amount(fen: 0)
    /// The largest amount one command may name: a trillion yuan. Ninety thousand of them still fit `Int64`.
    package static let limit = Amount(fen: 100_000_000_000_000)

    package static func + (left: Amount, right: Amount) -> Amount { Amount(fen: left.fen + right.fen) }
    package static func - (left: Amount, right: Amount) -> Amount { Amount(fen: left.fen - right.fen) }
    package static prefix func - (amount: Amount) -> Amount { Amount(fen: -amount.fen) }
    package static func < (left: Amount, right: Amount) -> Bool { left.fen < right.fen }

    /// Whether a command may move this amount: positive and at most ``limit``.
    package var isMovable: Bool { fen > 0 && self <= .limit }
}

extension Amount: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { fen.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) { fen = try Int64(from: &decoder) }
}

extension Amount: Codable {
    package init(from decoder: any Decoder) throws {
        fen = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(fen)
    }
}
