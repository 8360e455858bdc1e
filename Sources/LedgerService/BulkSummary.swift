package import LedgerDomain
import LedgerEngine

/// What became of the rows of a file that was given to the ledger row by row.
package struct BulkSummary: Sendable {
    /// Rows that the ledger accepted.
    package var accepted = 0
    /// Rows whose key had been used for the same command before: they changed nothing.
    package var replayed = 0
    /// Rows that the ledger refused, by reason.
    package var refused: [Refusal: Int] = [:]
    /// Rows that were not given to the ledger, with the line and the reason.
    package var skipped: [(line: Int, reason: String)] = []
    /// The subsidy of accepted redemptions.
    package var subsidy = Amount.zero
    /// The vouchers issued, by the line that asked for each.
    package var vouchers: [(line: Int, voucher: VoucherID)] = []

    package var refusals: Int { refused.values.reduce(0, +) }

    mutating func add(_ reply: Reply, line: Int) throws(ServiceError) {
        switch reply {
        case .failure(.refusedUnrecorded(let refusal)):
            refused[refusal, default: 0] += 1
        case .failure(.keyReused(let event)):
            skipped.append((line, "its key was used for another command, event \(event)"))
        case .failure(let fault):
            throw .fault(fault)
        case .success(let answer):
            if let issued = answer.accepted(Issue.self) { vouchers.append((line, issued.voucher)) }
            if answer.isReplay {
                replayed += 1
            } else if let refusal = answer.refusal {
                refused[refusal, default: 0] += 1
            } else {
                accepted += 1
                if let terms = answer.accepted(Redeem.self) { subsidy += terms.subsidy.total }
                if let captured = answer.accepted(Capture.self) { subsidy += captured.terms.subsidy.total }
            }
        }
    }
}
