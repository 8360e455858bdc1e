package import LedgerDomain

/// A bill and what the rule must give on it, worked out by hand by who wrote the rule.
package struct WorkedBill: Hashable, Sendable {
    /// What must come out.
    package enum Expectation: Hashable, Sendable {
        /// This subsidy, to the fen.
        case subsidy(Amount)
        /// A refusal.
        case refused(Refusal)
    }

    /// The line of the file, from 1.
    package let line: Int
    /// The face of the voucher; for a percentage its cap, which the claim took from the person's limit.
    package let face: Amount
    /// The outlet's category.
    package let category: String
    /// How the rest is paid.
    package let channel: String
    /// The whole bill.
    package let bill: Amount
    /// What must come out.
    package let expected: Expectation
    /// Why, for the reader; empty where the file says nothing.
    package let note: String

    /// What the rule gives on this bill.
    package func outcome(under rule: ProgrammeRule) -> Expectation {
        switch rule.subsidy(
            bill: bill, available: face, face: face, category: category, channel: channel)
        {
        case .success(let amount): .subsidy(amount)
        case .failure(let refusal): .refused(refusal)
        }
    }
}

/// Worked bills from CSV, next to a rule file as `NAME.bills.csv`: the proof that a rule means what it should.
package struct WorkedBillFile: Sendable {
    /// The columns of a file of worked bills; each row has a subsidy or a refusal.
    package enum Column: String, CSVColumn {
        case face = "face_yuan"
        case category
        case channel
        case bill = "bill_yuan"
        case subsidy = "subsidy_yuan"
        case refusal
        case note

        package var aliases: [String] {
            switch self {
            case .face: ["券面金额"]
            case .category: ["类别"]
            case .channel: ["支付渠道"]
            case .bill: ["消费金额"]
            case .subsidy: ["补贴金额"]
            case .refusal: ["拒绝代码"]
            case .note: ["说明"]
            }
        }

        package var isOptional: Bool { self == .note }
    }

    /// The bills in the order of the file.
    package let bills: [WorkedBill]

    /// Reads a whole file.
    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        bills = try CSVEntries(try CSVTable<Column>(bytes), WorkedBillFile.bill).checked()
    }

    /// The bills on which the rule gives something else than it should, and what it gives.
    package func mismatches(under rule: ProgrammeRule) -> [(bill: WorkedBill, found: WorkedBill.Expectation)]
    {
        bills.map { ($0, $0.outcome(under: rule)) }.filter { $0.0.expected != $0.1 }
    }

    private static func bill(_ record: inout CSVRecord<Column>) -> WorkedBill? {
        let face = record.amount(.face)
        let category = record.text(.category, .event)
        let channel = record.text(.channel, .channel)
        let amount = record.amount(.bill)
        let note = record.optionalText(.note)
        var expected: WorkedBill.Expectation?
        if record[.refusal].isEmpty {
            expected = record.amount(.subsidy).map(WorkedBill.Expectation.subsidy)
        } else {
            record.mustBeBlank(.subsidy, "where there is a refusal")
            expected = record.choice(.refusal, refusals).map(WorkedBill.Expectation.refused)
        }
        guard let face, let category, let channel, let amount, let expected else { return nil }
        return WorkedBill(
            line: record.line, face: face, category: category, channel: channel, bill: amount,
            expected: expected, note: note ?? "")
    }

    /// What a rule can answer to a bill alone, by its stable code.
    private static let refusals = Choice([
        "rule.below-threshold": Refusal.belowThreshold, "rule.no-subsidy": .noSubsidy,
    ])
}
