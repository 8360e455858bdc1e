import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("Cancelling, uploading and being answered")
struct TillUploadTests {
    private let sample: SampleTill
    private let now = SampleTill.now
    private let later = Sentence("额度暂时不足", "Not now.")

    init() throws { sample = try SampleTill() }

    /// A till with so many sales, of one credential each, with orders …
    private func till(sales: Int) throws -> Till {
        let till = try sample.enrol()
        for number in 0..<sales {
            try till.sell(
                try sample.shown(credential: UInt64(100 + number)), order: "A-\(number + 1)")
        }
        return till
    }

    private func paid(_ sequence: UInt32, attempt: UInt32 = 0, event: UInt64 = 9) -> TillAnswer {
        TillAnswer(
            sequence: sequence, attempt: attempt, outcome: .paid(subsidy: Amount(fen: 3_000), event: event))
    }

    private func refused(_ sequence: UInt32, attempt: UInt32 = 0, canRetry: Bool) -> TillAnswer {
        TillAnswer(
            sequence: sequence, attempt: attempt,
            outcome: .refused(code: "limit", sentence: later, canRetry: canRetry))
    }

    @Test("a sale that was not handed out is cancelled: it is uploaded no more, and its money is free")
    func cancel() throws {
        let till = try sample.enrol()
        let sale = try till.sell(try sample.shown(cap: 3_000, amount: 3_000))
        #expect(throws: TillRefusal.capSpent) {
            try till.sell(try sample.shown(cap: 3_000, counter: 2, amount: 3_000), order: "A-2")
        }
        #expect(try till.cancel(order: "A-1", now: now) == sale)
        #expect(try till.cancel(order: "A-1", now: now) == sale)
        #expect(till.pending.isEmpty)
        #expect(till.standing(ofOrder: "A-1") == .cancelled)
        #expect(try till.batch(now: now).sales.isEmpty)
        let second = try sample.shown(cap: 3_000, counter: 2, amount: 3_000)
        #expect(try till.sell(second, order: "A-2").subsidy == Amount(fen: 3_000))
        #expect(throws: TillCancelRefusal.unknownOrder) { try till.cancel(order: "A-9", now: now) }
    }

    @Test("what was handed out cannot be cancelled, also after the till was opened again")
    func sent() throws {
        do {
            let till = try till(sales: 1)
            #expect(try till.batch(now: now).sales.count == 1)
            #expect(throws: TillCancelRefusal.sent) { try till.cancel(order: "A-1", now: now) }
        }
        let till = try Till(opening: sample.path)
        #expect(throws: TillCancelRefusal.sent) { try till.cancel(order: "A-1", now: now) }
        try till.record([paid(1)])
        #expect(throws: TillCancelRefusal.sent) { try till.cancel(order: "A-1", now: now) }
    }

    @Test("a batch has what waits, in order, with where it is from, and is the same until it is answered")
    func batch() throws {
        let till = try till(sales: 3)
        try till.cancel(order: "A-2", now: now)
        let batch = try till.batch(now: now)
        #expect(batch.ledger == LedgerCode(SampleTill.ledger))
        #expect(batch.outlet == SampleTill.outlet)
        #expect(batch.terminal == 3)
        #expect(batch.sales.map(\.sequence) == [1, 3])
        #expect(batch.sales.map(\.order) == ["A-1", "A-3"])
        #expect(batch.sales[1].shown.credential.claims.id == TokenID(102))
        #expect(batch.sales[0].subsidy == Amount(fen: 3_000))
        #expect(batch.sales[0].occurredAt == now)
        let length = try sample.folder.bytes("till/journal").count
        #expect(try till.batch(now: now) == batch)
        #expect(try sample.folder.bytes("till/journal").count == length)
    }

    @Test("answers end a sale, and are remembered")
    func answers() throws {
        do {
            let till = try till(sales: 4)
            _ = try till.batch(now: now)
            let absorbed = TillAnswer(
                sequence: 2, attempt: 0, outcome: .absorbed(subsidy: Amount(fen: 2_000), event: 8))
            try till.record([paid(1), absorbed, refused(3, canRetry: false)])
            #expect(till.pending.map(\.sequence) == [4])
        }
        let till = try Till(opening: sample.path)
        #expect(till.pending.map(\.sequence) == [4])
        #expect(till.standing(ofOrder: "A-1") == .paid(subsidy: Amount(fen: 3_000), event: 9))
        #expect(till.standing(ofOrder: "A-2") == .absorbed(subsidy: Amount(fen: 2_000), event: 8))
        #expect(till.standing(ofOrder: "A-3") == .refused(code: "limit", sentence: later))
        let status = till.status(now: now)
        #expect([status.made.count, status.paid.count, status.absorbed.count] == [4, 1, 1])
        #expect([status.refused.count, status.waiting.count, status.sent.count] == [1, 1, 1])
        #expect(status.made.subsidy == Amount(fen: 12_000))
        #expect(status.credited == Amount(fen: 5_000))
        #expect(status.last?.sequence == 4)
        #expect([status.packAge, status.keyListAge, status.revocationListAge] == [300, 7_200, 600])
        #expect(status.tornBytes == 0)
    }

    @Test("an answer twice is harmless, also worded anew; another answer to the same attempt is refused")
    func twice() throws {
        let till = try till(sales: 2)
        _ = try till.batch(now: now)
        try till.record([paid(1), paid(1), refused(2, canRetry: true)])
        let length = try sample.folder.bytes("till/journal").count
        let reworded = TillAnswer(
            sequence: 2, attempt: 0,
            outcome: .refused(code: "limit", sentence: Sentence("别", "Other."), canRetry: true))
        try till.record([paid(1), reworded])
        try till.record([])
        #expect(try sample.folder.bytes("till/journal").count == length)
        for answer in [paid(1, event: 10), refused(1, canRetry: true), paid(2)] {
            #expect(throws: TillRecordRefusal.contradiction(answer.sequence)) { try till.record([answer]) }
        }
    }

    @Test("an answer to what was not handed out is refused, and with it all that came along")
    func unknown() throws {
        let till = try till(sales: 3)
        #expect(throws: TillRecordRefusal.unknownSale(1)) { try till.record([paid(1)]) }
        _ = try till.batch(now: now)
        for answer in [paid(0), paid(4), paid(.max), paid(1, attempt: 1)] {
            #expect(throws: TillRecordRefusal.unknownSale(answer.sequence)) {
                try till.record([paid(2), answer])
            }
        }
        #expect(throws: TillRecordRefusal.contradiction(2)) { try till.record([paid(2), paid(2, event: 1)]) }
        let long = Sentence(String(repeating: "x", count: TillAnswer.textLimit + 1), "")
        let answer = TillAnswer(
            sequence: 2, attempt: 0, outcome: .refused(code: "", sentence: long, canRetry: true))
        #expect(throws: TillRecordRefusal.tooLong(2)) { try till.record([answer]) }
        #expect(till.pending.count == 3)
    }

    @Test("a refused sale that can be tried again has the next attempt and another key, or is cancelled")
    func attempts() throws {
        let till = try till(sales: 1)
        let first = try till.batch(now: now)
        try till.record([refused(1, canRetry: true)])
        #expect(till.standing(ofOrder: "A-1") == .waiting(attempt: 1, isSent: false))
        let second = try till.batch(now: now)
        #expect(second.sales[0].attempt == 1)
        #expect(second.sales[0].shown == first.sales[0].shown)
        #expect(second.sales[0].idempotencyKey != first.sales[0].idempotencyKey)
        #expect(second.sales[0].idempotencyKey.dropLast() == first.sales[0].idempotencyKey.dropLast())
        try till.record([refused(1, canRetry: true)])
        #expect(throws: TillCancelRefusal.sent) { try till.cancel(order: "A-1", now: now) }
        try till.record([refused(1, attempt: 1, canRetry: true)])
        try till.cancel(order: "A-1", now: now)
        #expect(till.pending.isEmpty)
    }

    @Test("a refusal that may pass is tried again, however often")
    func manyAttempts() throws {
        let till = try till(sales: 1)
        for attempt in UInt32(0)..<300 {
            #expect(try till.batch(now: now).sales.map(\.attempt) == [attempt])
            try till.record([refused(1, attempt: attempt, canRetry: true)])
        }
        #expect(till.pending.count == 1)
    }
}
