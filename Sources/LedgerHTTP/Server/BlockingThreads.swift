import Foundation
import HTTPTypes
import LedgerDomain
import Synchronization

/// A few threads of our own for work that waits for files and locks, so that the threads that serve tills never do.
///
/// They are shared with nobody: the threads of Dispatch are as many as the machine has cores, and where claims waited
/// on all of them for a disk, tills that were to be let in waited for seconds behind.
final class BlockingThreads: TaskExecutor {
    private let queue = Queue()
    private let count: Int
    private let under = Mutex(0)
    private let capacity: Int

    /// Work in the order in which it came; the threads hold it, and end with it.
    private final class Queue: Sendable {
        private struct State {
            /// First those at the end of `first`, the earliest last; then those of `rest`, the earliest first.
            var first: [(job: UnownedJob, executor: UnownedTaskExecutor)] = []
            var rest: [(job: UnownedJob, executor: UnownedTaskExecutor)] = []
        }

        private let state = Mutex(State())
        private let waiting = DispatchSemaphore(value: 0)

        func append(_ job: UnownedJob, on executor: UnownedTaskExecutor) {
            state.withLock { $0.rest.append((job, executor)) }
            waiting.signal()
        }

        /// Lets one thread end, once there is nothing left to do.
        func end() { waiting.signal() }

        /// Does what comes until it is told to end.
        func run() {
            while true {
                waiting.wait()
                let next = state.withLock { state in
                    if state.first.isEmpty {
                        state.first = state.rest.reversed()
                        state.rest = []
                    }
                    return state.first.popLast()
                }
                guard let next else { return }
                next.job.runSynchronously(on: next.executor)
            }
        }
    }

    /// - Parameters:
    ///   - count: how much of it is done at the same time; the rest waits in its order.
    ///   - capacity: how much may be under way or wait; one more is told to come back.
    ///   - niceness: how far it stands back where the processor is short (nice(2), 0 to 19).
    init(_ name: String, count: Int, capacity: Int, niceness: Niceness = .none) {
        self.capacity = capacity
        self.count = count
        for _ in 0..<count {
            let thread = Thread { [queue] in
                niceness.takeOn()
                queue.run()
            }
            thread.name = name
            thread.start()
        }
    }

    deinit {
        for _ in 0..<count { queue.end() }
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
        queue.append(UnownedJob(job), on: asUnownedTaskExecutor())
    }
}
