import LedgerDomain
import LedgerEngine
import LedgerStorage
import Testing

@Suite("The running machine")
struct MachineTests {
    @Test("What waits is decided lane by lane: till, then claim, then office", arguments: Engine.allCases)
    func lanes(engine: Engine) throws {
        let books = try Books(engine)
        let log = ObservedEventLog(try books.log())
        let machine = try books.machine(log)
        let box = ReplyBox()
        machine.submit(Requests.opening(), to: zhucheng, lane: .office, reply: box.take)
        #expect(box.wait(for: 2).count == 2)

        log.close()
        machine.submit([Requests.yuan(key: 0)], to: zhucheng, lane: .office, reply: box.take)
        try #require(log.waitUntilHeld())
        for (lane, keys) in [(Lane.office, 30...32), (.claim, 20...22), (.till, 10...12)] {
            for key in keys {
                machine.submit([Requests.yuan(key: UInt64(key))], to: zhucheng, lane: lane, reply: box.take)
            }
        }
        #expect(box.now.count == 2)
        log.open()
        #expect(box.wait(for: 12).areNewlyAccepted)
        machine.stop()

        let expected = [0, 10, 11, 12, 20, 21, 22, 30, 31, 32].map { Requests.yuan(key: $0).key }
        #expect(try Array(storedKeys(try books.log()).dropFirst(2)) == expected)
    }

    @Test("A full lane says busy at once, and the other lanes go on", arguments: Engine.allCases)
    func fullLane(engine: Engine) throws {
        let books = try Books(engine)
        let log = ObservedEventLog(try books.log())
        let machine = try books.machine(log)
        let box = ReplyBox()
        machine.submit(Requests.opening(), to: zhucheng, lane: .office, reply: box.take)
        #expect(box.wait(for: 2).count == 2)

        log.close()
        machine.submit([Requests.yuan(key: 0)], to: zhucheng, lane: .office, reply: box.take)
        try #require(log.waitUntilHeld())
        var key: UInt64 = 1
        let refused = ReplyBox()
        while refused.now.isEmpty, key <= 100_000 {
            let isLast = key > 4_096
            machine.submit(
                [Requests.yuan(key: key)], to: zhucheng, lane: .office,
                reply: isLast ? refused.take : box.take)
            key += 1
        }
        #expect(refused.now.first?.fault == .busy, "the office lane takes 4096 submissions")
        #expect(key == 4_098)
        machine.submit([Requests.yuan(key: key)], to: zhucheng, lane: .till, reply: box.take)
        #expect(box.now.count == 2, "the till's lane has room")
        log.open()
        let replies = box.wait(for: 2 + 1 + 4_096 + 1)
        #expect(replies.count == 4_100)
        #expect(replies.areNewlyAccepted)
        machine.stop()
        let again = try books.machine()
        #expect(try again.read(zhucheng) { $0.size } == 4_100, "what was told busy is not in the log")
        again.stop()
    }

    @Test("Stopping answers everything accepted; what comes later is told so", arguments: Engine.allCases)
    func stopping(engine: Engine) throws {
        let books = try Books(engine)
        let log = ObservedEventLog(try books.log())
        let machine = try books.machine(log)
        let box = ReplyBox()
        machine.submit(Requests.opening(), to: zhucheng, lane: .office, reply: box.take)
        #expect(box.wait(for: 2).count == 2)
        log.close()
        for key: UInt64 in 0..<3_000 {
            machine.submit([Requests.yuan(key: key)], to: zhucheng, lane: .till, reply: box.take)
        }
        #expect(box.now.count < 3_002)
        log.open()
        machine.stop()
        let replies = box.now
        #expect(replies.count == 3_002, "stop returns when everything is answered")
        #expect(replies.areNewlyAccepted)
        #expect(Set(replies.compactMap(\.number)) == Set(0..<3_002))

        let late = ReplyBox()
        machine.submit([Requests.yuan(key: 9_999)], to: zhucheng, lane: .till, reply: late.take)
        #expect(late.now.first?.fault == .stopped)
        #expect(try books.readModel().position(of: zhucheng) == 3_002, "what was answered is projected")
        #expect(try books.log().head(of: zhucheng).size == 3_002)
    }

    @Test("A submission larger than the limit is one commit; single ones share commits of about the limit")
    func groups() throws {
        let books = try Books(.memory)
        let log = ObservedEventLog(try books.log())
        let machine = try books.machine(log)
        let box = ReplyBox()
        machine.submit(Requests.opening(), to: zhucheng, lane: .office, reply: box.take)
        #expect(box.wait(for: 2).count == 2)
        machine.submit(
            (0..<2_500).map { Requests.yuan(key: $0) }, to: zhucheng, lane: .office, reply: box.take)
        #expect(box.wait(for: 2_502).areNewlyAccepted)
        #expect(log.commits.contains(2_500))

        log.close()
        for key: UInt64 in 10_000..<13_001 {
            machine.submit([Requests.yuan(key: key)], to: zhucheng, lane: .till, reply: box.take)
        }
        log.open()
        #expect(box.wait(for: 2_502 + 3_001).areNewlyAccepted)
        machine.stop()
        let shared = log.commits.drop { $0 != 2_500 }.dropFirst()
        #expect(shared.allSatisfy { $0 <= 1_024 })
        #expect(shared.reduce(0, +) == 3_001)
        #expect(shared.count <= 5, "three thousand that wait share few commits: \(shared)")
    }

    @Test("Two machines on one log are ordered by its lock and lose nothing", arguments: Engine.allCases)
    func twoMachines(engine: Engine) async throws {
        let books = try Books(engine)
        let first = try books.machine()
        let second = try books.machine()
        #expect(await first.submit(Requests.opening(), to: zhucheng, lane: .office).count == 2)
        let replies = await withTaskGroup(of: [Reply].self) { group in
            for (index, machine) in [first, second].enumerated() {
                for slice: UInt64 in 0..<40 {
                    let base = UInt64(index) * 10_000 + slice * 20
                    group.addTask {
                        await machine.submit(
                            (0..<20).map { Requests.yuan(key: base + $0) }, to: zhucheng, lane: .till)
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        #expect(replies.count == 1_600)
        #expect(replies.areNewlyAccepted)
        #expect(Set(replies.compactMap(\.number)) == Set(2..<1_602))
        try first.settle(zhucheng)
        try second.settle(zhucheng)
        let state = try first.read(zhucheng) { $0 }
        #expect(try second.read(zhucheng) { $0 } == state)
        try state.checkInvariants()
        #expect(state.funds[FundID(1)].treasury == Amount(fen: 160_000))
        #expect(try first.readModel.balances(of: .treasury, zhucheng).map(\.amount) == [Amount(fen: 160_000)])
        first.stop()
        second.stop()
    }
}
