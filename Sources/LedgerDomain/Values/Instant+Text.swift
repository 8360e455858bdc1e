extension Instant {
    /// RFC 3339 in Shanghai time, to the second or, where there is a fraction, the microsecond:
    /// `2018-06-01T10:00:00+08:00`.
    package var text: String {
        let day = calendarDay
        let local = microseconds + Instant.shanghaiOffset
        let rest = local - local.floored(to: Instant.day)
        let seconds = rest / Instant.second
        let fraction = rest % Instant.second
        let time = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, to: 2) }
        let decimals = fraction == 0 ? "" : "." + padded(fraction, to: 6)
        return "\(day.text)T\(time.joined(separator: ":"))\(decimals)+08:00"
    }

    /// Reads RFC 3339 with an offset, such as `2018-06-01T10:00:00+08:00` or `…T02:00:00.5Z`; `nil` also where
    /// the offset leads out of the years 0000 to 9999 in Shanghai.
    package init?(text: String) {
        let characters = Array(text.utf8)
        guard characters.count >= 20, characters[10] == UInt8(ascii: "T"),
            let day = BusinessDay(text: String(text.prefix(10)))
        else { return nil }
        func number(_ from: Int, below bound: Int64) -> Int64? {
            guard from + 2 <= characters.count else { return nil }
            let tens = Int64(characters[from]) - 0x30
            let ones = Int64(characters[from + 1]) - 0x30
            guard (0...9).contains(tens), (0...9).contains(ones), tens * 10 + ones < bound else { return nil }
            return tens * 10 + ones
        }
        let colon = UInt8(ascii: ":")
        guard let hour = number(11, below: 24), characters[13] == colon,
            let minute = number(14, below: 60), characters[16] == colon,
            let second = number(17, below: 60)
        else { return nil }
        var place = 19
        var fraction: Int64 = 0
        if characters[place] == UInt8(ascii: ".") {
            var unit = Instant.second / 10
            place += 1
            let start = place
            while place < characters.count, (0x30...0x39).contains(characters[place]) {
                fraction += unit * (Int64(characters[place]) - 0x30)
                unit /= 10
                place += 1
            }
            guard place > start, place - start <= 6, place < characters.count else { return nil }
        }
        var offset: Int64 = 0
        if characters[place] == UInt8(ascii: "Z") {
            guard place + 1 == characters.count else { return nil }
        } else {
            let sign = characters[place]
            guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), place + 6 == characters.count,
                let hours = number(place + 1, below: 24), characters[place + 3] == colon,
                let minutes = number(place + 4, below: 60)
            else { return nil }
            offset = (hours * 60 + minutes) * Instant.minute * (sign == UInt8(ascii: "-") ? -1 : 1)
        }
        let clock = ((hour * 60 + minute) * 60 + second) * Instant.second + fraction
        self.init(microseconds: Int64(day.days) * Instant.day + clock - offset)
        guard Instant.readable.contains(self) else { return nil }
    }
}
