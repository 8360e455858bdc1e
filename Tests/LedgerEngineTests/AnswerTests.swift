import CBOR
import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting
import Testing

@Suite("What a key is answered, and when there is no answer")
struct AnswerTests {
    @Test("Inside one group a key is decided once", arguments: Engine.allCases)
    func onceInsideOneGroup(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let requests = [Requests.yuan(key: 7), Requests.yuan(key: 7), Requests.yuan(key: 7, fen: 200)]
        let replies = await machine.submit(Requests.opening() + requests, to: zhucheng, lane: .till)
        #expect(replies[2].isNewlyAccepted)
        #expect(replies[2].number == 2)
        #expect(replies[3].number == 2)
        #expect(try replies[3].get().isReplay)
        #expect(replies[4].fault == .keyReused(event: 2))
        #expect(try machine.read(zhucheng) { $0.size } == 3)
        machine.stop()
    }

    @Test("A key is answered the same after a restart, accepted or refused", arguments: Engine.allCases)
    func afterARestart(engine: Engine) async throws {
        let books = try Books(engine)
        let refused = Requests.request(Appropriate.with { $0.fund = FundID(9) }, key: 8)
        let machine = try books.machine(keepingSnapshots: true)
        _ = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        let first = await machine.submit([Requests.yuan(key: 7), refused], to: zhucheng, lane: .office)
        machine.stop()

        for keepingSnapshots in [true, false] {
            let again = try books.machine(keepingSnapshots: keepingSnapshots)
            let replies = await again.submit(
                [
                    Requests.yuan(key: 7, after: Instant.hour), refused, Requests.yuan(key: 7, fen: 101),
                    Requests.yuan(key: 8),
                ], to: zhucheng, lane: .till)
            for (reply, earlier) in zip(replies, first) {
                let (answer, original) = (try reply.get(), try earlier.get())
                #expect(answer.isReplay)
                #expect(answer.number == original.number)
                #expect(answer.event == original.event)
            }
            #expect(try replies[1].get().refusal == .amountOutOfRange)
            #expect(replies[2].fault == .keyReused(event: 2))
            #expect(replies[3].fault == .keyReused(event: 3))
            #expect(try again.read(zhucheng) { $0.size } == 4)
            again.stop()
        }
    }

    @Test("That a batch is sold out is told and not recorded", arguments: Engine.allCases)
    func soldOut(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let opened = await machine.submit(Requests.drop(quota: 2), to: zhucheng, lane: .office)
        #expect(opened.areNewlyAccepted)
        let size = try machine.read(zhucheng) { $0.size }
        let claims = await machine.submit(
            (1...4).map { Requests.claim(by: $0, key: $0) }, to: zhucheng, lane: .claim)
        #expect(Array(claims[..<2]).areNewlyAccepted)
        #expect(
            claims[2...].map(\.fault) == [
                .refusedUnrecorded(.batchSoldOut), .refusedUnrecorded(.batchSoldOut),
            ])
        #expect(try machine.read(zhucheng) { $0.size } == size + 2)

        // Before what it would be told now, a claim with a used key is told what it was told then.
        let again = await machine.submit(
            [Requests.claim(by: 1, key: 1), Requests.claim(by: 9, key: 1)], to: zhucheng, lane: .claim)
        #expect(try again[0].get().isReplay)
        #expect(again[1].fault == .keyReused(event: size))

        // A voucher is handed back, and the key that was told "sold out" is free.
        let handBack = Requests.request(
            HandBack.with { ($0.voucher, $0.pseudonym) = (VoucherID(1), Pseudonym(1)) }, key: 10)
        let after = await machine.submit(
            [handBack, Requests.claim(by: 3, key: 3)], to: zhucheng, lane: .claim)
        #expect(after.areNewlyAccepted)
        machine.stop()
    }

    @Test("Keys that share their first 64 bits are told apart", arguments: Engine.allCases)
    func sharedDigests(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let requests = (0..<20).map { index in
            var request = Requests.yuan(key: 1, fen: 100 + Int64(index))
            request.key = Digest128(high: 42, low: UInt64(index))
            return request
        }
        _ = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        let first = await machine.submit(requests, to: zhucheng, lane: .till)
        #expect(first.areNewlyAccepted)
        let second = await machine.submit(requests.reversed(), to: zhucheng, lane: .till)
        #expect(second.reversed().map(\.number) == first.map(\.number))
        machine.stop()
    }

    @Test("A clock more than five seconds behind the last event gets no decision", arguments: Engine.allCases)
    func clockBehind(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        _ = await machine.submit(Requests.opening(practice: false), to: zhucheng, lane: .office)
        let last = Requests.dawn.adding(10 * Instant.second)
        _ = await machine.submit(
            [Requests.yuan(key: 1, after: 10 * Instant.second)], to: zhucheng, lane: .till)
        let replies = await machine.submit(
            [
                Requests.yuan(key: 2, after: 5 * Instant.second - 1),
                Requests.yuan(key: 3, after: 5 * Instant.second),
                Requests.yuan(key: 1),
            ], to: zhucheng, lane: .till)
        #expect(replies[0].fault == .clockBehind(last: last))
        #expect(replies[1].isNewlyAccepted)
        #expect(try replies[1].get().event.instant == last, "an event is never before its predecessor")
        #expect(try replies[2].get().isReplay, "a key that was answered is answered, whatever the clock")
        let later = await machine.submit(
            [Requests.yuan(key: 2, after: 10 * Instant.second)], to: zhucheng, lane: .till)
        #expect(later.first?.isNewlyAccepted == true, "the fault did not bind the key")
        machine.stop()
    }

    @Test("A practice ledger takes a clock that runs back", arguments: Engine.allCases)
    func practiceClock(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let requests = [Requests.yuan(key: 1, after: Instant.day), Requests.yuan(key: 2)]
        let replies = await machine.submit(Requests.opening() + requests, to: zhucheng, lane: .till)
        #expect(replies.areNewlyAccepted)
        machine.stop()
    }

    @Test("A command too large for one event is told so, and its key stays free", arguments: Engine.allCases)
    func tooLarge(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let replies = await machine.submit(
            Requests.opening() + [Requests.tooLarge(key: 5), Requests.yuan(key: 6)], to: zhucheng,
            lane: .office)
        #expect(replies[2].fault == .eventTooLarge)
        #expect(replies[3].isNewlyAccepted, "the rest of its group is decided")
        #expect(replies[3].number == 2)
        let small = await machine.submit([Requests.yuan(key: 5)], to: zhucheng, lane: .office)
        #expect(small.first?.isNewlyAccepted == true)
        machine.stop()
    }

    @Test("A log with an event of a later format stops with its number", arguments: Engine.allCases)
    func newerEvent(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let replies = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        machine.stop()
        var bytes = try #require(try replies.last?.get()).event.cborBytes
        // A map's first pair is key 0 and the version.
        #expect(Array(bytes[1...2]) == [0, 1])
        bytes[2] = 2
        let future = bytes
        try books.log().append(to: zhucheng) { _, _ in [future] }
        let again = try books.machine()
        let after = await again.submit([Requests.yuan(key: 1)], to: zhucheng, lane: .till)
        #expect(after.first?.fault == .newerEvent(event: 2, version: 2))
        #expect(throws: EngineFault.newerEvent(event: 2, version: 2)) { try again.settle(zhucheng) }
        again.stop()
        #expect(try books.log().head(of: zhucheng).size == 3, "nothing was appended behind it")
    }

    @Test(
        "A log with an event that cannot be read, or does not follow, stops with its number",
        arguments: Engine.allCases)
    func corruptEvent(engine: Engine) async throws {
        for repeated in [true, false] {
            let books = try Books(engine)
            let machine = try books.machine()
            _ = await machine.submit(
                Requests.opening() + [Requests.yuan(key: 1)], to: zhucheng, lane: .office)
            machine.stop()
            let log = try books.log()
            let last = try #require(try log.events(of: zhucheng, from: 2, limit: 1).first)
            // The same event again states balances that are not those after it; half an event is none.
            let bytes = repeated ? last : Array(last.prefix(last.count / 2))
            try log.append(to: zhucheng) { _, _ in [bytes] }
            let again = try books.machine()
            let after = await again.submit([Requests.yuan(key: 2)], to: zhucheng, lane: .till)
            guard case .corruptLog(3, _) = after.first?.fault else {
                Issue.record("\(String(describing: after.first))")
                continue
            }
            again.stop()
            #expect(try books.log().head(of: zhucheng).size == 4, "nothing was appended behind it")
        }
    }
}
