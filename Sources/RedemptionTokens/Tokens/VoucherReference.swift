package import CBOR

/// Which voucher of which ledger a token is for.
package struct VoucherReference: Hashable, Comparable, Sendable, BitwiseCopyable {
    /// The ledger's GB/T 2260 code, of six digits.
    package let ledger: UInt32
    /// The voucher's number in the ledger, from 1.
    package let number: UInt32

    /// The codes that a ledger can have: six digits of which the first is not zero.
    package static let ledgers: ClosedRange<UInt32> = 100_000...999_999

    /// `nil` for a code that no ledger has, and for voucher zero.
    package init?(ledger: UInt32, number: UInt32) {
        guard VoucherReference.ledgers.contains(ledger), number > 0 else { return nil }
        self.ledger = ledger
        self.number = number
    }

    /// The ledger above, the number in the lower 32 bits.
    package var packed: UInt64 { UInt64(ledger) << 32 | UInt64(number) }

    /// Takes ``packed`` apart; `nil` for a number that is none.
    package init?(packed: UInt64) {
        self.init(
            ledger: UInt32(packed >> 32), number: UInt32(truncatingIfNeeded: packed))
    }

    package static func < (left: VoucherReference, right: VoucherReference) -> Bool {
        left.packed < right.packed
    }
}

extension VoucherReference: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { encoder.write(unsigned: packed) }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let place = decoder.place
        guard let voucher = VoucherReference(packed: try decoder.readUnsigned()) else {
            throw .outOfRange(offset: place)
        }
        self = voucher
    }
}
