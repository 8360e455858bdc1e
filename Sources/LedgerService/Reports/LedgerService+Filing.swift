package import LedgerDomain
package import LedgerStorage

extension LedgerService {
    /// A filed report, and whether the log still leads to its figures.
    package struct ReportCheck: Sendable {
        package var view: ReportView
        package var figures: PeriodFigures
        package var agrees: Bool
    }

    /// The figures of a period.
    package func figures(_ period: ReportPeriod) throws(ServiceError) -> PeriodFigures {
        try figures(period.kind, from: period.from, through: period.through)
    }

    /// Files the figures of a period by their hash, for a second person to sign.
    ///
    /// - Parameter note: why it is restated; a first version may say nothing.
    package func draft(
        _ period: ReportPeriod, note: String, _ call: Call
    ) async throws(ServiceError) -> (receipt: Receipt<DraftReport>, figures: PeriodFigures) {
        let figures = try figures(period)
        let receipt = try await perform(
            DraftReport.with {
                ($0.kind, $0.from, $0.through) = (period.kind, period.from, period.through)
                ($0.events, $0.digest, $0.note) = (figures.events, Octets(figures.digest), note)
            }, call)
        return (receipt, figures)
    }

    /// A report with its figures, made again from the log.
    package func check(_ report: ReportID) throws(ServiceError) -> ReportCheck {
        let views = try query { (model) throws(StorageError) in try model.reports(ledger) }
        guard let view = views.first(where: { $0.row.id == report }) else {
            throw .notFound(.report, report.text(in: ledger))
        }
        let figures = try figures(view.row.kind, from: view.row.from, through: view.row.through)
        return ReportCheck(
            view: view, figures: figures, agrees: Octets(figures.digest) == view.row.digest)
    }

    /// Signs a drafted report as a second person, where the log still leads to it.
    package func sign(_ report: ReportID, _ call: Call) async throws(ServiceError) -> Receipt<SignReport> {
        let view = try query { (model) throws(StorageError) in try model.reports(ledger) }
            .first { $0.row.id == report }
        // What the ledger refuses anyhow it says itself.
        if let view, view.signedBy == nil, try !check(report).agrees {
            throw .unsound("report \(report.text(in: ledger)) is not what the log leads to")
        }
        return try await perform(SignReport.with { $0.report = report }, call)
    }

    /// What the numbers in figures are called; for the public, whose they are alone.
    package func figureNames(isPublic: Bool) throws(ServiceError) -> FigureNames {
        var names = FigureNames()
        if let profile = try state({ $0.profile }) {
            names.ledger = profile.name + (profile.practice ? "（演练）" : "")
        }
        guard !isPublic else { return names }
        let (programmes, outlets, merchants) = try query { (model) throws(StorageError) in
            (try model.programmes(ledger), try model.outlets(ledger), try model.merchants(ledger))
        }
        for view in programmes { names.programmes[view.row.id.text(in: ledger)] = view.row.name }
        for row in outlets { names.outlets[row.id.text(in: ledger)] = try people.text(row.name) }
        for view in merchants {
            names.merchants[view.row.id.text(in: ledger)] = try people.text(view.row.name)
        }
        return names
    }
}
