package import LedgerDomain
package import LedgerStorage
package import StatementFormats

/// Which reports a ledger owes, and how far they are (报送日历).
package struct ReportDuties {
    /// A report of one period.
    package struct Standing: Sendable {
        package enum Status: String, CaseIterable, Sendable {
            /// The period is not over.
            case running
            case toDraft = "to-draft"
            case drafted, signed
        }

        package var name: String
        package var period: ReportPeriod
        package var due: BusinessDay
        package var status: Status
        /// The latest version that was filed.
        package var report: ReportID?
        package var isOverdue: Bool
    }

    private let service: LedgerService
    private let documents: OfficeDocuments

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        documents = OfficeDocuments(office, service.ledger)
    }

    /// The calendar that holds.
    package func calendar() throws(ServiceError) -> ReportCalendar {
        guard let written = try text() else { return .usual }
        do {
            return try ReportCalendar(Array(written.text.utf8))
        } catch {
            throw .storage(.corrupt("the reporting calendar: \(error)"))
        }
    }

    /// The calendar as it was written, with who wrote it; `nil` where the usual one holds.
    package func text() throws(ServiceError) -> (text: String, by: Principal, at: Instant)? {
        try documents.text(of: .reportCalendar, at: service.now)
    }

    /// Puts a calendar in place of the one there was.
    package func keep(_ bytes: [UInt8], _ call: Call) throws -> ReportCalendar {
        let calendar = try ReportCalendar(bytes)
        try documents.keep(
            bytes, as: .reportCalendar, by: call.principal, at: call.instant ?? service.now)
        return calendar
    }

    /// Every report from the ledger's first month on whose period has begun, those due first at the beginning.
    package func standings(on day: BusinessDay? = nil) throws(ServiceError) -> [Standing] {
        let calendar = try calendar()
        let opened = try service.storedEvents(from: 0, limit: 1).first?.instant
        let (reports, cutOff) = try service.state { ($0.reports, $0.settings[.businessDayCutOff]) }
        let now = try service.today()
        let today = day ?? now
        guard let first = opened?.businessDay(cutOff: cutOff).firstOfMonth else { return [] }
        var standings: [Standing] = []
        for duty in calendar.duties {
            // From the period that the ledger was opened in.
            var begin = first
            for _ in 1..<max(duty.kind.months, 2) { begin = BusinessDay(days: begin.days - 1).firstOfMonth }
            while begin <= today {
                let period = ReportPeriod(kind: duty.kind, from: begin)
                begin = BusinessDay(days: begin.lastOfMonth.days + 1)
                guard duty.begins.contains(period.from.civil.month), period.through >= first else { continue }
                let filed = reports.enumerated.reversed().first { _, report in
                    report.kind == duty.kind && report.from == period.from
                }
                let due = duty.due(period.through)
                let isSigned = filed?.entity.status == .signed
                standings.append(
                    Standing(
                        name: duty.name, period: period, due: due,
                        status: isSigned
                            ? .signed
                            : filed != nil ? .drafted : period.through >= today ? .running : .toDraft,
                        report: filed?.id, isOverdue: !isSigned && due < today))
            }
        }
        return standings.sorted { ($0.due, $0.name) < ($1.due, $1.name) }
    }
}
