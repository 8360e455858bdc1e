import CBOR
import Cryptography
import Foundation
import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting

/// The whole machine on one thread: processes that crash, a log that fails, clients who insist, a clock.
///
/// The seed decides everything; see DESIGN §5.
final class Simulation {
    let seed: UInt64
    let ledger = LedgerCode(370_782)
    /// The truth, without faults.
    let log = MemoryEventLog()
    let readModel = MemoryReadModel()
    let shared: InterleavedEventLog
    var processes: [SimulatedProcess] = []
    /// What each client waits for.
    var waiting: [Errand?] = Array(repeating: nil, count: 6)
    /// Every errand so far, in order.
    var errands: [Errand] = []
    var acknowledged: [Digest128: Acknowledgement] = [:]
    var statistics = SimulationStatistics()
    var random: SeededGenerator
    var step = 0
    /// Follows the log and decides every event again.
    var auditor: Replica
    /// The numbers of the log's events by their keys.
    var numbers: [Digest128: UInt64] = [:]

    private var generator: CommandGenerator
    /// Where the generator aims; follows the log.
    private var model = ReferenceModel()
    private var modelled: UInt64 = 0
    private var clock = Instant(microseconds: 0)
    private var isCalm = false
    /// What went wrong while others had a turn.
    var failure: (any Error)?

    init(seed: UInt64, folder: URL) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        generator = CommandGenerator(seed: seed &* 31 &+ 7)
        shared = InterleavedEventLog(log)
        auditor = Replica(ledger)
        guard let key = SecretKey(bytes: Array(repeating: 7, count: 32)) else { throw fail("no key") }
        let authenticator = MessageAuthenticator(key: key)
        for index in 0..<3 {
            let faulty = FaultyEventLog(
                shared, seed: seed &+ UInt64(index) &* 1_000_003, rates: .all(number(0...40)))
            let url = folder.appendingPathComponent("\(index).snapshot")
            processes.append(
                SimulatedProcess(
                    log: faulty, snapshot: SnapshotFile(url, authenticator), snapshotURL: url,
                    signer: LogSigner(ledger, key: key)))
            processes[index].committer = GroupCommit(processes[index].files(), log: faulty)
            processes[index].skew = Int64(number(-8...8)) * Instant.second
        }
        shared.interlude = { [unowned self] in letOthersGo() }
    }

    /// Runs so many steps in bad weather, then calms down, answers everybody and checks every promise.
    func run(steps: Int) throws {
        for _ in 0..<steps {
            try take()
            if step.isMultiple(of: 250) { try check() }
        }
        try calmDown()
        try check()
        try replayAfresh()
        for process in processes {
            statistics.faults.merge(process.log.injected, uniquingKeysWith: +)
        }
    }

    func fail(_ what: String) -> SimulationFailure { SimulationFailure(seed: seed, step: step, what: what) }

    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// True this often in a hundred.
    func chance(_ perCent: Int) -> Bool { number(0...99) < perCent }

    private func take() throws {
        step += 1
        let process = number(0...processes.count - 1)
        switch number(0...99) {
        case 0..<45: try act(number(0...waiting.count - 1))
        case 45..<82: try work(process, dying: chance(4))
        case 82..<85: restart(process)
        case 85..<87: try keepState(of: process)
        case 87..<89: try look(at: process)
        default: try project()
        }
        if let failure { throw failure }
    }

    /// Another process works, reads or dies while one is about to lock the log.
    private func letOthersGo() {
        guard !isCalm, failure == nil, chance(25) else { return }
        let others = processes.indices.filter { processes[$0].committer != nil }
        guard let other = others.randomElement(using: &random) else { return }
        statistics.count(.turnInBetween)
        do {
            if chance(85) { try work(other, dying: chance(4)) } else { try look(at: other) }
        } catch {
            failure = error
        }
    }

    /// Ends every fault and answers everybody who waits.
    private func calmDown() throws {
        isCalm = true
        for index in processes.indices {
            processes[index].log.isCalm = true
            processes[index].skew = 0
        }
        clock = max(clock, auditor.state.lastInstant).adding(60 * Instant.second)
        var rounds = 0
        while waiting.contains(where: { $0 != nil }) || processes.contains(where: { !$0.inbox.isEmpty }) {
            rounds += 1
            guard rounds < 1_000 else { throw fail("somebody waits for ever: \(waiting)") }
            for client in waiting.indices where waiting[client] != nil {
                send(from: client, to: rounds % processes.count)
            }
            for process in processes.indices { try work(process, dying: false) }
        }
    }
}

// What clients do.
extension Simulation {
    /// A client asks for something new, or loses patience and asks again.
    private func act(_ client: Int) throws {
        if waiting[client] == nil {
            let errand = try nextErrand()
            waiting[client] = errand
            errands.append(errand)
        } else {
            statistics.count(.retry)
        }
        send(from: client, to: number(0...processes.count - 1))
    }

    private func send(from client: Int, to process: Int) {
        guard var errand = waiting[client] else { return }
        // The first attempt has the generator's clock, which likes boundaries; later ones are later.
        clock = max(clock, errand.clock)
        let now = errand.attempts == 0 ? errand.clock : clock
        errand.attempts += 1
        waiting[client] = errand
        let request = CommandRequest(
            errand.command, by: errand.principal, key: errand.key, payload: errand.payload,
            at: now.adding(processes[process].skew))
        processes[process].inbox.append(Parcel(client: client, errand: errand, request: request))
    }

    /// Something new, something already asked, or something else under a key already used.
    private func nextErrand() throws -> Errand {
        let earlier = errands.randomElement(using: &random)
        if var earlier, chance(6) {
            earlier.clock = max(earlier.clock, clock)
            return earlier
        }
        try follow()
        let given = generator.next(model)
        var errand = Errand(
            command: given.command, principal: given.principal, key: freshKey(),
            payload: digest(of: given.command), clock: given.clock)
        if let earlier, chance(6) {
            (errand.key, errand.principal) = (earlier.key, earlier.principal)
        }
        return errand
    }

    /// A key nobody has used; now and then its first 64 bits are another's.
    private func freshKey() -> Digest128 {
        if chance(5) {
            statistics.count(.sharedDigest)
            return Digest128(high: UInt64(number(0...2)), low: UInt64(errands.count))
        }
        return Digest128(high: random.next(), low: UInt64(errands.count))
    }

    private func digest(of command: any LedgerDomain.Operation) -> Digest128 {
        var high: UInt64 = 0xcbf2_9ce4_8422_2325
        var low: UInt64 = 0x6c62_272e_07bb_0142
        for byte in command.payloadBytes {
            high = (high ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
            low = (low &+ UInt64(byte)) &* 0x9e37_79b9_7f4a_7c15
        }
        return Digest128(high: high, low: low)
    }

    /// Lets the generator's aim follow the log.
    private func follow() throws {
        for bytes in try log.events(of: ledger, from: modelled, limit: .max) {
            let event = try Event.decoded(bytes, number: modelled)
            _ = model.reply(to: event.record.command, at: event.instant, by: event.principal)
            modelled += 1
        }
    }
}
