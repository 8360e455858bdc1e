import Foundation
import Synchronization

extension HTTPBench {
    /// Redemptions at 2,000/s, alone and then while an office reads, settles and backs up.
    func mix(_ served: ServedBench, in root: String) throws {
        let quiet = try HTTPLoad.open(
            try served.redemptions(20_000, showing: .token), perSecond: 2_000, connections: 64,
            port: served.port)
        print("at 2,000/s: \(HTTPBench.quantiles(quiet))")
        let requests = try served.redemptions(20_000, showing: .token)
        let isOver = Atomic(false)
        let office = DispatchGroup()
        let done = Mutex<[String: Int]>([:])
        let failed = Mutex<(any Error)?>(nil)
        let desk = served.office
        for work in OfficeBench.Work.allCases {
            office.enter()
            let thread = Thread {
                defer { office.leave() }
                var round = 0
                while !isOver.load(ordering: .relaxed) {
                    round += 1
                    do {
                        try desk.run(work, round, in: root)
                    } catch {
                        return failed.withLock { $0 = error }
                    }
                    done.withLock { $0["\(work)", default: 0] += 1 }
                }
            }
            thread.start()
        }
        let busy = try HTTPLoad.open(requests, perSecond: 2_000, connections: 64, port: served.port)
        isOver.store(true, ordering: .relaxed)
        office.wait()
        if let error = failed.withLock({ $0 }) { throw error }
        let work = done.withLock { $0 }.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        print("  beside \(work.joined(separator: ", ")): \(HTTPBench.quantiles(busy))")
    }

    /// Claims of a third as many vouchers, from 256 connections at once, and what tills notice of it.
    func drop(_ served: ServedBench, _ count: Int) throws {
        let pace = 300.0
        let quiet = try HTTPLoad.open(
            try served.redemptions(3_000, showing: .token), perSecond: pace, connections: 32,
            port: served.port)
        let tills = try served.redemptions(6_000, showing: .token)
        let during = Mutex<Measurement?>(nil)
        let waiting = DispatchGroup()
        waiting.enter()
        let claims = served.claims(count)
        let port = served.port
        let thread = Thread {
            defer { waiting.leave() }
            let measured = try? HTTPLoad.open(
                tills, perSecond: pace, connections: 32, port: port)
            during.withLock { $0 = measured }
        }
        thread.start()
        let (flood, statuses) = try HTTPLoad.flood(claims, connections: 256, port: served.port)
        waiting.wait()
        guard let busy = during.withLock({ $0 }) else { throw BenchError.setup("a till was not answered") }
        let told = statuses.sorted { $0.key < $1.key }.map { "\($0.value) × \($0.key)" }
        print(
            "a drop of \(count) claims for \(count / 3) vouchers: \(rate(flood.perSecond))/s, p99 "
                + "\(HTTPBench.latency(flood, 0.99)); \(told.joined(separator: ", "))")
        print("  tills at \(Int(pace))/s, quiet: \(HTTPBench.quantiles(quiet))")
        print(
            "  tills during the drop: \(HTTPBench.quantiles(busy)); p99 "
                + String(format: "%.1f×", busy.milliseconds(at: 0.99) / quiet.milliseconds(at: 0.99)))
        print("  issued beyond the quota: \(try served.overIssued(quota: count / 3))")
    }

    static func quantiles(_ measured: Measurement) -> String {
        "p50 \(latency(measured, 0.5)), p99 \(latency(measured, 0.99)), p99.9 \(latency(measured, 0.999))"
    }

    static func latency(_ measured: Measurement, _ quantile: Double) -> String {
        String(format: "%.1f ms", measured.milliseconds(at: quantile))
    }
}
