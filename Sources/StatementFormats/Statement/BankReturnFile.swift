package import LedgerDomain
package import Reconciliation

/// What the bank says became of one payment instruction.
package struct BankReturnRow: Hashable, Sendable {
    /// How the payment ended.
    package enum Outcome: Hashable, Sendable {
        /// Paid, under the bank's own number.
        case paid(bankReference: String)
        /// Not paid, for the reason the bank gives.
        case failed(reason: String)
        /// Paid and come back (退票), for the reason the bank gives.
        case returned(reason: String)
    }

    /// The line of the file, from 1.
    package let line: Int
    /// The reference of the instruction, as it was exported.
    package let reference: String
    /// The amount the bank speaks of.
    package let amount: Amount
    /// The bank's day.
    package let day: BusinessDay
    /// How the payment ended.
    package let outcome: Outcome
}

/// 银行回单: the bank's answer to payment instructions, from CSV, camt.053 or camt.054, for the officer who settles line
/// by line.
package struct BankReturnFile: Sendable {
    /// The columns of a bank return; a paid row needs the bank's reference, a failed one the reason.
    package enum Column: String, CSVColumn {
        case reference
        case amount = "amount_yuan"
        case date
        case status
        case bankReference = "bank_reference"
        case reason

        package var aliases: [String] {
            switch self {
            case .reference: ["付款编号"]
            case .amount: ["金额"]
            case .date: ["日期"]
            case .status: ["状态"]
            case .bankReference: ["银行流水号"]
            case .reason: ["原因"]
            }
        }

        package var isOptional: Bool { self == .reason }
    }

    /// The payments in the order of the file.
    package let rows: [BankReturnRow]

    /// Reads a whole file, whichever of them it is.
    package init(_ file: some Collection<UInt8>) throws(RowFaults) {
        let bytes = Array(file)
        if CamtFile.canBe(bytes) {
            rows = try CamtFile(bytes).transactions.compactMap(BankReturnRow.init)
            return
        }
        let table = try CSVTable<Column>(bytes, mayBeEmpty: true)
        rows = try CSVEntries(table, BankReturnFile.row).checked()
    }

    /// The payments as a side of a reconciliation.
    package var statement: Statement {
        Statement(
            name: StatementImport.name,
            lines: rows.map { row in
                let outcome: StatementLine.Outcome =
                    switch row.outcome {
                    case .paid: .succeeded
                    case .failed, .returned: .failed
                    }
                return StatementLine(
                    reference: row.reference, amount: row.amount.fen, day: row.day.days, line: row.line,
                    outcome: outcome)
            })
    }

    private static func row(_ record: inout CSVRecord<Column>) -> BankReturnRow? {
        let reference = record.text(.reference)
        let amount = record.amount(.amount)
        let day = record.value(.date, BusinessDay.init(entered:))
        let status = record.choice(.status, statuses)
        let bankReference = record.optionalText(.bankReference, .event)
        let reason = record.optionalText(.reason, .event)
        guard let status else { return nil }
        if status == .paid {
            record.mustBeBlank(.reason, "where the payment went through")
            if record[.bankReference].isEmpty {
                record.fault(.bankReference, "is empty; a paid row needs it")
            }
        } else if record[.reason].isEmpty {
            record.fault(.reason, "is empty; a row that was not paid, or came back, needs it")
        }
        guard let reference, let amount, let day else { return nil }
        let outcome: BankReturnRow.Outcome =
            switch status {
            case .paid: .paid(bankReference: bankReference ?? "")
            case .failed: .failed(reason: reason ?? "")
            case .returned: .returned(reason: reason ?? "")
            }
        return BankReturnRow(
            line: record.line, reference: reference, amount: amount, day: day, outcome: outcome)
    }

    private enum Status { case paid, failed, returned }

    private static let statuses = Choice([
        "paid": Status.paid, "failed": .failed, "returned": .returned, "成功": .paid, "失败": .failed,
        "退票": .returned,
    ])
}

extension BankReturnRow {
    /// What an account statement says of a payment; `nil` for what names none.
    ///
    /// Money that comes in under the name of an instruction has come back, whether the bank marks it so or not.
    fileprivate init?(_ transaction: BankTransaction) {
        guard !transaction.reference.isEmpty else { return nil }
        let bankReference =
            transaction.bankReference.isEmpty ? transaction.day.text : transaction.bankReference
        let reason = transaction.note.isEmpty ? "银行退票 \(transaction.day.text)" : transaction.note
        self.init(
            line: transaction.line, reference: transaction.reference, amount: transaction.amount,
            day: transaction.day,
            outcome: !transaction.isDebit ? .returned(reason: reason) : .paid(bankReference: bankReference))
    }
}
