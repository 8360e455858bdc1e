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

/// Requests that belong together, with the one who waits for their replies.
struct Submission: Sendable {
    var requests: [CommandRequest]
    var reply: @Sendable ([Reply]) -> Void
}

/// What waits for one ledger, lane by lane.
struct Lanes {
    private var waiting: [[Submission]] = Lane.allCases.map { _ in [] }

    var isEmpty: Bool { waiting.allSatisfy(\.isEmpty) }

    /// Queues a submission; `false` when its lane is full.
    mutating func append(_ submission: Submission, to lane: Lane) -> Bool {
        guard waiting[lane.rawValue].count < lane.capacity else { return false }
        waiting[lane.rawValue].append(submission)
        return true
    }

    /// Takes what the next commit decides: earlier lanes first, about `limit` requests.
    mutating func takeGroup(limit: Int) -> [Submission] {
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
