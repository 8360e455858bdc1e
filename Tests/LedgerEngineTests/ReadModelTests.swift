import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting
import Testing

@Suite("The read model behind the machine")
struct ReadModelTests {
    @Test("Settling waits until the read model is true at the log's size", arguments: Engine.allCases)
    func settling(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        _ = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        for slice: UInt64 in 1...10 {
            _ = await machine.submit(
                (0..<300).map { Requests.yuan(key: slice * 1_000 + $0) }, to: zhucheng, lane: .till)
            #expect(try machine.settle(zhucheng) == 2 + slice * 300)
            #expect(try machine.readModel.position(of: zhucheng) == 2 + slice * 300)
            let held = try machine.readModel.balances(of: .fund, zhucheng).map(\.amount)
            #expect(held == [Amount(fen: Int64(slice) * 30_000)])
        }
        machine.stop()
    }

    @Test("What another process appended is projected as well", arguments: Engine.allCases)
    func othersEvents(engine: Engine) async throws {
        let books = try Books(engine)
        let idle = try books.machine()
        let busy = try books.machine()
        _ = await busy.submit(Requests.opening() + [Requests.yuan(key: 1)], to: zhucheng, lane: .office)
        #expect(try idle.settle(zhucheng) == 3)
        #expect(try idle.readModel.balances(of: .fund, zhucheng).map(\.amount) == [Amount(fen: 100)])
        busy.stop()
        idle.stop()
    }

    @Test("A read model that refuses a row stops intake until it is filled again", arguments: Engine.allCases)
    func refusedRow(engine: Engine) async throws {
        let books = try Books(engine)
        let planted = FundRow(
            id: FundID(1), level: .county, fiscalYear: 2018, matching: false, treasury: "?", document: "?",
            functionalCode: "?", economicCode: "?")
        // A row that no event wrote: fund 1's own row will find its place taken.
        #expect(try books.readModel().apply([.fund(planted)], to: zhucheng, from: 0, upTo: 0))
        let machine = try books.machine()
        let replies = await machine.submit(Requests.opening(), to: zhucheng, lane: .office)
        #expect(replies.areNewlyAccepted, "the log does not depend on the read model")
        #expect(throws: EngineFault.self) { try machine.settle(zhucheng) }
        let refused = await machine.submit([Requests.yuan(key: 1)], to: zhucheng, lane: .till)
        guard case .readModelStopped = refused.first?.fault else {
            Issue.record("\(String(describing: refused.first))")
            return
        }
        machine.stop()
        #expect(try books.log().head(of: zhucheng).size == 2)
        #expect(try books.readModel().position(of: zhucheng) == 0, "it never skips")

        try books.readModel().reset()
        let again = try books.machine()
        let later = await again.submit([Requests.yuan(key: 1)], to: zhucheng, lane: .till)
        #expect(later.first?.isNewlyAccepted == true)
        try again.settle(zhucheng)
        #expect(try again.readModel.funds(zhucheng).map(\.treasury) == ["诸城市国库"])
        again.stop()
    }

    @Test("A read model deleted under way is filled again when it is opened anew", arguments: Engine.allCases)
    func deletedUnderWay(engine: Engine) async throws {
        let books = try Books(engine)
        let requests = try Requests.season(seed: 11, count: 1_200)
        let machine = try books.machine()
        _ = await machine.submit(Array(requests[..<600]), to: zhucheng, lane: .office)
        try machine.settle(zhucheng)
        try books.deleteReadModel()
        let replies = await machine.submit(Array(requests[600...]), to: zhucheng, lane: .office)
        #expect(replies.allSatisfy { $0.number != nil }, "nobody notices")
        machine.stop()

        let again = try books.machine()
        #expect(try again.settle(zhucheng) == 1_200)
        let state = try again.read(zhucheng) { $0 }
        #expect(try again.readModel.book == state.book)
        again.stop()
    }

    @Test("A log that cannot be read does not cost the read model what it has", arguments: Engine.allCases)
    func damagedLog(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        let requests = Requests.opening() + (0..<10).map { Requests.yuan(key: $0) }
        _ = await machine.submit(requests, to: zhucheng, lane: .office)
        machine.stop()
        let before = try books.readModel().book
        let again = try books.machine(DamagedEventLog(try books.log(), from: 12))
        try books.log().append(to: zhucheng) { _, _ in [[0]] }
        let fault = #expect(throws: EngineFault.self) { try again.settle(zhucheng) }
        switch fault {
        case .storage(.corrupt), .corruptLog: break
        default: Issue.record("the log is to blame, and the fault is \(String(describing: fault))")
        }
        again.stop()
        #expect(try books.readModel().position(of: zhucheng) == 12)
        #expect(try books.readModel().book == before)
    }

    @Test("A read model ahead of the log says that an older log was put back", arguments: Engine.allCases)
    func aheadOfTheLog(engine: Engine) async throws {
        let books = try Books(engine)
        let machine = try books.machine()
        _ = await machine.submit(
            Requests.opening() + (0..<10).map { Requests.yuan(key: $0) }, to: zhucheng, lane: .office)
        machine.stop()
        // The log comes back from a backup that is older than the read model.
        let older = try Books(engine)
        let events = try books.log().events(of: zhucheng, from: 0, limit: 5)
        try older.log().append(to: zhucheng) { _, _ in LogAddition(events: events) }
        let files = LedgerFiles(zhucheng, signer: older.files().signer)
        let again = LedgerMachine(log: try older.log(), readModel: try books.readModel()) { _ in files }
        again.start()
        #expect(throws: EngineFault.logBehind(size: 5, seen: 12)) { try again.settle(zhucheng) }
        again.stop()
        #expect(try books.readModel().position(of: zhucheng) == 12)
    }
}

/// A log with a hole from some event on.
private final class DamagedEventLog: EventLog {
    private let log: any EventLog
    private let hole: UInt64

    init(_ log: any EventLog, from hole: UInt64) {
        self.log = log
        self.hole = hole
    }

    func ledgers() throws(StorageError) -> [LedgerCode] { try log.ledgers() }

    func head(of ledger: LedgerCode) throws(StorageError) -> LogHead { try log.head(of: ledger) }

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        guard from < hole else { throw .corrupt("event \(from) of \(ledger) is missing") }
        return try log.events(of: ledger, from: from, limit: min(limit, Int(hole - from)))
    }

    func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        try log.append(to: ledger, decide)
    }
}

extension ReadModel {
    /// Every account of the tests' ledger that holds something.
    var book: [BookColumn: Amount] {
        get throws {
            var book: [BookColumn: Amount] = [:]
            for kind in Account.Kind.allCases {
                for row in try accounts(kind, zhucheng) {
                    book[BookColumn(account: row.account, fund: row.fund)] = row.amount
                }
            }
            return book
        }
    }
}
