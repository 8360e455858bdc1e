package import CBOR

/// A calendar day in Asia/Shanghai, counted from 1970-01-01.
package struct BusinessDay: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var days: Int32

    package init(days: Int32) { self.days = days }

    package static func < (left: BusinessDay, right: BusinessDay) -> Bool { left.days < right.days }

    /// The ISO 8601 weekday: 1 is Monday, 7 is Sunday.
    package var weekday: Int {
        // 1970-01-01 was a Thursday.
        let index = (Int(days) + 3) % 7
        return (index < 0 ? index + 7 : index) + 1
    }

    /// The instant at which this day begins in Asia/Shanghai.
    package var start: Instant {
        Instant(microseconds: Int64(days) * Instant.day - Instant.shanghaiOffset)
    }

    /// The proleptic Gregorian date, by days since 0000-03-01 (Howard Hinnant, `civil_from_days`).
    package var civil: (year: Int, month: Int, day: Int) {
        let shifted = Int64(days) + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0), Int(month), Int(day))
    }

    /// The day of a Gregorian date; `nil` where there is no such date.
    package init?(year: Int, month: Int, day: Int) {
        guard (1...12).contains(month), (1...31).contains(day), (0...9999).contains(year) else { return nil }
        let shifted = Int64(month <= 2 ? year - 1 : year)
        let era = shifted.floorDivided(by: 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(days: Int32(era * 146_097 + dayOfEra - 719_468))
        guard civil == (year, month, day) else { return nil }
    }

    /// Reads `2018-06-01`.
    package init?(text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `2018-06-01`.
    package var text: String {
        let date = civil
        return "\(padded(date.year, to: 4))-\(padded(date.month, to: 2))-\(padded(date.day, to: 2))"
    }
}

extension BusinessDay: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { days.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) { days = try Int32(from: &decoder) }
}

extension BusinessDay: Codable {
    package init(from decoder: any Decoder) throws {
        days = try decoder.singleValueContainer().decode(Int32.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(days)
    }
}
