import Foundation

/// How long a number of operations took, with the latency of each.
struct Measurement: Sendable {
    var seconds: Double
    var latencies: [Double]

    var perSecond: Double { Double(latencies.count) / seconds }

    /// The latency, in milliseconds, that the share `quantile` of all operations stays below.
    func milliseconds(at quantile: Double) -> Double {
        guard !latencies.isEmpty else { return 0 }
        let sorted = latencies.sorted()
        return sorted[min(sorted.count - 1, Int(Double(sorted.count) * quantile))] * 1000
    }

    /// Runs `count` operations with `inFlight` of them under way at any time.
    static func run(
        _ count: Int, inFlight: Int, _ operation: @escaping @Sendable (Int) async throws -> Void
    ) async throws -> Measurement {
        let counter = Counter()
        let started = ContinuousClock.now
        return try await withThrowingTaskGroup(of: [Double].self) { group in
            for _ in 0..<inFlight {
                group.addTask {
                    var latencies: [Double] = []
                    while true {
                        let index = counter.next()
                        guard index < count else { return latencies }
                        let begin = ContinuousClock.now
                        try await operation(index)
                        latencies.append(begin.duration(to: .now).inSeconds)
                    }
                }
            }
            var latencies: [Double] = []
            for try await part in group { latencies += part }
            return Measurement(seconds: started.duration(to: .now).inSeconds, latencies: latencies)
        }
    }
}

extension Duration {
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}

/// A number of operations a second, short: `54.1k`.
func rate(_ perSecond: Double) -> String {
    perSecond >= 1000 ? String(format: "%.1fk", perSecond / 1000) : String(format: "%.0f", perSecond)
}
