import CBOR
import Cryptography
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension ReportView: JSONObject {
    static var schemaName: String { "Report" }
    static let fields: [JSONField<ReportView>] = [
        JSONField(told: "report", "The report.") { $0.row.id },
        JSONField(told: "kind", "What kind of report it is.") { $0.row.kind },
        JSONField(told: "from", "The first day.") { $0.row.from },
        JSONField(told: "through", "The last day.") { $0.row.through },
        JSONField(told: "version", "1 for the first of its period, one more for each restatement.") {
            $0.row.version
        },
        JSONField(told: "events", "How many events its figures are of.") { $0.row.events },
        JSONField(told: "digest", "SHA-256 of its figures.") { $0.row.digest },
        JSONField(told: "note", "Why it was restated; empty for a first version.") { $0.row.note },
        JSONField(told: "maker", "Who drafted it.") { $0.row.maker },
        JSONField(told: "instant", "When.") { $0.row.instant },
        JSONField(told: "signedBy", "Who signed it.", isRequired: false) { $0.signedBy },
        JSONField(told: "signedAt", "When.", isRequired: false) { $0.signedAt },
    ]
}

extension ReportDuties.Standing: JSONObject {
    static var schemaName: String { "ReportDuty" }
    static let fields: [JSONField<ReportDuties.Standing>] = [
        JSONField(told: "name", "What the county calls it.") { $0.name },
        JSONField(told: "kind", "What kind of report it is.") { $0.period.kind },
        JSONField(told: "from", "The first day.") { $0.period.from },
        JSONField(told: "through", "The last day.") { $0.period.through },
        JSONField(told: "due", "When it is due.") { $0.due },
        JSONField(told: "status", "How far it is.") { $0.status },
        JSONField(told: "report", "The latest version that was filed.", isRequired: false) { $0.report },
        JSONField(told: "overdue", "Whether it should be signed by now.") { $0.isOverdue },
    ]
}

extension ClosedMonthRow: JSONObject {
    static var schemaName: String { "ClosedMonth" }
    static let fields: [JSONField<ClosedMonthRow>] = [
        JSONField(told: "through", "The month's last day.") { $0.through },
        JSONField(told: "report", "The report that was signed for it.") { $0.report },
        JSONField(told: "principal", "Who closed it.") { $0.principal },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension DraftReport.Accepted: JSONObject {
    static let fields: [JSONField<DraftReport.Accepted>] = [
        JSONField(told: "report", "The new report.") { $0.report },
        JSONField(told: "version", "Which version of its period it is.") { $0.version },
    ]
}

extension LedgerDomain.CloseMonth: JSONBody {
    static let fields: [JSONField<LedgerDomain.CloseMonth>] = [
        JSONField("through", \.through, "The month's last day.")
    ]
}

extension LedgerDomain.CloseMonth.Accepted: JSONObject {
    static let fields: [JSONField<LedgerDomain.CloseMonth.Accepted>] = [
        JSONField(told: "report", "The report that was signed for it.") { $0.report }
    ]
}

/// A report that is to be filed.
struct DraftRequest: JSONBody {
    var kind = FiledReport.Kind.month
    var period = ""
    var note: String?

    static let fields: [JSONField<DraftRequest>] = [
        JSONField("kind", \.kind, "What kind of report it is."),
        JSONField("period", \.period, "2018-06, 2018-Q2, 2018-H1 or 2018; or its first month.", .text(4...7)),
        JSONField("note", \.note, "Why it is restated; a first version needs none.", .text(1...200)),
    ]
}

/// Whether the log still leads to a filed report.
struct ReportCheckAnswer: JSONObject {
    var check: LedgerService.ReportCheck

    static let fields: [JSONField<ReportCheckAnswer>] = [
        JSONField(told: "report", "The report as it was filed.") { $0.check.view },
        JSONField(told: "digest", "SHA-256 of its figures, made again from the log.") {
            Octets($0.check.figures.digest)
        },
        JSONField(told: "agrees", "Whether that is what was filed.") { $0.check.agrees },
    ]
}

/// For whom figures are.
private enum Audience: JSONName {
    case `internal`, `public`
}

extension APIRequest {
    /// The figures that the query asks for.
    fileprivate func figures() throws -> (period: ReportPeriod, figures: PeriodFigures) {
        let period = try reportPeriod()
        let told = try service.figures(period)
        let audience: Audience? = try query("audience")
        return (period, audience == .public ? try told.suppressed() : told)
    }

    /// The events that the query asks for.
    fileprivate func figureLines() throws -> Workbook.Sheet {
        let (dimension, key): (PeriodFigures.Dimension?, String?) = (try query("by"), try query("key"))
        guard (dimension == nil) == (key == nil) else {
            throw FieldFault(
                dimension == nil ? "by" : "key", Sentence("by 与 key 须同时填写", "by and key go together"))
        }
        if let fund: FundID = try query("fund") {
            guard dimension == nil else {
                throw FieldFault("fund", Sentence("不能与 by 同时填写", "it takes the place of by"))
            }
            return try service.fundLines(try reportPeriod(), of: fund, limit: 100_000)
        }
        var cell: (dimension: PeriodFigures.Dimension, key: String)?
        if let dimension, let key { cell = (dimension, key) }
        return try service.figureLines(try reportPeriod(), of: cell, limit: 100_000)
    }

    /// The period behind `kind` and `period`.
    private func reportPeriod() throws -> ReportPeriod {
        guard let kind: FiledReport.Kind = try query("kind") else {
            throw FieldFault("kind", Sentence("缺少报表种类", "the kind of report is missing"))
        }
        return try reportPeriod(kind, try query("period") ?? "")
    }

    fileprivate func reportPeriod(_ kind: FiledReport.Kind, _ text: String) throws -> ReportPeriod {
        guard let period = ReportPeriod(kind, text) else {
            throw FieldFault(
                "period",
                Sentence(
                    "期间形如 2018-06、2018-Q2、2018-H1 或 2018", "it looks like 2018-06, 2018-Q2, 2018-H1 or 2018"))
        }
        return period
    }
}

extension QueryField {
    /// What figures are asked for.
    fileprivate static let figures: [QueryField] =
        reported + [
            .field("audience", Audience.self, "For the public small cells are merged; internal unless told.")
        ]
    /// Which lines are asked for.
    fileprivate static let figureLines: [QueryField] =
        reported + [
            .field("by", PeriodFigures.Dimension.self, "A cut of the figures, with key."),
            .field("key", String.self, "The cell, as the figures have it; empty for the one without a name."),
            .field("fund", FundID.self, "A fund in the place of a cell: every posting that moved its money."),
        ]
    /// Which report.
    private static let reported: [QueryField] = [
        .field("kind", FiledReport.Kind.self, "What kind of report; needed."),
        .field("period", String.self, "2018-06, 2018-Q2, 2018-H1 or 2018; or its first month; needed."),
    ]
}

extension Endpoint {
    static let reports: [Endpoint] = [
        file(
            "figures", "getFigures", .closing, .read,
            "A period's figures as JSON with sorted keys: the bytes whose SHA-256 is filed.",
            type: "application/json", query: QueryField.figures
        ) { try $0.figures().figures.canonicalBytes },
        file(
            "figures.xlsx", "downloadFigures", .closing, .read, "A period's report as a workbook.",
            type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            query: QueryField.figures
        ) { request in
            try request.figuresWorkbook().xlsx()
        },
        file(
            "figures.html", "printFigures", .closing, .read, "A period's report as a page to print.",
            type: "text/html", query: QueryField.figures
        ) { request in
            Array(try request.figuresWorkbook().html.utf8)
        },
        file(
            "figure-lines.csv", "getFigureLines", .closing, .read,
            "The events behind a period's figures, one cell of them, or a fund's chain (下钻), at most 100,000.",
            type: "text/csv", query: QueryField.figureLines
        ) { try $0.figureLines().csv },
        file(
            "journal", "getJournal", .closing, .read,
            "The book of some business days as hledger's journal: an entry for each day, fund and kind, with balance assertions.",
            type: "text/plain", query: QueryField.period
        ) { request in
            let (from, through) = try request.period()
            var text = ""
            _ = try request.service.journal(from: from, through: through, detail: false) { text += $0 }
            return Array(text.utf8)
        },
        get(
            "report-calendar", "getReportCalendar", .closing, .read,
            "Which reports are owed, and by when (报送日历), as it was written."
        ) { WrittenAnswer<WrittenReportCalendar>(try $0.reportDuties.text()) },
        post(
            "report-calendar", "keepReportCalendar", .closing, .settlements, "Put another calendar in place."
        ) { (asked: WrittenRequest<WrittenReportCalendar>, request: APIRequest) in
            _ = try asked.kept { try request.reportDuties.keep($0, request.call) }
            return (WrittenAnswer<WrittenReportCalendar>(try request.reportDuties.text()), false)
        },
        list(
            "report-duties", "listReportDuties", .closing, .read,
            "Which reports are owed, when, and how far they are (报送日历)."
        ) { try $0.reportDuties.standings() },
        list("reports", "listReports", .closing, .read, "List filed reports (报表).") { request in
            try request.rows { (model) throws(StorageError) in try model.reports(request.ledger) }
        },
        post(
            "reports", "draftReport", .closing, .settlements,
            "File a period's figures by their hash, for a second person to sign.", creates: true
        ) { (asked: DraftRequest, request: APIRequest) in
            let (receipt, _) = try await request.service.draft(
                try request.reportPeriod(asked.kind, asked.period), note: asked.note ?? "", request.call)
            return (receipt.accepted, receipt.isReplay)
        },
        get(
            "reports/{report}/check", "checkReport", .closing, .read,
            "A filed report's figures made again from the log."
        ) { request in
            ReportCheckAnswer(check: try request.service.check(try request.path("report")))
        },
        post(
            "reports/{report}/signature", "signReport", .closing, .approveSettlements,
            "Sign a drafted report, as a second person."
        ) { (_: NoFields, request: APIRequest) in
            let receipt = try await request.service.sign(try request.path("report"), request.call)
            return (NoFields(), receipt.isReplay)
        },
        list("closed-months", "listClosedMonths", .closing, .read, "List closed months.") { request in
            try request.rows { (model) throws(StorageError) in try model.closedMonths(request.ledger) }
        },
        command(
            LedgerDomain.CloseMonth.self, "closed-months", .closing, .settlements,
            "Close a month whose report is signed (关账).", creates: true),
    ]
}

extension APIRequest {
    fileprivate func figuresWorkbook() throws -> Workbook {
        let (period, figures) = try figures()
        var names = try service.figureNames(isPublic: figures.isPublic)
        // As everywhere: merchants' names are for those who keep the register.
        if !caller.permissions.contains(.merchants) { names.merchants = [:] }
        return figures.workbook(
            titled: period.title.chinese, at: try service.state { $0.lastInstant }, names)
    }
}
