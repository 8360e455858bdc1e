extension Tile: CustomStringConvertible {
    /// Where the file is, below the log's folder or address: `tile/0/x001/x234/067`, `tile/1/000.p/17` or
    /// `tile/entries/000`.
    package var path: String {
        var digits = String(index)
        digits = String(repeating: "0", count: (3 - digits.count % 3) % 3) + digits
        var text = "tile/"
        switch kind {
        case .hashes(let level): text += String(level)
        case .entries: text += "entries"
        }
        var rest = digits[...]
        while rest.count > 3 {
            text += "/x" + rest.prefix(3)
            rest = rest.dropFirst(3)
        }
        text += "/" + rest
        return isPartial ? text + ".p/" + String(width) : text
    }

    /// Reads a path strictly: `nil` for every text that ``path`` would not have written, such as one with
    /// needless zeros, a group without its `x`, a level above 63, or a width of 0 or 256.
    package init?(path: String) {
        var parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)[...]
        guard parts.popFirst()?.elementsEqual("tile".utf8) == true, let kind = parts.popFirst() else {
            return nil
        }
        var width = UInt64(Tile.fullWidth)
        if parts.count >= 2, let number = parts.last,
            parts[parts.endIndex - 2].suffix(2).elementsEqual(".p".utf8)
        {
            guard let partial = Tile.number(number), (1..<width).contains(partial) else { return nil }
            width = partial
            parts.removeLast()
            parts[parts.endIndex - 1] = parts[parts.endIndex - 1].dropLast(2)
        }
        guard let index = Tile.index(parts) else { return nil }
        if kind.elementsEqual("entries".utf8) {
            self.init(.entries, index: index, width: Int(width))
        } else {
            guard let level = Tile.number(kind), level <= 63 else { return nil }
            self.init(.hashes(level: Int(level)), index: index, width: Int(width))
        }
        // What was read loosely above, such as superfluous zeros, comes out differently.
        guard self.path.utf8.elementsEqual(path.utf8) else { return nil }
    }

    /// The ``path``, as messages show it.
    package var description: String { path }

    /// The number in groups of three digits, all but the last behind an `x`.
    private static func index(_ groups: ArraySlice<Substring.UTF8View>) -> UInt64? {
        var digits: [UInt8] = []
        for (place, group) in groups.enumerated() {
            if place == groups.count - 1 {
                digits += group
            } else {
                guard group.first == UInt8(ascii: "x") else { return nil }
                digits += group.dropFirst()
            }
        }
        return number(digits)
    }

    /// A decimal number of ASCII digits; `nil` for anything else and above `UInt64`.
    private static func number(_ digits: some Collection<UInt8>) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var number: UInt64 = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tens, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !overflow, !carry else { return nil }
            number = sum
        }
        return number
    }
}
