package import LedgerDomain
import LedgerEngine
import LedgerStorage

/// What checking a book looked at.
package struct BookCheck: Sendable {
    package var events: UInt64
    package var accounts: Int
    package var funds: Int
}

extension LedgerService {
    /// Checks every invariant of DESIGN §3 in the state, and that the read model says the same.
    package func checkBook() throws(ServiceError) -> BookCheck {
        // The read model may run ahead of the state that is read next, never behind it; so nothing else may
        // be appended in between for the comparison, and it is repeated when something was.
        for _ in 0..<5 {
            let before = try settledSize()
            let snapshot = try state { $0 }
            guard snapshot.size == before else { continue }
            do {
                try snapshot.checkInvariants()
            } catch {
                throw .unsound("invariant \(error.invariant): \(error.description)")
            }
            let accounts = try compareAccounts(snapshot)
            guard try settledSize() == before else { continue }
            if let difference = accounts.difference { throw .unsound(difference) }
            return BookCheck(events: before, accounts: accounts.count, funds: snapshot.funds.count)
        }
        throw .fault(.busy)
    }

    /// Replays the whole log, deciding every event again, and compares with the state in memory and with the
    /// read model (invariant 5).
    package func replayBook(progress: (UInt64) -> Void = { _ in }) throws(ServiceError) -> BookCheck {
        let current: LedgerState
        var replica = Replica(ledger)
        do {
            let head = try machine.head(of: ledger)
            try replica.catchUp(to: head, from: machine.reader, deciding: true, progress: progress)
            current = try machine.read(ledger) { $0 }
        } catch {
            throw .fault(machine.located(error, in: ledger))
        }
        // Whatever was appended meanwhile is for the next check.
        guard current.size == replica.state.size else { return try checkBook() }
        guard replica.state == current else {
            throw .unsound("replaying \(current.size) events gives another state than the one in memory")
        }
        let check = try checkBook()
        if let difference = try readModelDifference() {
            throw .unsound(
                "the read model's table \(difference). Delete read.db: it is filled again from the log")
        }
        return check
    }

    /// Where the read model says something else than the log, row by row.
    private func readModelDifference() throws(ServiceError) -> String? {
        do {
            return try machine.readModel.difference(of: ledger) { fresh in
                let size = try machine.readModel.position(of: ledger)
                try fresh.fill(ledger, upTo: size, from: machine.reader)
            }
        } catch let error as StorageError {
            throw .storage(error)
        } catch let fault as EngineFault {
            throw .fault(fault)
        } catch {
            throw .fault(.readModelStopped("\(error)"))
        }
    }

    private func settledSize() throws(ServiceError) -> UInt64 {
        do {
            return try machine.settle(ledger)
        } catch {
            throw .fault(error)
        }
    }

    /// Compares every account of the read model with the state, and the number of accounts both ways.
    private func compareAccounts(
        _ state: LedgerState
    ) throws(ServiceError) -> (count: Int, difference: String?) {
        var count = 0
        var sums: [FundID: [Account.Kind: Amount]] = [:]
        for kind in Account.Kind.allCases {
            let accounts: [AccountBalance]
            do {
                accounts = try machine.readModel.accounts(kind, ledger)
            } catch {
                throw .storage(error)
            }
            count += accounts.count
            for account in accounts {
                guard state.funds.contains(account.fund) || kind.countsPoints, state.knows(account.account),
                    state.balance(of: account.account, account.fund) == account.amount
                else {
                    return (
                        count,
                        "account \(account.account) of fund \(account.fund.rawValue) holds "
                            + "\(account.amount.yuan) in the read model and something else in the state"
                    )
                }
                sums[account.fund, default: [:]][kind, default: .zero] += account.amount
            }
        }
        for (id, fund) in state.funds.enumerated {
            let expected: [(Account.Kind, Amount)] = [
                (.treasury, fund.treasury), (.fund, fund.balance), (.programme, fund.totals.programme),
                (.batch, fund.totals.batch), (.voucher, fund.totals.voucher),
                (.payable, fund.totals.payable), (.clearing, fund.totals.clearing),
                (.remitted, fund.totals.remitted),
            ]
            for (kind, amount) in expected where (sums[id]?[kind] ?? .zero) != amount {
                return (count, "fund \(id.rawValue): the \(kind) accounts of the read model do not sum up")
            }
        }
        return (count, nil)
    }
}

extension LedgerState {
    /// Whether the account's owner exists.
    fileprivate func knows(_ account: Account) -> Bool {
        switch account {
        case .treasury, .fund, .remitted: true
        case .programme(let id): programmes.contains(id)
        case .batch(let id): batches.contains(id)
        case .voucher(let id): vouchers.contains(id)
        case .payable(let id): payees.contains(id)
        case .clearing(let id): settlements.contains(id)
        case .points(let id): people.contains(id)
        case .pointsIssued(let id): programmes.contains(id)
        }
    }
}

extension LedgerService {
    /// What a command would come to now; nothing is written and no key is bound.
    package func preview<Asked: Operation>(
        _ command: Asked, _ call: Call
    ) throws(ServiceError) -> Asked.Accepted {
        switch try state({ decision(on: command, $0, call) }) {
        case .success(let accepted): return accepted
        case .failure(let refusal): throw .refused(refusal, event: nil)
        }
    }

    /// What the ledger would say to a command in a state.
    func decision<Asked: Operation>(
        on command: Asked, _ state: LedgerState, _ call: Call
    ) -> Result<Asked.Accepted, Refusal> {
        let instant = max(call.instant ?? now, state.lastInstant)
        return command.decide(
            state, Context(number: state.size, instant: instant, principal: call.principal))
    }
}
