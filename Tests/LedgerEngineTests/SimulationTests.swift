import Foundation
import LedgerDomain
import LedgerStorage
import LedgerTesting
import Testing

@Suite("The whole machine, simulated")
struct SimulationTests {
    @Test("Whatever fails, every acknowledged answer stays true", arguments: UInt64(1)...64)
    func everyAcknowledgedAnswerStaysTrue(seed: UInt64) throws {
        _ = try SimulationTests.simulate(seed: seed, steps: 1_500)
    }

    @Test("The simulation meets every fault and every turn of events that it is about")
    func theSimulationMeetsEverything() throws {
        var statistics = SimulationStatistics()
        for seed: UInt64 in 101...112 {
            statistics.add(try SimulationTests.simulate(seed: seed, steps: 3_000))
        }
        for fault in LogFault.allCases {
            #expect(statistics.faults[fault, default: 0] > 0, "\(fault)")
        }
        for occurrence in SimulationStatistics.Occurrence.allCases {
            #expect(statistics.happened[occurrence, default: 0] > 0, "\(occurrence)")
        }
        #expect(statistics.accepted[.redeem, default: 0] + statistics.accepted[.capture, default: 0] > 20)
        #expect(statistics.accepted.count > 25, "\(statistics.accepted)")
    }

    @Test("The same seed gives the same simulation")
    func theSameSeedGivesTheSameSimulation() throws {
        let logs = try (0..<2).map { _ in
            try SimulationTests.simulation(seed: 5) { simulation in
                try simulation.run(steps: 800)
                return try simulation.log.events(of: simulation.ledger, from: 0, limit: .max)
            }
        }
        #expect(logs[0] == logs[1])
        #expect(logs[0].count > 50)
    }

    private static func simulate(seed: UInt64, steps: Int) throws -> SimulationStatistics {
        try simulation(seed: seed) { simulation in
            try simulation.run(steps: steps)
            return simulation.statistics
        }
    }

    /// Makes a simulation with a folder of its own for snapshots.
    private static func simulation<Value>(seed: UInt64, _ body: (Simulation) throws -> Value) throws -> Value
    {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "simulation-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(try Simulation(seed: seed, folder: folder))
    }
}
