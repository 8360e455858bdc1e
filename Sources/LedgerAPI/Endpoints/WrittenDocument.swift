import LedgerDomain
import LedgerService
import StatementFormats

/// A document of the office that people write in YAML.
protocol WrittenDocument: SendableMetatype {
    /// What the description calls it, and the field that has it.
    static var schemaName: String { get }
    static var field: String { get }
    /// What it means that there is none.
    static var absence: String { get }
}

enum WrittenPaymentProfile: WrittenDocument {
    static let (schemaName, field) = ("PaymentProfile", "profile")
    static let absence = "missing where the usual columns hold and nobody wrote one"
}

enum WrittenRiskRules: WrittenDocument {
    static let (schemaName, field) = ("RiskRules", "rules")
    static let absence = "missing where the usual ones hold"
}

enum WrittenReportCalendar: WrittenDocument {
    static let (schemaName, field) = ("ReportCalendar", "calendar")
    static let absence = "missing where the usual one holds"
}

/// A document as it was written, and by whom.
struct WrittenAnswer<Kind: WrittenDocument>: JSONObject {
    var text: String?
    var by: Principal?
    var instant: Instant?

    init(_ written: (text: String, by: Principal, at: Instant)?) {
        (text, by, instant) = (written?.text, written?.by, written?.at)
    }

    static var schemaName: String { Kind.schemaName }
    static var fields: [JSONField<WrittenAnswer>] {
        [
            JSONField(told: Kind.field, "YAML; \(Kind.absence).", isRequired: false) { $0.text },
            JSONField(told: "by", "Who wrote it.", isRequired: false) { $0.by },
            JSONField(told: "instant", "When.", isRequired: false) { $0.instant },
        ]
    }
}

/// A document as a request brings it.
struct WrittenRequest<Kind: WrittenDocument>: JSONBody {
    var text = ""

    static var schemaName: String { "\(Kind.schemaName)Request" }
    static var fields: [JSONField<WrittenRequest>] {
        [JSONField(Kind.field, \.text, "YAML, as the command line takes it.", .text(1...4_000))]
    }

    /// Puts the document in place; what is wrong with it is told by its lines.
    func kept<Kept>(_ keep: ([UInt8]) throws -> Kept) throws -> Kept {
        do {
            return try keep(Array(text.utf8))
        } catch let faults as ProgrammeFileError {
            throw FieldFault(Kind.field, faults)
        }
    }
}

extension FieldFault {
    /// What is wrong with a YAML document.
    init(_ field: String, _ faults: ProgrammeFileError) {
        self.init(field, Sentence("文件有误：\n\(faults)", "The file cannot be used:\n\(faults)"))
    }
}
