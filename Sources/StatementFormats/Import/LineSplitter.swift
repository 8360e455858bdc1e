/// Cuts bytes that come in pieces into lines; CRLF, LF and CR all end one, and a byte order mark begins none.
struct LineSplitter {
    /// The number of the line that comes next, from 1.
    private(set) var next = 1
    private var carried: [UInt8] = []
    private var endedInCR = false
    private var isFirst = true
    /// The longest line that is taken for one: beyond it the file is of another kind.
    static let limit = 1 << 20

    /// Whether a line grew beyond the limit.
    private(set) var isBroken = false

    /// Hands out the lines that end in these bytes, with their numbers.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        var start = 0
        let count = bytes.count
        if endedInCR, count > 0 {
            endedInCR = false
            if bytes[0] == 0x0A { start = 1 }
        }
        var place = start
        while place < count {
            let byte = bytes[place]
            guard byte == 0x0A || byte == 0x0D else {
                place += 1
                continue
            }
            hand(UnsafeRawBufferPointer(rebasing: bytes[start..<place]), body)
            if byte == 0x0D {
                if place + 1 == count {
                    endedInCR = true
                } else if bytes[place + 1] == 0x0A {
                    place += 1
                }
            }
            place += 1
            start = place
        }
        if start < count {
            carried.append(contentsOf: bytes[start..<count])
            if carried.count > Self.limit { isBroken = true }
        }
    }

    /// Hands out the last line, which nothing ended.
    mutating func finish(_ body: (UnsafeRawBufferPointer, Int) -> Void) {
        guard !carried.isEmpty else { return }
        hand(UnsafeRawBufferPointer(start: nil, count: 0), body)
    }

    private mutating func hand(_ rest: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, Int) -> Void)
    {
        let number = next
        next += 1
        if carried.isEmpty {
            give(rest, number, body)
        } else {
            carried.append(contentsOf: rest)
            let line = carried
            carried.removeAll(keepingCapacity: true)
            line.withUnsafeBytes { give($0, number, body) }
        }
    }

    private mutating func give(
        _ line: UnsafeRawBufferPointer, _ number: Int, _ body: (UnsafeRawBufferPointer, Int) -> Void
    ) {
        var line = line
        if isFirst {
            isFirst = false
            if line.starts(with: [0xEF, 0xBB, 0xBF]) {
                line = UnsafeRawBufferPointer(rebasing: line.dropFirst(3))
            }
        }
        body(line, number)
    }
}
