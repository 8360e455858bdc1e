import CBOR
package import LedgerDomain

/// Where the ledger and its reference model part, with all it takes to see it again.
package struct ModelMismatch: Error, CustomStringConvertible {
    package var seed: UInt64
    package var index: Int
    package var command: GivenCommand
    package var what: String
    package var expected: String
    package var got: String

    package var description: String {
        """
        seed \(seed), command \(index) (\(command.principal.name), \(command.clock.text)): \(what)
        command:  \(command.command)
        expected: \(expected)
        got:      \(got)
        """
    }
}

/// How often what was answered, so that a test can say that it saw everything.
package struct ModelStatistics: Sendable {
    package var accepted: [OperationType: Int] = [:]
    package var refused: [OperationType: Int] = [:]
    package var refusals: [Refusal: Int] = [:]
    /// Offline sales that the programme paid, those that convict a phone, and vouchers that made some of it good.
    package var absorbed = 0
    package var twins = 0
    package var setOffs = 0

    package init() {}

    mutating func count(_ record: any EventRecord) {
        if let refusal = record.refusal {
            refused[record.type, default: 0] += 1
            refusals[refusal, default: 0] += 1
        } else {
            accepted[record.type, default: 0] += 1
            if case .success(let sale) = (record as? Record<RedeemOffline>)?.verdict {
                absorbed += sale.absorbedBy == nil ? 0 : 1
                twins += sale.twin == nil ? 0 : 1
            }
            if case .success(let issued) = (record as? Record<Issue>)?.verdict {
                setOffs += issued.setOff == nil ? 0 : 1
            }
        }
    }

    /// Both together.
    package static func + (left: ModelStatistics, right: ModelStatistics) -> ModelStatistics {
        var sum = left
        sum.accepted.merge(right.accepted, uniquingKeysWith: +)
        sum.refused.merge(right.refused, uniquingKeysWith: +)
        sum.refusals.merge(right.refusals, uniquingKeysWith: +)
        sum.absorbed += right.absorbed
        sum.twins += right.twins
        sum.setOffs += right.setOffs
        return sum
    }
}

/// Gives the ledger and the reference model the same commands and compares every answer.
///
/// After each event: reply, postings and balances are equal, the event survives its bytes, can be projected
/// and decided again, and the running totals add up; every `fullCheckEvery` events all invariants hold, and what
/// merchants were ever owed is paid, on its way or still owed.
/// Returns what was answered; throws ``ModelMismatch`` at the first difference.
@discardableResult
package func runAgainstModel(
    seed: UInt64, commands: Int, fullCheckEvery: Int
) throws(ModelMismatch) -> ModelStatistics {
    var generator = CommandGenerator(seed: seed)
    var model = ReferenceModel()
    var state = LedgerState()
    var statistics = ModelStatistics()
    var conservation = Conservation()
    for index in 0..<commands {
        let given = generator.next(model)
        let key = Digest128(high: generator.random.next(), low: UInt64(index))
        let payload = Digest128(high: UInt64(index), low: generator.random.next())
        func fail(_ what: String, _ expected: Any, _ got: Any) -> ModelMismatch {
            ModelMismatch(
                seed: seed, index: index, command: given, what: what, expected: "\(expected)", got: "\(got)")
        }
        let event = decide(
            given.command, state, at: given.clock, by: given.principal, key: key, payload: payload)
        let reply = model.reply(to: given.command, at: given.clock, by: given.principal)
        if let difference = difference(event, reply, model) {
            throw fail(difference.what, difference.expected, difference.got)
        }
        do {
            let bytes = event.cborBytes
            guard bytes.count <= Event.maximumBytes else {
                throw fail("bytes", Event.maximumBytes, bytes.count)
            }
            let again = try Event(cborBytes: bytes)
            guard again == event else { throw fail("event from its bytes", event, again) }
            var rows: [ReadModelChange] = []
            again.project(number: state.size, into: &rows)
            try replay(again, on: &state)
            try state.checkTotals()
            conservation.take(again.postings)
            if index % fullCheckEvery == fullCheckEvery - 1 {
                try state.checkInvariants()
                if let broken = conservation.broken(in: state) {
                    throw fail("conservation", "Σ paid + held + carried = Σ payable", broken)
                }
            }
        } catch let mismatch as ModelMismatch {
            throw mismatch
        } catch {
            throw fail("after the event", "no error", error)
        }
        statistics.count(event.record)
    }
    return statistics
}

/// The first thing in which an event is not what the model predicts.
private func difference(
    _ event: Event, _ reply: ModelReply, _ model: ReferenceModel
) -> (what: String, expected: String, got: String)? {
    guard event.instant == model.now else { return ("instant", model.now.text, event.instant.text) }
    var moved: [Posting] = []
    switch reply {
    case .refused(let refusal):
        guard event.record.refusal == refusal else {
            return ("reply", "\(refusal)", event.record.refusal.map { "\($0)" } ?? "\(event.record)")
        }
    case .accepted(let record, let postings):
        guard event.record.isEqual(to: record) else {
            return ("reply", "\(record)", event.record.refusal.map { "\($0)" } ?? "\(event.record)")
        }
        moved = postings
    }
    guard tally(event.postings) == tally(moved) else { return ("postings", "\(moved)", "\(event.postings)") }
    let touched = event.postings.touchedAccounts
    let balances = touched.map { Amount(fen: model.balance($0.account, $0.fund)) }
    guard balances == event.balances else {
        return ("balances of \(touched)", "\(balances)", "\(event.balances)")
    }
    return nil
}

private func tally(_ postings: [Posting]) -> [Posting: Int] {
    postings.reduce(into: [:]) { $0[$1, default: 0] += 1 }
}
