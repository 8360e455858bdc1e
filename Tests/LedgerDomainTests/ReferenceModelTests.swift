import Foundation
import LedgerDomain
import LedgerTesting
import Testing

/// Ten sequences that are the same every time, and one that nobody has tried yet; more of those with
/// `WENHUI_MODEL_SEEDS=200 tools/test ReferenceModelTests`.
private let modelSeeds: [UInt64] = {
    let wanted = ProcessInfo.processInfo.environment["WENHUI_MODEL_SEEDS"].flatMap { Int($0) } ?? 1
    return Array(1...10) + (0..<max(1, wanted)).map { _ in UInt64.random(in: 1_000...UInt64.max) }
}()

@Suite("The ledger and its reference model")
struct ReferenceModelTests {
    @Test("Every reply, posting and balance is what the model predicts", arguments: modelSeeds)
    func agreement(seed: UInt64) throws {
        let statistics = try runAgainstModel(seed: seed, commands: 20_000, fullCheckEvery: 1_000)
        let accepted = statistics.accepted.values.reduce(0, +)
        // A sequence may pause its programmes for long; one that nothing gets through would show nothing.
        #expect(accepted > 1_000, "seed \(seed): only \(accepted) of 20,000 commands were accepted")
    }

    @Test("The random commands reach every operation and every refusal")
    func coverage() throws {
        var statistics = ModelStatistics()
        for seed in UInt64(100)..<145 {
            statistics =
                statistics + (try runAgainstModel(seed: seed, commands: 7_000, fullCheckEvery: 2_000))
        }
        for type in OperationType.allCases {
            #expect(statistics.accepted[type, default: 0] >= 20, "accepted: \(type)")
            #expect(statistics.refused[type, default: 0] >= 5, "refused: \(type)")
        }
        #expect(statistics.absorbed >= 50)
        #expect(statistics.twins >= 20)
        #expect(statistics.setOffs >= 20)
        for refusal in Refusal.allCases {
            #expect(statistics.refusals[refusal, default: 0] >= 2, "\(refusal)")
        }
    }
}
