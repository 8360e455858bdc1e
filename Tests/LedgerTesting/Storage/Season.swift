import CBOR
package import LedgerDomain

/// A ledger's events as the core decides them, with the state they lead to: what the storage tests store.
package struct Season: Sendable {
    package let ledger: LedgerCode
    package private(set) var events: [Event] = []
    package private(set) var state = LedgerState()
    /// The clock that commands are given at.
    var clock = StorageConformance.instant(0)

    init(_ ledger: LedgerCode) { self.ledger = ledger }

    /// A season by the book: every type of operation is accepted at least once, and thirty are refused.
    package static func scripted(_ ledger: LedgerCode) throws -> Season {
        var season = Season(ledger)
        try season.raiseFunds()
        try season.approveProgrammes()
        try season.register()
        try season.trade()
        try season.settle()
        try season.close()
        try season.goOffline()
        try season.useSeveralTimes()
        try season.drawLots()
        try season.preferSome()
        try season.payTheStage()
        try season.collectPoints()
        try season.changeTheRule()
        try season.chooseBooks()
        try season.keepTheDoor()
        try season.closeTheMonth()
        let accepted = Set(season.events.filter { $0.record.refusal == nil }.map(\.record.type))
        try demand(accepted, is: Set(OperationType.allCases), "the types of operation that were accepted")
        return season
    }

    /// A season of `count` random commands, refusals and collisions among them.
    package static func random(_ ledger: LedgerCode, seed: UInt64, count: Int) throws -> Season {
        var season = Season(ledger)
        var generator = CommandGenerator(seed: seed)
        var model = ReferenceModel()
        for _ in 0..<count {
            let given = generator.next(model)
            _ = model.reply(to: given.command, at: given.clock, by: given.principal)
            season.clock = given.clock
            try season.decide(given.command, by: given.principal)
        }
        return season
    }

    /// The events as the log stores them.
    package var bytes: [[UInt8]] { events.map(\.cborBytes) }

    /// What the read model gains from all events.
    package var changes: [ReadModelChange] { changes(0..<events.count) }

    /// What the read model gains from some events.
    package func changes(_ range: Range<Int>) -> [ReadModelChange] {
        var changes: [ReadModelChange] = []
        for number in range { events[number].project(number: UInt64(number), into: &changes) }
        return changes
    }

    /// Gives a command that must be accepted.
    mutating func give(_ command: any Operation, by name: String = "officer") throws {
        try demand(decide(command, by: StorageConformance.principal(name)), is: nil, "\(command)")
    }

    /// Gives a command that must be refused.
    mutating func refuse(_ refusal: Refusal, _ command: any Operation, by name: String = "officer") throws {
        try demand(decide(command, by: StorageConformance.principal(name)), is: refusal, "\(command)")
    }

    @discardableResult
    private mutating func decide(_ command: any Operation, by principal: Principal) throws -> Refusal? {
        let key = Digest128(high: state.size &* 0x9e37_79b9_7f4a_7c15, low: state.size)
        let event = LedgerDomain.decide(
            command, state, at: clock, by: principal, key: key,
            payload: StorageConformance.digest(events.count))
        try apply(event, to: &state)
        events.append(event)
        clock = clock.adding(Instant.second)
        return event.record.refusal
    }
}
