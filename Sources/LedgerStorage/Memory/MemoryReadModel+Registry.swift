package import LedgerDomain

extension MemoryReadModel {
    package func ledger(_ ledger: LedgerCode) throws(StorageError) -> LedgerProfile? {
        read(ledger) { $0.ledgers[ledger] }
    }

    package func funds(_ ledger: LedgerCode) throws(StorageError) -> [FundRow] {
        read(ledger) { $0.funds.sorted(by: \.id) }
    }

    package func plans(_ ledger: LedgerCode) throws(StorageError) -> [PlanView] {
        read(ledger) { $0.plans.sorted(by: \.row.id) }
    }

    package func remittances(_ ledger: LedgerCode) throws(StorageError) -> [RemittanceView] {
        read(ledger) { $0.remittances.sorted(by: \.row.event) }
    }

    package func programmes(_ ledger: LedgerCode) throws(StorageError) -> [ProgrammeView] {
        read(ledger) { $0.programmes.sorted(by: \.row.id) }
    }

    package func programmeVersions(
        of programme: ProgrammeID, _ ledger: LedgerCode
    ) throws(StorageError) -> [ProgrammeVersionView] {
        read(ledger) { $0.versions.sorted(by: \.row.version) { $0.row.programme == programme } }
    }

    package func batches(_ ledger: LedgerCode) throws(StorageError) -> [BatchView] {
        read(ledger) { $0.batches.sorted(by: \.row.id) }
    }

    package func lotterySteps(
        of batch: BatchID, _ ledger: LedgerCode
    ) throws(StorageError) -> [LotteryStepRow] {
        read(ledger) { $0.lotterySteps.sorted(by: \.event) { $0.batch == batch } }
    }

    package func lotteryEntries(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [LotteryEntryRow] {
        read(ledger) { $0.lotteryEntries.sorted(by: \.batch) { $0.pseudonym == pseudonym } }
    }

    // A row of a file that is not among the imports is staged and not shown.

    package func merchants(_ ledger: LedgerCode) throws(StorageError) -> [MerchantView] {
        read(ledger) { rows in
            rows.merchants.sorted(by: \.row.id) { rows.imports[$0.row.file] != nil }
        }
    }

    package func outlets(_ ledger: LedgerCode) throws(StorageError) -> [OutletRow] {
        read(ledger) { rows in rows.outlets.sorted(by: \.id) { rows.imports[$0.file] != nil } }
    }

    package func terminals(_ ledger: LedgerCode) throws(StorageError) -> [TerminalRow] {
        read(ledger) { rows in rows.terminals.sorted(by: \.id) { rows.imports[$0.file] != nil } }
    }

    package func imports(_ ledger: LedgerCode) throws(StorageError) -> [ImportRow] {
        read(ledger) { $0.imports.sorted(by: \.event) }
    }
}
