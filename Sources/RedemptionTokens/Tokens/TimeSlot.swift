package import CBOR

/// A half minute of the clock, counted from 1970: what a presentation or a typed code is made for.
package struct TimeSlot: Hashable, Comparable, Sendable, BitwiseCopyable {
    package let rawValue: UInt32

    /// How long a slot is, in seconds.
    package static let length: Int64 = 30

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The slot of a time in seconds since 1970; times that have no slot (before 1970, after 6053) get the
    /// nearest.
    package init(at seconds: Int64) {
        rawValue = UInt32(clamping: seconds / TimeSlot.length)
    }

    /// When the slot begins, in seconds since 1970.
    package var start: Int64 { Int64(rawValue) * TimeSlot.length }

    package static func < (left: TimeSlot, right: TimeSlot) -> Bool { left.rawValue < right.rawValue }
}

extension TimeSlot: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { rawValue.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try UInt32(from: &decoder)
    }
}
