import LedgerDomain
import LedgerEngine
import LedgerStorage
import LedgerTesting

// The promises of DESIGN §3 to §5, looked at from outside.
extension Simulation {
    /// Checks every promise on what the log holds now.
    func check() throws {
        try audit()
        do {
            try auditor.state.checkInvariants()
        } catch {
            throw fail("invariant \(error.invariant): \(error.description)")
        }
        for (key, answer) in acknowledged {
            guard numbers[key] == answer.number else {
                throw fail(
                    "event \(answer.number) was acknowledged; its key is at \(String(describing: numbers[key]))"
                )
            }
            let event = try event(answer.number)
            guard event.record.refusal == answer.refusal, event.payload == answer.payload else {
                throw fail("event \(answer.number) was acknowledged with another verdict or command")
            }
        }
        for index in processes.indices {
            // A copy, so that the process itself stays where it is.
            guard var copy = processes[index].committer else { continue }
            let wasCalm = processes[index].log.isCalm
            processes[index].log.isCalm = true
            let interlude = shared.interlude
            shared.interlude = nil
            let current = try copy.current()
            shared.interlude = interlude
            processes[index].log.isCalm = wasCalm
            guard current == auditor.snapshot else {
                throw fail("process \(index) has another state than a replay")
            }
        }
        while try readModel.position(of: ledger) < auditor.state.size { try project() }
        try compareAccounts()
    }

    /// Brings the auditor up to date: every new event decided again, its number and its key looked at.
    func audit() throws {
        let head = try log.head(of: ledger)
        let size = head.size
        let from = auditor.state.size
        let events = try log.events(of: ledger, from: from, limit: .max)
        guard from + UInt64(events.count) == size else {
            throw fail("the head says \(size) and there are \(from + UInt64(events.count)) events")
        }
        for (offset, bytes) in events.enumerated() {
            let number = from + UInt64(offset)
            let event = try Event.decoded(bytes, number: number)
            if let earlier = numbers.updateValue(number, forKey: event.key) {
                throw fail("events \(earlier) and \(number) have the same key")
            }
        }
        do {
            try auditor.catchUp(to: head, from: log, deciding: true)
        } catch {
            throw fail("replay: \(error)")
        }
    }

    /// Replays the whole log from nothing.
    func replayAfresh() throws {
        var fresh = Replica(ledger)
        try fresh.catchUp(to: try log.head(of: ledger), from: log, deciding: true)
        guard fresh.snapshot == auditor.snapshot else { throw fail("two replays give two states") }
    }

    /// Compares every account of the read model with the state, both ways.
    private func compareAccounts() throws {
        var found: [BookColumn: Amount] = [:]
        for kind in Account.Kind.allCases {
            for row in try readModel.accounts(kind, ledger) {
                found[BookColumn(account: row.account, fund: row.fund)] = row.amount
            }
        }
        let expected = auditor.state.book
        for (column, amount) in expected where found[column] != amount {
            throw fail(
                "\(column) holds \(amount.yuan), \(String(describing: found[column])) in the read model")
        }
        for column in found.keys where expected[column] == nil {
            throw fail("\(column) is in the read model and not in the state")
        }
    }
}

/// One account of one fund.
struct BookColumn: Hashable {
    var account: Account
    var fund: FundID
}

extension LedgerState {
    /// Every account that holds something.
    var book: [BookColumn: Amount] {
        var book: [BookColumn: Amount] = [:]
        func add(_ account: Account, _ fund: FundID) {
            let amount = balance(of: account, fund)
            if amount != .zero { book[BookColumn(account: account, fund: fund)] = amount }
        }
        for (fund, entity) in funds.enumerated {
            add(.treasury, fund)
            add(.fund, fund)
            for ledger in entity.remitted.keys { add(.remitted(ledger), fund) }
            for (id, _) in programmes.enumerated { add(.programme(id), fund) }
            for (id, _) in batches.enumerated { add(.batch(id), fund) }
            for (id, _) in vouchers.enumerated { add(.voucher(id), fund) }
            for (id, _) in payees.enumerated { add(.payable(id), fund) }
            for (id, _) in settlements.enumerated { add(.clearing(id), fund) }
        }
        for id in points.keys { add(.points(id), .none) }
        for id in pointsIssued.keys { add(.pointsIssued(id), .none) }
        return book
    }
}
