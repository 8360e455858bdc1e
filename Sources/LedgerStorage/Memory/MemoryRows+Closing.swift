import LedgerDomain

extension MemoryRows {
    /// Writes one change about payees, reports, closed months, corrections and differences.
    mutating func applyToClosing(_ change: ReadModelChange) throws(StorageError) {
        switch change {
        case .payeeHold(let row):
            try payeeHolds.insert(row.event, row)
        case .payeeChange(let row):
            try payeeChanges.insert(
                row.event, PayeeChangeView(row: row, status: .proposed, decidedBy: nil, note: ""))
        case .payeeChangeDecided(let event, let status, let principal, let note):
            try payeeChanges.update(event) { change throws(StorageError) in
                (change.status, change.decidedBy, change.note) = (status, principal, note)
                if status == .approved { _ = try approval(principal, nil, change.row.maker) }
            }
        case .payeeAccount(let payee, let name, let account, let bankCode):
            let paid = merchants.rows.filter { $0.value.row.payee == payee }.map(\.key)
            for merchant in paid {
                try merchants.update(merchant) {
                    ($0.row.payeeName, $0.row.account, $0.row.bankCode) = (name, account, bankCode)
                }
            }
        case .report(let row):
            try check(row.digest.bytes.count == 32 && row.through > row.from, "a report is of nothing")
            try reports.insert(row.id, ReportView(row: row, signedBy: nil, signedAt: nil))
        case .reportSigned(let id, let principal, let instant):
            try reports.update(id) { report throws(StorageError) in
                report.signedBy = try approval(principal, nil, report.row.maker)
                report.signedAt = instant
            }
        case .monthClosed(let row):
            try closedMonths.insert(row.through, row)
        case .correction(let row):
            try check(row.amount > .zero, "a correction is not positive")
            try corrections.insert(
                row.id, CorrectionView(row: row, status: .proposed, decidedBy: nil, note: ""))
        case .correctionDecided(let id, let status, let principal, let note):
            try corrections.update(id) { correction throws(StorageError) in
                (correction.status, correction.decidedBy, correction.note) = (status, principal, note)
                if status == .posted { _ = try approval(principal, nil, correction.row.maker) }
            }
        case .reconciliation(let row):
            try check(row.asked.result.bytes.count == 32, "a reconciliation has no result")
            try reconciliations.insert(row.event, row)
        case .resolution(let row):
            try check(row.asked.difference.bytes.count == 32, "a resolution is of no difference")
            try resolutions.insert(
                row.id, ResolutionView(row: row, status: .proposed, decidedBy: nil, note: ""))
        case .resolutionDecided(let id, let status, let principal, let note):
            try resolutions.update(id) { resolution throws(StorageError) in
                (resolution.status, resolution.decidedBy, resolution.note) = (status, principal, note)
                if status == .approved { _ = try approval(principal, nil, resolution.row.maker) }
            }
        default:
            break
        }
    }
}
