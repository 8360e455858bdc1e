import CBOR
import Cryptography
import Foundation
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("The till's journal under crashes and damage")
struct JournalTests {
    private let sample: SampleTill

    init() throws { sample = try SampleTill() }

    private var journalPath: String { sample.folder.path("till/journal") }

    private func journal() throws -> [UInt8] { try sample.folder.bytes("till/journal") }

    private func write(_ journal: [UInt8]) throws { try sample.folder.write(journal, to: "till/journal") }

    /// Makes so many sales, and returns where each frame of the journal begins and the last ends.
    private func frames(sales: Int) throws -> [Int] {
        let till = try sample.enrol()
        // The header: what it is, and the till's ID.
        var ends = [30, try journal().count]
        for number in 0..<sales {
            try till.sell(try sample.shown(credential: UInt64(100 + number)), order: "A-\(number)")
            ends.append(try journal().count)
        }
        return ends
    }

    /// Expects a fault at opening, and that the file was left as it was.
    private func expect(_ fault: TillFault, of bytes: [UInt8], _ what: @autoclosure () -> String = "") throws
    {
        try write(bytes)
        #expect(throws: fault, "\(what())") { try Till(opening: sample.path) }
        #expect(try journal() == bytes, "\(what())")
    }

    private func damage(_ frame: UInt64) -> TillFault { .journalDamaged(journalPath, frame: frame) }

    @Test("a journal is sealed: nothing in it can be read")
    func sealed() throws {
        let till = try sample.enrol()
        try till.sell(try sample.shown(), order: "ORDER-NUMBER", details: SampleTill.details())
        let bytes = try journal()
        for text in ["ORDER-NUMBER", "RECEIPT", "门店"] {
            #expect(Data(bytes).range(of: Data(text.utf8)) == nil)
        }
        #expect(Data(bytes).range(of: Data(try sample.folder.bytes("till/key"))) == nil)
    }

    @Test("a write that was cut short at any byte is cut off and reported, and nothing else is lost")
    func torn() throws {
        let ends = try frames(sales: 3)
        let whole = try journal()
        for length in ends[3]..<ends[4] {
            try write(Array(whole.prefix(length)))
            do {
                let till = try Till(opening: sample.path)
                #expect(till.pending.map(\.sequence) == [1, 2])
                #expect(till.status(now: SampleTill.now).tornBytes == length - ends[3])
                #expect(try journal() == Array(whole.prefix(ends[3])))
                #expect(try till.sell(try sample.shown(credential: 102), order: "A-2").sequence == 3)
            }
            let till = try Till(opening: sample.path)
            #expect(till.pending.count == 3)
            #expect(till.status(now: SampleTill.now).tornBytes == 0)
        }
        try write(whole)
        #expect(try Till(opening: sample.path).pending.count == 3)
    }

    @Test("whatever bit of a journal is changed, that is found, and the frame is named")
    func bits() throws {
        let ends = try frames(sales: 2)
        let whole = try journal()
        for place in whole.indices {
            for bit in [0, 3, 7] {
                var changed = whole
                changed[place] ^= 1 << UInt8(bit)
                let frame = ends.lastIndex { $0 <= place }
                let fault =
                    if place < 14 {
                        TillFault.journalForeign(journalPath)
                    } else {
                        // The till's ID belongs to every frame, so a changed one shows at the first.
                        damage(UInt64(frame ?? 0))
                    }
                try expect(fault, of: changed, "byte \(place), bit \(bit)")
            }
        }
        try write(whole)
        #expect(try Till(opening: sample.path).pending.count == 2)
    }

    @Test("frames that were swapped, repeated, taken out, or are another till's are found")
    func order() throws {
        let ends = try frames(sales: 4)
        let whole = try journal()
        func frame(_ number: Int) -> [UInt8] { Array(whole[ends[number]..<ends[number + 1]]) }
        func expectDamage(_ number: UInt64, _ frames: [Int]) throws {
            try expect(damage(number), of: Array(whole[..<30]) + frames.flatMap(frame), "\(frames)")
        }
        try expectDamage(1, [0, 2, 1, 3, 4])
        try expectDamage(3, [0, 1, 2, 4, 3])
        try expectDamage(2, [0, 1, 1, 2, 3, 4])
        try expectDamage(5, [0, 1, 2, 3, 4, 4])
        try expectDamage(2, [0, 1, 3, 4])
        try expectDamage(0, [1, 2, 3, 4])
        try expectDamage(1, [0, 0, 1, 2, 3, 4])
        // Another till with the same key: its frames do not fit in here.
        let other = try SampleTill()
        do {
            let till = try other.enrol()
            try till.sell(try other.shown(), order: "A-0")
        }
        let foreign = try other.folder.bytes("till/journal")
        try expect(damage(0), of: foreign)
        try expect(damage(1), of: Array(whole[..<ends[1]]) + foreign[ends[1]...])
        try expect(damage(0), of: Array(whole[..<30]) + foreign[30...])
    }

    @Test("frames of two pasts of one till do not go together")
    func forks() throws {
        let ends = try frames(sales: 1)
        let before = try journal()
        func future(_ orders: [String]) throws -> [UInt8] {
            try write(before)
            let till = try Till(opening: sample.path)
            for order in orders {
                let id = UInt64(order.utf8.reduce(0) { $0 * 31 + Int($1) })
                try till.sell(try sample.shown(credential: id, voucher: 5), order: order)
            }
            return try journal()
        }
        let (one, other) = (try future(["B-1", "B-2"]), try future(["C-1", "C-2"]))
        try #require(one.count == other.count)
        let middle = ends[2] + (one.count - ends[2]) / 2
        try expect(damage(3), of: Array(one[..<middle]) + other[middle...])
        try expect(damage(3), of: Array(other[..<middle]) + one[middle...])
        try write(one)
        #expect(try Till(opening: sample.path).pending.map(\.order) == ["A-0", "B-1", "B-2"])
    }

    @Test("a frame that opens and says what this version does not know is not taken for damage, and is kept")
    func notUnderstood() throws {
        let ends = try frames(sales: 1)
        let whole = try journal()
        let last = Array(whole[ends[1]...])
        let fault = TillFault.journalNotUnderstood(journalPath, frame: 2)
        var unknownSale = CBOREncoder()
        unknownSale.beginArray(count: 3)
        unknownSale.write(unsigned: 3)
        unknownSale.write(unsigned: 2)
        SampleTill.now.encode(to: &unknownSale)
        // An unknown kind, an entry that is cut off, and a cancellation of a sale that was never made.
        for plain: [UInt8] in [[0x82, 0x09, 0x00], [0x82], unknownSale.bytes] {
            try expect(fault, of: whole + (try frame(number: 2, after: last, in: whole, holding: plain)))
        }
        // The same cancellation of the sale that was made, put together by hand, is good.
        let place = try #require(unknownSale.bytes.firstIndex(of: 2))
        var known = unknownSale.bytes
        known[place] = 1
        try write(whole + (try frame(number: 2, after: last, in: whole, holding: known)))
        #expect(try Till(opening: sample.path).standing(ofOrder: "A-0") == .cancelled)
    }

    /// Seals a frame as the format says, without the till's own code.
    private func frame(
        number: UInt64, after last: [UInt8], in journal: [UInt8], holding plain: [UInt8]
    ) throws -> [UInt8] {
        func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: value.bigEndian, Array.init)
        }
        let key = try #require(SecretKey(bytes: try sample.folder.bytes("till/key")))
        let context = Array(journal[14..<30]) + bytes(number) + SHA256Digest.of(last)
        let sealed = try Sealer(key: key).seal(plain, context: context)
        let length = bytes(UInt32(sealed.count))
        return length + SHA256Digest.of(context + length).prefix(4) + sealed
    }

    @Test("a file without a whole first frame, or of another version, is no journal that is touched")
    func beginnings() throws {
        let ends = try frames(sales: 0)
        let whole = try journal()
        for length in 0..<30 { try expect(.journalForeign(journalPath), of: Array(whole.prefix(length))) }
        for length in 30..<ends[1] { try expectUnopened(Array(whole.prefix(length))) }
        var newer = whole
        newer[12] = UInt8(ascii: "2")
        try expect(.journalForeign(journalPath), of: newer)
    }

    private func expectUnopened(_ bytes: [UInt8]) throws {
        try write(bytes)
        #expect(throws: TillFault.self) { try Till(opening: sample.path) }
        #expect(try journal() == bytes)
    }

    @Test("a process that ends between the write and the answer has made the sale exactly once")
    func killed() throws {
        let shown = try sample.shown()
        let copy = try SampleTill()
        try sample.enrol().sell(try sample.shown(credential: 101), order: "A-1")
        // What is on disk at the moment at which the answer would be given.
        let till = try Till(opening: sample.path) { file in
            WatchedFile(file) { step in
                guard case .synchronised = step, !FileManager.default.fileExists(atPath: copy.path) else {
                    return
                }
                try? FileManager.default.copyItem(atPath: sample.path, toPath: copy.path)
            }
        }
        let answer = try till.sell(shown, order: "A-2")
        let other = try Till(opening: copy.path)
        #expect(other.pending.map(\.order) == ["A-1", "A-2"])
        #expect(try other.sell(shown, order: "A-2") == answer)
        #expect(other.pending.count == 2)
        #expect(try other.batch(now: SampleTill.now).sales.count == 2)
    }

    @Test("no answer is given before what it says is on disk")
    func synchronised() throws {
        try sample.enrol().sell(try sample.shown(), order: "A-1")
        let steps = Steps()
        let till = try Till(opening: sample.path) { file in WatchedFile(file) { steps.all.append($0) } }
        #expect(steps.all.isEmpty)
        func expectWrite(_ body: () throws -> Void) rethrows {
            steps.all = []
            try body()
            #expect(steps.all == [.written, .synchronised])
        }
        try expectWrite { try till.sell(try sample.shown(counter: 2), order: "A-2") }
        try expectWrite { try till.cancel(order: "A-2", now: SampleTill.now) }
        try expectWrite { _ = try till.batch(now: SampleTill.now) }
        try expectWrite {
            try till.record([
                TillAnswer(sequence: 1, attempt: 0, outcome: .paid(subsidy: Amount(fen: 1), event: 1))
            ])
        }
    }
}

/// What was done to a file, in order.
private final class Steps {
    var all: [WatchedFile.Step] = []
}
