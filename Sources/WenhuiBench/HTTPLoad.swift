import Foundation
import Synchronization

/// Requests over many connections, each on a thread of its own.
enum HTTPLoad {
    /// Sends `requests`, `connections` at a time; each next one when the one before is answered.
    static func closed(_ requests: [[UInt8]], connections: Int, port: Int) throws -> Measurement {
        try run(requests, connections: connections, port: port, perSecond: nil)
    }

    /// Sends `requests` at a rate that does not wait for answers; latency counts from when each was due, so that a
    /// server that stalls is charged for everything that came meanwhile (coordinated omission).
    static func open(
        _ requests: [[UInt8]], perSecond: Double, connections: Int, port: Int
    ) throws -> Measurement {
        try run(requests, connections: connections, port: port, perSecond: perSecond)
    }

    /// Sends `requests` as ``closed(_:connections:port:)`` does, whatever is answered; how often each status was.
    static func flood(
        _ requests: [[UInt8]], connections: Int, port: Int
    ) throws -> (Measurement, statuses: [Int: Int]) {
        let statuses = Mutex<[Int: Int]>([:])
        let measured = try run(requests, connections: connections, port: port, perSecond: nil) { status in
            statuses.withLock { $0[status, default: 0] += 1 }
            return true
        }
        return (measured, statuses.withLock { $0 })
    }

    private static func run(
        _ requests: [[UInt8]], connections: Int, port: Int, perSecond: Double?,
        taking isGood: @escaping @Sendable (Int) -> Bool = { $0 == 200 || $0 == 201 }
    ) throws -> Measurement {
        let counter = Counter()
        let latencies = Mutex<[Double]>([])
        let failures = Mutex<[String]>([])
        let group = DispatchGroup()
        let started = ContinuousClock.now
        for _ in 0..<connections {
            group.enter()
            let thread = Thread {
                defer { group.leave() }
                do {
                    let own = try drive(requests, counter, started, port, perSecond, isGood)
                    latencies.withLock { $0 += own }
                } catch {
                    failures.withLock { $0.append("\(error)") }
                }
            }
            thread.stackSize = 1 << 19
            thread.start()
        }
        group.wait()
        let seconds = started.duration(to: .now).inSeconds
        if let failure = failures.withLock({ $0.first }) { throw BenchError.setup(failure) }
        return Measurement(seconds: seconds, latencies: latencies.withLock { $0 })
    }

    private static func drive(
        _ requests: [[UInt8]], _ counter: Counter, _ started: ContinuousClock.Instant, _ port: Int,
        _ perSecond: Double?, _ isGood: (Int) -> Bool
    ) throws -> [Double] {
        let connection = try HTTPConnection(port: port)
        var latencies: [Double] = []
        while true {
            let index = counter.next()
            guard index < requests.count else { return latencies }
            var begin = ContinuousClock.now
            if let perSecond {
                let due = started + .seconds(Double(index) / perSecond)
                if due > begin { Thread.sleep(forTimeInterval: begin.duration(to: due).inSeconds) }
                begin = due
            }
            let (status, body) = try connection.ask(requests[index])
            guard isGood(status) else {
                throw BenchError.setup("\(status) \(String(decoding: body, as: UTF8.self))")
            }
            latencies.append(begin.duration(to: .now).inSeconds)
        }
    }
}
