import LedgerDomain

/// Which queue a command waits in; an earlier lane is always served first (DESIGN §5).
package enum Lane: Int, CaseIterable, Sendable {
    /// Redemptions, captures, voids, refunds: somebody stands at a till.
    case till
    /// Claims and hand-backs.
    case claim
    /// Everything an office does: imports, lapses, settlements, money.
    case office

    /// How many submissions may wait; one more is answered "busy" at once.
    var capacity: Int {
        switch self {
        case .till: 16_384
        case .claim: 16_384
        case .office: 4_096
        }
    }
}

extension Lane {
    /// How long a submission may wait: whoever asked has given up by then, and the room is for others.
    var patience: Duration? {
        switch self {
        case .till: .seconds(4)
        // Less than how far a request's clock may be behind the ledger's.
        case .claim: .seconds(4)
        case .office: nil
        }
    }
}

/// Requests that belong together, with the one who waits for their replies.
package struct Submission: Sendable {
    var requests: [CommandRequest]
    var since: ContinuousClock.Instant
    var reply: @Sendable ([Reply]) -> Void

    package init(
        _ requests: [CommandRequest], since: ContinuousClock.Instant = .now,
        reply: @escaping @Sendable ([Reply]) -> Void
    ) {
        self.requests = requests
        self.since = since
        self.reply = reply
    }
}

/// What waits for one ledger, lane by lane.
package struct Lanes {
    private var waiting: [[Submission]] = Lane.allCases.map { _ in [] }

    package init() {}

    var isEmpty: Bool { waiting.allSatisfy(\.isEmpty) }

    /// Queues a submission; `false` when its lane is full.
    package mutating func append(_ submission: Submission, to lane: Lane) -> Bool {
        guard waiting[lane.rawValue].count < lane.capacity else { return false }
        waiting[lane.rawValue].append(submission)
        return true
    }

    /// Takes what has waited too long; nothing of it is decided any more.
    package mutating func takeLate(at now: ContinuousClock.Instant) -> [Submission] {
        var late: [Submission] = []
        for lane in Lane.allCases {
            guard let patience = lane.patience else { continue }
            let count = waiting[lane.rawValue].prefix { $0.since + patience < now }.count
            late += waiting[lane.rawValue].prefix(count)
            waiting[lane.rawValue].removeFirst(count)
        }
        return late
    }

    /// Takes what the next commit decides: earlier lanes first, about `limit` requests.
    package mutating func takeGroup(limit: Int) -> [Submission] {
        var group: [Submission] = []
        var count = 0
        for lane in waiting.indices {
            var taken = 0
            for submission in waiting[lane] where count < limit {
                group.append(submission)
                count += submission.requests.count
                taken += 1
            }
            waiting[lane].removeFirst(taken)
        }
        return group
    }
}
