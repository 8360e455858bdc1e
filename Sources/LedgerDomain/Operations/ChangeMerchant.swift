package import CBOR

/// Suspends, blacklists or reinstates a merchant, from the next command on; its unpaid money is held.
package struct ChangeMerchant: Operation {
    package static let type = OperationType.changeMerchant

    package typealias Accepted = NoFields

    package var merchant: MerchantID = .none
    package var status: Merchant.Status = .active
    package var evidence: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &merchant)
        try coder.field(17, &status)
        try coder.field(18, &evidence)
    }
}

extension ChangeMerchant {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard evidence.isShortText else { return .failure(.textOutOfRange) }
        guard state.merchants.contains(merchant) else { return .failure(.unknownMerchant) }
        guard state.merchants[merchant].status != status else { return .failure(.merchantStatusUnchanged) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.merchants[merchant].status = status
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.merchantStatus(merchant, status))
    }
}
