/// Decides a command: accepted or refused with its reason, as an event (DESIGN §4).
///
/// Pure: the same command, state and instant give the same event. The event's instant is never before the
/// last event's.
package func decide(
    _ command: any Operation, _ state: LedgerState, at clock: Instant, by principal: Principal,
    key: Digest128, payload: Digest128
) -> Event {
    let context = Context(
        number: state.size, instant: max(state.lastInstant, clock), principal: principal)
    let record: any EventRecord
    if state.profile == nil, !(command is OpenLedger) {
        record = command.refused(.ledgerNotOpen)
    } else {
        record = command.record(state, context)
    }
    var event = Event(
        instant: context.instant, principal: principal, key: key, payload: payload, record: record,
        balances: [])
    event.balances = state.balances(after: event.postings)
    return event
}

/// What went wrong when an event of the log does not fit the state it is applied to.
package enum ReplayError: Error, Equatable, Sendable {
    /// The balances after the postings are not those that the event states.
    case balancesDiffer(event: UInt64)
    /// Deciding the logged command again gives another event.
    case decisionDiffers(event: UInt64)
    /// The event's instant is before its predecessor's.
    case timeRunsBack(event: UInt64)
}

extension ReplayError: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .balancesDiffer: "the balances after it are not those that it states"
        case .decisionDiffers: "deciding its command again gives another event"
        case .timeRunsBack: "its instant is before its predecessor's"
        }
    }
}

/// Applies an event: the only way the state changes (DESIGN §4).
///
/// On an error the state is no longer of use; build it again.
package func apply(_ event: Event, to state: inout LedgerState) throws(ReplayError) {
    let context = Context(number: state.size, instant: event.instant, principal: event.principal)
    guard event.instant >= state.lastInstant else { throw .timeRunsBack(event: state.size) }
    let postings = event.postings
    event.record.apply(context, to: &state)
    for posting in postings { state.post(posting) }
    guard state.hold(event.balances, after: postings) else { throw .balancesDiffer(event: state.size) }
    state.keys.insert(event.key.high, UInt32(truncatingIfNeeded: state.size))
    state.lastInstant = event.instant
    state.size += 1
}

/// Decides the logged command again and applies the event only if the decision is the same.
package func replay(_ event: Event, on state: inout LedgerState) throws(ReplayError) {
    let again = decide(
        event.record.command, state, at: event.instant, by: event.principal, key: event.key,
        payload: event.payload)
    guard again == event else { throw .decisionDiffers(event: state.size) }
    try apply(event, to: &state)
}

extension Operation {
    fileprivate func refused(_ refusal: Refusal) -> any EventRecord {
        Record(self, .failure(refusal))
    }
}

/// One account of one fund, for the few that an event touches.
private struct TouchedAccount: Equatable {
    var account: Account
    var fund: FundID
}

extension LedgerState {
    /// The balances that `postings` would leave, account by account as they are first named.
    fileprivate func balances(after postings: [Posting]) -> [Amount] {
        var touched: [TouchedAccount] = []
        var balances: [Amount] = []
        func add(_ account: Account, _ fund: FundID, _ delta: Amount) {
            let entry = TouchedAccount(account: account, fund: fund)
            if let index = touched.firstIndex(of: entry) {
                balances[index] += delta
            } else {
                touched.append(entry)
                balances.append((exists(account) ? balance(of: account, fund) : .zero) + delta)
            }
        }
        for posting in postings {
            add(posting.debit, posting.fund, posting.debit.isDebitNormal ? posting.amount : -posting.amount)
            add(posting.credit, posting.fund, posting.credit.isDebitNormal ? -posting.amount : posting.amount)
        }
        return balances
    }

    /// Whether the accounts of `postings`, as they are first named, hold `balances`.
    fileprivate func hold(_ balances: [Amount], after postings: [Posting]) -> Bool {
        var count = 0
        for (account, fund) in postings.touchedAccounts {
            guard count < balances.count, balance(of: account, fund) == balances[count] else { return false }
            count += 1
        }
        return count == balances.count
    }

    /// Whether an account's owner is there already; a voucher's comes to be with its issue.
    private func exists(_ account: Account) -> Bool {
        if case .voucher(let id) = account { vouchers.contains(id) } else { true }
    }
}

extension [Posting] {
    /// The accounts in the order in which the postings first name them, debit before credit.
    package var touchedAccounts: [(account: Account, fund: FundID)] {
        var touched: [(account: Account, fund: FundID)] = []
        for posting in self {
            for account in [posting.debit, posting.credit]
            where !touched.contains(where: { $0.account == account && $0.fund == posting.fund }) {
                touched.append((account, posting.fund))
            }
        }
        return touched
    }
}

extension Event {
    /// What the read model gains, from the event and its number alone (DESIGN §4).
    package func project(number: UInt64, into rows: inout [ReadModelChange]) {
        let context = Context(number: number, instant: instant, principal: principal)
        record.project(context, into: &rows)
        guard !balances.isEmpty else { return }
        let postings = postings
        for (line, posting) in postings.enumerated() {
            rows.append(.posting(PostingRow(event: number, line: UInt32(line), posting: posting)))
        }
        for (index, touched) in postings.touchedAccounts.enumerated() where index < balances.count {
            rows.append(.balance(touched.account, touched.fund, balances[index]))
        }
    }
}
