package import CBOR

/// A matching fund's plan: which ledgers get how much in a fiscal year.
package struct RemittancePlan: Equatable, Sendable, Codable {
    package var fund: FundID
    package var lines: [PlanLine]
    package var maker: Principal
    package var approved = false
}

/// What a plan grants one ledger.
package struct PlanLine: Equatable, Sendable, Codable {
    package var ledger = LedgerCode(0)
    package var amount = Amount.zero

    package init() {}
    package init(ledger: LedgerCode, amount: Amount) {
        self.ledger = ledger
        self.amount = amount
    }
}

extension PlanLine: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &ledger)
        try coder.field(1, &amount)
    }
}

/// Money sent to or received from another ledger, kept so that it can be sent back once.
package struct Remittance: Equatable, Sendable, Codable {
    package var fund: FundID
    package var ledger: LedgerCode
    package var amount: Amount
    /// The sender's event number, where this is the receiver.
    package var origin: UInt64?
    package var undone = false
}
