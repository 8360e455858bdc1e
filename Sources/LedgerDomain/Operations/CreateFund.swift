package import CBOR

/// Creates a fund: money of one treasury and fiscal year, earmarked by its document number (指标文号).
package struct CreateFund: Operation {
    package static let type = OperationType.createFund

    package var level: FundLevel = .county
    package var fiscalYear: Int32 = 0
    package var matching: Bool = false
    package var treasury: String = ""
    package var document: String = ""
    package var functionalCode: String = ""
    package var economicCode: String = ""

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &level)
        try coder.field(17, &fiscalYear)
        try coder.field(18, &matching)
        try coder.field(19, &treasury)
        try coder.field(20, &document)
        try coder.field(21, &functionalCode)
        try coder.field(22, &economicCode)
    }

    /// The fund's number.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var fund: FundID = .none

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &fund)
        }
    }
}

extension CreateFund {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard treasury.isShortText, document.isShortText, functionalCode.isShortText, economicCode.isShortText
        else {
            return .failure(.textOutOfRange)
        }
        return .success(.with { $0.fund = state.funds.nextID })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.funds.append(Fund(level: level, fiscalYear: fiscalYear, matching: matching))
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .fund(
                FundRow(
                    id: accepted.fund, level: level, fiscalYear: fiscalYear, matching: matching,
                    treasury: treasury,
                    document: document, functionalCode: functionalCode, economicCode: economicCode)))
    }
}
