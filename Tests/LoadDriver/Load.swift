import Foundation
import LedgerDomain
import LedgerEngine
import LedgerService
import LedgerStorage
import Synchronization

/// Redemptions from a seed: the same seed gives the same commands under the same keys, in every process.
struct Load: Sendable {
    let service: LedgerService
    let seed: UInt64
    let principal: Principal

    /// How many commands wait for their answer at any time.
    private static let inFlight = 64
    /// How often one command is given again after a fault that does not bind its key.
    private static let attempts = 50

    /// Gives `count` commands and prints what is acknowledged.
    func run(_ count: Int) async throws {
        let vouchers = try service.state { UInt32($0.vouchers.count) }
        let outlets = try service.state { UInt32($0.outlets.count) }
        guard vouchers > 0, outlets > 0 else { throw LoadFailure("there is nothing to redeem") }
        let next = NextNumber()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<Load.inFlight {
                group.addTask {
                    while let index = next.take(below: count) {
                        let command = redemption(index, vouchers, outlets)
                        let key = "\(seed)/\(index)"
                        let answer = try await acknowledged(command, key)
                        let verdict = answer.refusal == nil ? "accepted" : "refused"
                        // One write of one line, with no buffer that a kill could take away.
                        FileHandle.standardOutput.write(Data("\(key) \(answer.number) \(verdict)\n".utf8))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// One sale: mostly of a voucher that is there, some of them twice, some bills of nothing.
    private func redemption(_ index: Int, _ vouchers: UInt32, _ outlets: UInt32) -> Redeem {
        var random = Mixer(seed: seed &* 0x9e37_79b9_7f4a_7c15 &+ UInt64(index))
        return .with {
            $0.voucher = VoucherID(UInt32.random(in: 1...(vouchers + vouchers / 50), using: &random))
            $0.outlet = OutletID(UInt32.random(in: 1...outlets, using: &random))
            $0.bill = Amount(fen: [1, 999, 3_000, 12_345, 0].randomElement(using: &random) ?? 1)
            $0.channel = "counter"
            // Now and then two commands ring up one sale.
            $0.order = "\(seed)-\(UInt64.random(in: 0..<4, using: &random) == 0 ? index / 2 : index)"
        }
    }

    /// Gives the command, again and again under the same key, until the ledger has answered.
    private func acknowledged(_ command: Redeem, _ key: String) async throws -> Answer {
        let request = service.request(command, Call(principal, key: key))
        for _ in 0..<Load.attempts {
            switch await service.performAll([request]).first {
            case .success(let answer): return answer
            case .failure(.busy), .failure(.storage(.busy)), .failure(.storage(.outcomeUnknown)): continue
            case .failure(let fault): throw LoadFailure("\(key): \(fault)")
            case nil: throw LoadFailure("\(key): no reply")
            }
        }
        throw LoadFailure("\(key): no answer in \(Load.attempts) attempts")
    }
}

/// Hands out numbers from 0, each once.
private final class NextNumber: Sendable {
    private let next = Atomic(0)

    func take(below count: Int) -> Int? {
        let number = next.add(1, ordering: .relaxed).oldValue
        return number < count ? number : nil
    }
}

/// SplitMix64, so that a command depends on its number and the seed alone.
private struct Mixer: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
