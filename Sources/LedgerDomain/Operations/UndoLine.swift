package import CBOR

/// Undoes one line of a settlement by its mirror: its money is owed again and waits for the next settlement.
package struct UndoLine: Operation {
    package static let type = OperationType.undoLine

    package var settlement: SettlementID = .none
    package var line: UInt32 = 0
    package var reason: Reason = .failed
    package var note: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &settlement)
        try coder.field(17, &line)
        try coder.field(18, &reason)
        try coder.field(19, &note)
    }

    /// What is undone, and whether the settlement closes with it.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var payee: PayeeID = .none
        package var fund: FundID = .none
        package var amount: Amount = .zero
        package var wasPaid: Bool = false
        package var closes: Bool = false

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &payee)
            try coder.field(33, &fund)
            try coder.field(34, &amount)
            try coder.field(35, &wasPaid)
            try coder.field(36, &closes)
        }
    }
}

extension UndoLine {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard note.isShortText else { return .failure(.textOutOfRange) }
        let found: SettlementLine
        switch state.line(line, of: settlement) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let line): found = line
        }
        let current = state.settlements[settlement]
        switch reason {
        case .failed:
            guard current.status == .exported else { return .failure(.settlementNotExported) }
            guard found.status == .sealed else { return .failure(.lineNotPayable) }
        case .held:
            // What the bank has been asked to pay, only the bank can say is not paid.
            guard current.status != .exported else { return .failure(.settlementExported) }
            guard found.status == .sealed else { return .failure(.lineNotPayable) }
        case .rejected:
            guard current.status == .sealed else { return .failure(.settlementNotSealed) }
            guard found.status == .sealed else { return .failure(.lineNotPayable) }
        case .bounced:
            guard found.status == .paid else { return .failure(.lineNotPaid) }
        }
        return .success(
            .with {
                $0.payee = found.payee
                $0.fund = found.fund
                $0.amount = found.amount
                $0.wasPaid = found.status == .paid
                $0.closes =
                    (current.status == .exported || current.status == .approved) && current.standing == 1
                    && found.status == .sealed
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        if accepted.wasPaid {
            postings.append(
                Posting(
                    .pay, debit: .clearing(settlement), credit: .treasury, accepted.fund, accepted.amount,
                    undoes: true))
        }
        postings.append(
            Posting(
                .settle, debit: .payable(accepted.payee), credit: .clearing(settlement), accepted.fund,
                accepted.amount, undoes: true))
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let undone = state.settlements[settlement].lines[Int(line) - 1]
        for part in undone.parts {
            let owed = MerchantFund(part.merchant, undone.fund)
            state.unsettled[owed, default: Unsettled()].restore(part.taken)
        }
        state.settlements[settlement].lines[Int(line) - 1].status = .undone
        if accepted.closes { state.settlements[settlement].status = .closed }
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.settlementLineStatus(settlement, line: line, .undone, note: note))
        if accepted.closes { rows.append(.settlementStatus(settlement, .closed, approvedBy: nil)) }
    }

    /// Why a line is undone.
    package enum Reason: UInt8, CaseIterable, Sendable, CBORCodable {
        /// The bank did not pay it.
        case failed = 1
        /// Its merchant is suspended or blacklisted.
        case held
        /// The second person did not approve the settlement.
        case rejected
        /// The bank paid it and took the payment back.
        case bounced
    }
}
