import LedgerDomain

extension Ratio {
    /// Reads a percentage as a rule file writes it: `30%` or `12.5%`, at most two decimals.
    package init(entered text: String) throws(TextFault) {
        let form = ["more than 0% and at most 100%, such as 30% or 12.5%"]
        guard text.hasSuffix("%") else {
            throw TextFault(message: "“\(text)” has no percent sign behind it", allowed: form)
        }
        let parts = text.dropLast().split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = parts.allSatisfy { part in
            !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) }
        }
        guard (1...2).contains(parts.count), isNumber, parts[0].count <= 9, let whole = Int64(parts[0]) else {
            throw TextFault(message: "“\(text)” is not a percentage", allowed: form)
        }
        let decimals = parts.count > 1 ? parts[1] : "0"
        guard decimals.count <= 2, let hundredths = Int64(decimals) else {
            throw TextFault(message: "“\(text)” has more than two decimals", allowed: form)
        }
        let ratio = Ratio(basisPoints: whole * 100 + (decimals.count == 1 ? hundredths * 10 : hundredths))
        guard ratio > .zero, ratio <= .whole else {
            throw TextFault(message: "“\(text)” is out of range", allowed: form)
        }
        self = ratio
    }
}

extension DailyHours {
    /// Reads hours of a day: `08:00-22:00`; `24:00` ends a day, and `22:00-02:00` goes over midnight.
    init(entered text: String) throws(TextFault) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map(DailyHours.minute)
        guard ends.count == 2, let from = ends[0], let to = ends[1], from < 1440, from != to else {
            throw TextFault(message: "“\(text)” are not hours of a day", allowed: ["08:00-22:00"])
        }
        self.init(from: from, to: to)
    }

    private static func minute(_ text: Substring) -> UInt16? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let hour = UInt16(parts[0]), let minute = UInt16(parts[1]), minute < 60,
            hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}

/// A length of time as a rule file writes it, in microseconds.
struct Validity: Hashable {
    let microseconds: Int64

    /// Reads `30m`, `48h` or `15d`.
    init(entered text: String) throws(TextFault) {
        let units: [Character: Int64] = ["m": Instant.minute, "h": Instant.hour, "d": Instant.day]
        let number = text.dropLast()
        guard let unit = text.last.flatMap({ units[$0] }), (1...7).contains(number.utf8.count),
            number.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(number), count > 0
        else {
            throw TextFault(message: "“\(text)” is not a length of time", allowed: ["30m", "48h", "15d"])
        }
        microseconds = count * unit
    }
}

/// A count of at least one, as a rule file writes it.
struct Count {
    let value: UInt32

    init(entered text: String) throws(TextFault) {
        guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let value = UInt32(text), value > 0 else {
            throw TextFault(message: "“\(text)” is not a count", allowed: ["a whole number of at least 1"])
        }
        self.value = value
    }
}
