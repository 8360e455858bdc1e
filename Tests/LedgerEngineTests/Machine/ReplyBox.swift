import Foundation
import LedgerDomain
import LedgerEngine

/// Collects the replies to what a test has submitted without waiting.
final class ReplyBox: @unchecked Sendable {
    private let condition = NSCondition()
    private var replies: [Reply] = []

    /// What to hand to `submit`.
    var take: @Sendable ([Reply]) -> Void {
        { [self] new in
            condition.lock()
            replies += new
            condition.broadcast()
            condition.unlock()
        }
    }

    /// The replies so far.
    var now: [Reply] {
        condition.lock()
        defer { condition.unlock() }
        return replies
    }

    /// Waits for so many replies; fewer when they do not come in a minute.
    func wait(for count: Int) -> [Reply] {
        condition.lock()
        defer { condition.unlock() }
        let deadline = Date().addingTimeInterval(60)
        while replies.count < count {
            if !condition.wait(until: deadline) { break }
        }
        return replies
    }
}

extension Result where Success == Answer, Failure == EngineFault {
    /// The number of the event that answers.
    var number: UInt64? { try? get().number }

    /// Why there is no answer.
    var fault: EngineFault? {
        if case .failure(let fault) = self { fault } else { nil }
    }

    /// Whether it was decided now and accepted.
    var isNewlyAccepted: Bool {
        guard let answer = try? get() else { return false }
        return answer.refusal == nil && !answer.isReplay
    }
}

extension [Reply] {
    /// Whether every command was decided now and accepted.
    var areNewlyAccepted: Bool { allSatisfy { $0.isNewlyAccepted } }
}
