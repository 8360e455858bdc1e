package import LedgerDomain

extension MemoryReadModel {
    package func payeeHolds(_ ledger: LedgerCode) throws(StorageError) -> [PayeeHoldRow] {
        read(ledger) { $0.payeeHolds.sorted(by: \.event) }
    }

    package func payeeChanges(_ ledger: LedgerCode) throws(StorageError) -> [PayeeChangeView] {
        read(ledger) { $0.payeeChanges.sorted(by: \.row.event) }
    }

    package func reports(_ ledger: LedgerCode) throws(StorageError) -> [ReportView] {
        read(ledger) { $0.reports.sorted(by: \.row.id) }
    }

    package func closedMonths(_ ledger: LedgerCode) throws(StorageError) -> [ClosedMonthRow] {
        read(ledger) { $0.closedMonths.sorted(by: \.through) }
    }

    package func corrections(_ ledger: LedgerCode) throws(StorageError) -> [CorrectionView] {
        read(ledger) { $0.corrections.sorted(by: \.row.id) }
    }

    package func reconciliations(_ ledger: LedgerCode) throws(StorageError) -> [ReconciliationRow] {
        read(ledger) { $0.reconciliations.sorted(by: \.event) }
    }

    package func resolutions(_ ledger: LedgerCode) throws(StorageError) -> [ResolutionView] {
        read(ledger) { $0.resolutions.sorted(by: \.row.id) }
    }
}
