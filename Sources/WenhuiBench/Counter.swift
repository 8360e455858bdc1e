import Synchronization

/// Counts from many tasks at once.
final class Counter: Sendable {
    private let count = Atomic<Int>(0)
    var value: Int { count.load(ordering: .relaxed) }
    func add() { _ = next() }
    /// The number so far, counting on.
    func next() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
}
