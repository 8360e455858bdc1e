import AuditLog
import LedgerTesting
import Testing

@Suite("Bundles of entries")
struct EntryBundleTests {
    @Test("Entries from nothing to the longest are written and read back", arguments: [1, 2, 255, 256])
    func roundTrip(count: Int) throws {
        let lengths = [0, 1, 255, 256, 65_535]
        let entries = (0..<count).map { [UInt8](repeating: UInt8($0 % 256), count: lengths[$0 % 5]) }
        let bundle = try EntryBundle(entries)
        #expect(bundle.bytes.count == entries.reduce(0) { $0 + 2 + $1.count })
        #expect(try EntryBundle(bytes: bundle.bytes, count: count) == bundle)
        #expect(throws: EntryBundleError.self) { try EntryBundle(bytes: bundle.bytes, count: count + 1) }
        #expect(throws: EntryBundleError.self) { try EntryBundle(bytes: bundle.bytes, count: count - 1) }
    }

    @Test("The length stands before the entry, the more significant byte first")
    func bytes() throws {
        #expect(try EntryBundle([[7, 8], [], [9]]).bytes == [0, 2, 7, 8, 0, 0, 0, 1, 9])
        #expect(try EntryBundle([[UInt8](repeating: 0, count: 258)]).bytes.prefix(2) == [1, 2])
    }

    @Test("What cannot be a bundle is not written")
    func notWritten() {
        #expect(throws: EntryBundleError.wrongCount) { try EntryBundle([]) }
        #expect(throws: EntryBundleError.wrongCount) {
            try EntryBundle([[UInt8]](repeating: [], count: 257))
        }
        #expect(throws: EntryBundleError.entryTooLong(entry: 1)) {
            try EntryBundle([[], [UInt8](repeating: 0, count: 65_536)])
        }
    }

    static let bad: [([UInt8], Int, EntryBundleError)] = [
        ([], 1, .truncated(entry: 0)), ([0], 1, .truncated(entry: 0)), ([0, 1], 1, .truncated(entry: 0)),
        ([0, 0, 0], 1, .trailingBytes(offset: 2)), ([0, 0], 2, .truncated(entry: 1)),
        ([0, 1, 5, 0], 2, .truncated(entry: 1)), ([0, 1, 5, 0, 2, 6], 2, .truncated(entry: 1)),
        ([0xff, 0xff, 1], 1, .truncated(entry: 0)), ([], 0, .wrongCount), ([0, 0], -1, .wrongCount),
        ([0, 0], 257, .wrongCount), ([0, 0], .max, .wrongCount), ([0, 0], .min, .wrongCount),
    ]

    @Test("Bytes that are not exactly the entries expected are refused, saying where", arguments: bad)
    func refused(bytes: [UInt8], count: Int, error: EntryBundleError) {
        #expect(throws: error) { try EntryBundle(bytes: bytes, count: count) }
    }

    @Test(
        "Whatever the bytes are, they are refused or written again as they were read",
        arguments: propertySeeds)
    func anyBytes(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let entries = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                (0..<Int.random(in: 0...5, using: &generator)).map { _ in
                    UInt8.random(in: 0...255, using: &generator)
                }
            }
            var bytes = try EntryBundle(entries).bytes
            for _ in 0..<Int.random(in: 0...3, using: &generator) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[place] = UInt8.random(in: 0...8, using: &generator)
                case 1: bytes.remove(at: place)
                default: bytes.insert(0, at: place)
                }
            }
            for count in 0...8 {
                guard let bundle = try? EntryBundle(bytes: bytes, count: count) else { continue }
                #expect(bundle.bytes == bytes, "seed \(seed)")
                #expect(bundle.entries.count == count, "seed \(seed)")
            }
        }
    }
}
