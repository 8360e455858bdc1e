package import CBOR

/// One line of a merchants file, inert until the file is closed.
///
/// Names and the account are salted hashes; in clear they are in the vault only (DESIGN §6).
package struct ImportMerchant: Operation {
    package static let type = OperationType.importMerchant

    package var file: Digest128 = .zero
    package var index: UInt32 = 0
    package var creditCode: String = ""
    package var name: Digest128 = .zero
    package var payeeCreditCode: String = ""
    package var payeeName: Digest128 = .zero
    package var account: Digest128 = .zero
    package var bankCode: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &file)
        try coder.field(17, &index)
        try coder.field(18, &creditCode)
        try coder.field(19, &name)
        try coder.field(20, &payeeCreditCode)
        try coder.field(21, &payeeName)
        try coder.field(22, &account)
        try coder.field(23, &bankCode)
    }

    /// The numbers that the merchant and its payee will have.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var merchant: MerchantID = .none
        package var payee: PayeeID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &merchant)
            try coder.field(33, &payee)
        }
    }
}

extension ImportMerchant {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        let staged: StagedImport
        switch state.staging(.merchants, file, index: index) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let found): staged = found
        }
        guard creditCode.isShortText, payeeCreditCode.isShortText, bankCode.isShortText else {
            return .failure(.importLineInvalid)
        }
        guard state.merchant(creditCode: creditCode) == nil,
            !staged.merchants.contains(where: { $0.creditCode == creditCode })
        else { return .failure(.alreadyRegistered) }
        return .success(
            .with {
                $0.merchant = MerchantID(state.merchants.nextID.rawValue + index)
                $0.payee = state.payee(creditCode: payeeCreditCode, staged)
            })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        if index == 0 { state.staged[.merchants] = StagedImport(file: file) }
        state.staged[.merchants]?.merchants.append(
            StagedMerchant(creditCode: creditCode, payeeCreditCode: payeeCreditCode, payee: accepted.payee))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .merchant(
                MerchantRow(
                    file: file, id: accepted.merchant, creditCode: creditCode, payee: accepted.payee,
                    payeeCreditCode: payeeCreditCode, bankCode: bankCode, name: name, payeeName: payeeName,
                    account: account)))
    }
}

extension LedgerState {
    /// The payee of a credit code: registered, staged, or the next new one.
    fileprivate func payee(creditCode: String, _ staged: StagedImport) -> PayeeID {
        if let known = payees.enumerated.first(where: { $0.entity.creditCode == creditCode }) {
            return known.id
        }
        if let known = staged.merchants.first(where: { $0.payeeCreditCode == creditCode }) {
            return known.payee
        }
        let highest = staged.merchants.map(\.payee.rawValue).max() ?? 0
        return PayeeID(max(highest + 1, payees.nextID.rawValue))
    }
}
