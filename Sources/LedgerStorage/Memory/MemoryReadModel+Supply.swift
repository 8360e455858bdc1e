package import LedgerDomain

extension MemoryReadModel {
    package func sessions(_ ledger: LedgerCode) throws(StorageError) -> [SessionView] {
        read(ledger) { $0.sessions.sorted(by: \.row.id) }
    }

    package func admissions(
        to session: SessionID, _ ledger: LedgerCode
    ) throws(StorageError) -> [AdmissionRow] {
        read(ledger) { $0.admissions.sorted(by: \.number) { $0.session == session } }
    }

    package func catalogues(_ ledger: LedgerCode) throws(StorageError) -> [CatalogueRow] {
        read(ledger) { $0.catalogues.sorted(by: \.event) }
    }

    package func awards(_ ledger: LedgerCode) throws(StorageError) -> [AwardView] {
        read(ledger) { $0.awards.sorted(by: \.row.id) }
    }

    package func points(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [PointsRow] {
        read(ledger) { $0.points.sorted(by: \.event) { $0.pseudonym == pseudonym } }
    }
}
