import Foundation

/// A few threads for work that waits for files and locks, so that the threads that serve tills never do.
final class BlockingThreads: TaskExecutor {
    private let queue: OperationQueue

    /// - Parameter count: how much of it is done at the same time; the rest waits in its order.
    init(_ name: String, count: Int) {
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = count
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedTaskExecutor()
        queue.addOperation { job.runSynchronously(on: executor) }
    }
}
