package import LedgerDomain

/// 付款清单: payment instructions as CSV, for the finance officer who hands them to the bank.
package enum PaymentInstructionFile {
    /// The whole file as the bank's template wants it; the same instructions give the same bytes.
    ///
    /// What a spreadsheet would take for a formula is defused in every column.
    package static func bytes(
        _ instructions: [PaymentInstruction], as template: PaymentProfile.Template, on day: BusinessDay
    ) -> [UInt8] {
        var writer = CSVWriter(
            header: template.columns.map(\.title), byteOrderMark: template.encoding == .utf8Mark)
        for (index, instruction) in instructions.enumerated() {
            writer.append(template.columns.map { field($0.value, instruction, index + 1, day) })
        }
        return template.encoding.bytes(of: writer.text)
    }

    private static func field(
        _ value: PaymentProfile.Value, _ instruction: PaymentInstruction, _ number: Int, _ day: BusinessDay
    ) -> CSVField {
        switch value {
        case .reference: .text(instruction.reference)
        case .payeeName: .text(instruction.payeeName)
        case .account: .text(instruction.account)
        case .bankCode: .text(instruction.bankCode)
        case .amountYuan: .amount(instruction.amount)
        case .amountFen: .number(instruction.amount.fen)
        case .fund: .text(instruction.fund)
        case .treasury: .text(instruction.treasury)
        case .purpose: .text(instruction.purpose)
        case .date: .text(day.text)
        case .sequence: .number(Int64(number))
        case .text(let text): .text(text)
        }
    }
}
