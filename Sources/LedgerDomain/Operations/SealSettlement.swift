package import CBOR
import Cryptography

/// Seals a settlement: its lines are final, counted and hashed, in the commit that posted them.
package struct SealSettlement: Operation {
    package static let type = OperationType.sealSettlement

    package var settlement: SettlementID = .none

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
    }

    /// The lines' number, sum and SHA-256 (its first 128 bits).
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var lines: UInt32 = 0
        package var total: Amount = .zero
        package var digest: Digest128 = .zero

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &lines)
            try coder.field(33, &total)
            try coder.field(34, &digest)
        }
    }
}

extension SealSettlement {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let built = state.settlements[settlement]
        guard built.status == .built else { return .failure(.settlementNotBuilt) }
        guard !built.lines.isEmpty else { return .failure(.settlementEmpty) }
        return .success(
            .with {
                $0.lines = UInt32(built.lines.count)
                $0.total = built.lines.reduce(.zero) { $0 + $1.amount }
                $0.digest = built.digest
            })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements[settlement].status = .sealed
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementStatus(settlement, .sealed, approvedBy: nil))
    }
}

extension Settlement {
    /// SHA-256 over the lines in CBOR: an array of [payee, fund, amount].
    fileprivate var digest: Digest128 {
        var encoder = CBOREncoder()
        encoder.beginArray(count: lines.count)
        for line in lines {
            encoder.beginArray(count: 3)
            line.payee.encode(to: &encoder)
            line.fund.encode(to: &encoder)
            line.amount.encode(to: &encoder)
        }
        return Digest128(SHA256Digest.of(encoder.bytes)) ?? .zero
    }
}
