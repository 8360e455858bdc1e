package import LedgerDomain
package import StatementFormats

/// What a settlement asks the banks to pay, in the forms that they take.
package struct PaymentOrder: Sendable {
    /// The form of a file.
    package enum Format: String, CaseIterable, Sendable {
        /// The bank's CSV.
        case csv
        /// ISO 20022 pain.001.001.09.
        case creditTransfer = "pain.001"

        /// The end of a file's name.
        package var suffix: String { self == .csv ? "csv" : "xml" }
    }

    /// The settlement, as people name it.
    package var settlement: String
    /// Which of the treasuries' bills it is, from 1; 0 for all in one.
    package var bill: Int = 0
    /// When it was exported.
    package var instant: Instant
    package var day: BusinessDay
    package var instructions: [PaymentInstruction]

    package var amount: Amount { instructions.reduce(.zero) { $0 + $1.amount } }

    /// The treasuries that pay, in the order of the lines; each gets a bill of its own.
    package var treasuries: [String] {
        instructions.reduce(into: []) { if !$0.contains($1.treasury) { $0.append($1.treasury) } }
    }

    /// What one treasury pays.
    package func bill(of treasury: String) -> PaymentOrder {
        var bill = self
        bill.bill = 1 + (treasuries.firstIndex(of: treasury) ?? treasuries.count)
        bill.instructions.removeAll { $0.treasury != treasury }
        return bill
    }

    /// The file for the bank; the same order gives the same bytes.
    package func bytes(as format: Format, _ profile: PaymentProfile) throws(ServiceError) -> [UInt8] {
        switch format {
        case .csv: return PaymentInstructionFile.bytes(instructions, as: profile.template, on: day)
        case .creditTransfer:
            do throws(CreditTransferFile.Problem) {
                // A bank refuses a message that it has had: every bill has a number of its own.
                return try CreditTransferFile.bytes(
                    instructions, profile, message: bill == 0 ? settlement : "\(settlement)-\(bill)",
                    at: instant, on: day)
            } catch {
                switch error {
                case .noDebtor(let treasury): throw .noDebtor(treasury)
                case .empty: throw .invalid("There is nothing to pay.")
                }
            }
        }
    }
}

extension ServiceError {
    /// That the payment profile does not say where a treasury's money is.
    static func noDebtor(_ treasury: String) -> ServiceError {
        .invalid("The payment profile names no account that \(treasury) pays from. Add it under debtors.")
    }
}
