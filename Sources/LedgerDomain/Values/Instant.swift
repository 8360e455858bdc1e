package import CBOR

/// A point in time in microseconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct Instant: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var microseconds: Int64

    package init(microseconds: Int64) { self.microseconds = microseconds }

    package static let second: Int64 = 1_000_000
    package static let minute = 60 * second
    package static let hour = 60 * minute
    package static let day = 24 * hour
    /// Asia/Shanghai is eight hours ahead of UTC, without summer time since 1992.
    package static let shanghaiOffset = 8 * hour

    /// The years 0000 to 9999 of a Shanghai clock: what ``text`` can print, and what is read from text or CBOR.
    /// Ten years more or less, the longest time that anything is added to it, are far from overflowing.
    package static let readable =
        BusinessDay(days: -719_528).start...BusinessDay(days: 2_932_897).start.adding(-1)

    package static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    package func adding(_ microseconds: Int64) -> Instant {
        Instant(microseconds: self.microseconds + microseconds)
    }

    /// Minutes since midnight on a Shanghai clock, 0…1439.
    package var minuteOfDay: Int {
        let local = microseconds + Instant.shanghaiOffset
        return Int((local - local.floored(to: Instant.day)) / Instant.minute)
    }

    /// The calendar day in Asia/Shanghai.
    package var calendarDay: BusinessDay {
        BusinessDay(days: Int32((microseconds + Instant.shanghaiOffset).floorDivided(by: Instant.day)))
    }

    /// The business day: the Shanghai date of (instant − cut-off) (DESIGN §3).
    package func businessDay(cutOff: Int64) -> BusinessDay {
        adding(-cutOff).calendarDay
    }
}

extension Int64 {
    /// The quotient rounded towards negative infinity; `divisor` is positive.
    func floorDivided(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }

    /// The largest multiple of `unit` not above this number.
    func floored(to unit: Int64) -> Int64 { floorDivided(by: unit) * unit }
}

extension Instant: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { microseconds.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        microseconds = try Int64(from: &decoder)
        guard Instant.readable.contains(self) else { throw mismatch }
    }
}

extension Instant: Codable {
    package init(from decoder: any Decoder) throws {
        microseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microseconds)
    }
}
