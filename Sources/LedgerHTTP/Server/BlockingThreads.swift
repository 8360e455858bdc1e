import Foundation
import HTTPTypes
import LedgerDomain
import Synchronization

/// A few threads for work that waits for files and locks, so that the threads that serve tills never do.
final class BlockingThreads: TaskExecutor {
    private let queue: OperationQueue
    private let under = Mutex(0)
    private let capacity: Int

    /// - Parameters:
    ///   - count: how much of it is done at the same time; the rest waits in its order.
    ///   - capacity: how much may be under way or wait; one more is told to come back.
    init(_ name: String, count: Int, capacity: Int) {
        self.capacity = capacity
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = count
    }

    /// Does something on these threads.
    func run<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        let isTaken = under.withLock { count in
            guard count < capacity else { return false }
            count += 1
            return true
        }
        guard isTaken else {
            throw Problem(
                .serviceUnavailable, "busy",
                Sentence("等待的请求太多，请稍后再试", "Too much is waiting. Try again in a moment."), retryAfter: 1)
        }
        defer { under.withLock { $0 -= 1 } }
        return try await withTaskExecutorPreference(self) { try await body() }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.addOperation { job.runSynchronously(on: executor) }
    }
}
