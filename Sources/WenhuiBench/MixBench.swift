import ArgumentParser
import CBOR
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// `tools/bench mix`: redemptions of all kinds of vouchers in turn, beside those of one kind.
struct MixBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mix", abstract: "Redemptions of five schemes in turn, beside one scheme.")

    @Option(help: "Redemptions, at 64 in flight.") var count = 100_000
    @Option(help: "Where to put the temporary folder; the disk matters.")
    var folder = FileManager.default.temporaryDirectory.path

    func run() async throws {
        let root = "\(folder)/wenhui-bench-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: root) }
        let one = try await measure([BookFixture.rule], "\(root)/one")
        print("one scheme 满减, 64 in flight: \(rate(one))/s sustained")
        let mixed = try await measure(MixBench.rules, "\(root)/mix")
        print(
            "five schemes in turn: \(rate(mixed))/s sustained, "
                + String(format: "%.2f× one scheme", mixed / one))
    }

    private func measure(_ rules: [ProgrammeRule], _ path: String) async throws -> Double {
        let fixture = try await BookFixture(path)
        let share = count / rules.count
        _ = try await fixture.open(quota: UInt32(share), under: rules[0])
        try await fixture.issue(share)
        try await fixture.service.perform(
            PublishCatalogue.with {
                $0.name = "bench"
                $0.items = [
                    .with { ($0.code, $0.name, $0.category, $0.listed) = ("1", "book", "图书", MixBench.bill) }
                ]
            }, fixture.call("catalogue"))
        for (place, rule) in rules.enumerated().dropFirst() {
            let batch = try await fixture.add(rule, quota: UInt32(share), number: UInt32(place + 1))
            try await fixture.issue(share, of: batch)
        }
        _ = try fixture.service.query { _ in 0 }
        let total = share * rules.count
        let started = ContinuousClock.now
        _ = try await Measurement.run(total, inFlight: 64) { index in
            let kind = index % rules.count
            var redeem = fixture.redemption(kind * share + index / rules.count + 1)
            redeem.order = "\(index)"
            if rules[kind].goods != nil {
                redeem.details = .with {
                    $0.items = [
                        .with {
                            ($0.name, $0.code, $0.listed, $0.paid) = (
                                "book", "1", MixBench.bill, MixBench.bill
                            )
                        }
                    ]
                }
            }
            try await fixture.service.perform(redeem, fixture.call("redeem \(index)"))
        }
        _ = try fixture.service.query { _ in 0 }
        let sustained = Double(total) / started.duration(to: .now).inSeconds
        fixture.system.stop()
        return sustained
    }

    private static let bill = Amount(fen: 12_000)

    private static var rules: [ProgrammeRule] {
        func rule(_ kind: ProgrammeRule.Kind, _ fill: (inout ProgrammeRule) -> Void) -> ProgrammeRule {
            var rule = ProgrammeRule()
            rule.kind = kind
            rule.faces = [Amount(fen: 6_000)]
            rule.conditions.validity = 10 * Instant.day
            rule.refund = .reinstate
            fill(&rule)
            return rule
        }
        return [
            BookFixture.rule,
            rule(.percentage) {
                $0.rate = Ratio(basisPoints: 3_000)
                $0.step = Amount(fen: 500)
            },
            rule(.balance) { $0.ratios = [CategoryRatio(ratio: Ratio(basisPoints: 4_000))] },
            rule(.count) {
                $0.uses = 2
                $0.limits.personMerchant = 5
            },
            rule(.threshold) { $0.goods = .with { $0.catalogue = "bench" } },
        ]
    }
}
