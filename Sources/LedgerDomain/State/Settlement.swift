internal import CBOR

/// 结算: what is owed to merchants up to a day, sealed and paid.
package struct Settlement: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case built = 1
        case sealed, approved, exported
        /// Every line is paid or undone.
        case closed
        case rejected
    }

    package var through: BusinessDay
    package var status = Status.built
    package var maker: Principal
    package var lines: [SettlementLine] = []
    package var balances = FundBalances()

    /// The lines that are neither paid nor undone.
    package var standing: Int { lines.count { $0.status == .sealed } }
}

/// What one payee gets from one fund.
package struct SettlementLine: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case sealed = 1
        case paid
        /// Its money is unsettled again.
        case undone
    }

    package struct Part: Equatable, Sendable, Codable {
        package var merchant: MerchantID
        package var taken: Unsettled
    }

    package var payee: PayeeID
    package var fund: FundID
    package var amount: Amount
    package var parts: [Part]
    package var status = Status.sealed
}
