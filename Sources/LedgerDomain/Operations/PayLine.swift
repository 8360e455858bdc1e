package import CBOR

/// The bank confirmed one line of a settlement.
package struct PayLine: Operation {
    package static let type = OperationType.payLine

    package var settlement: SettlementID = .none
    package var line: UInt32 = 0
    package var reference: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
        try coder.field(17, &line)
        try coder.field(18, &reference)
    }

    /// Who was paid what, and whether the settlement closes with it.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var payee: PayeeID = .none
        package var fund: FundID = .none
        package var amount: Amount = .zero
        package var closes: Bool = false

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &payee)
            try coder.field(33, &fund)
            try coder.field(34, &amount)
            try coder.field(35, &closes)
        }
    }
}

extension PayLine {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard reference.isShortText else { return .failure(.textOutOfRange) }
        switch state.line(line, of: settlement) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found):
            guard state.settlements[settlement].status == .exported else {
                return .failure(.settlementNotExported)
            }
            guard found.status == .sealed else { return .failure(.lineNotPayable) }
            return .success(
                .with {
                    $0.payee = found.payee
                    $0.fund = found.fund
                    $0.amount = found.amount
                    $0.closes = state.settlements[settlement].standing == 1
                })
        }
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            Posting(.pay, debit: .clearing(settlement), credit: .treasury, accepted.fund, accepted.amount))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settlements[settlement].lines[Int(line) - 1].status = .paid
        if accepted.closes { state.settlements[settlement].status = .closed }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementLineStatus(settlement, line: line, .paid, note: reference))
        if accepted.closes { rows.append(.settlementStatus(settlement, .closed, approvedBy: nil)) }
    }
}

extension LedgerState {
    /// A settlement's line by its number, counted from 1.
    func line(_ number: UInt32, of settlement: SettlementID) -> Result<SettlementLine, Refusal> {
        guard settlements.contains(settlement) else { return .failure(.unknownSettlement) }
        let lines = settlements[settlement].lines
        guard number >= 1, Int(number) <= lines.count else { return .failure(.unknownSettlementLine) }
        return .success(lines[Int(number) - 1])
    }
}
