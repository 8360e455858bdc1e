import CBOR
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension SubmitProgramme.Accepted: JSONObject {
    static let fields: [JSONField<SubmitProgramme.Accepted>] = [
        JSONField(told: "programme", "The new programme.") { $0.programme }
    ]
}

extension ProposeRule.Accepted: JSONObject {
    static let fields: [JSONField<ProposeRule.Accepted>] = [
        JSONField(told: "version", "The number of the proposed version.") { $0.version }
    ]
}

extension ApproveRule: JSONBody {
    static let fields: [JSONField<ApproveRule>] = [
        JSONField(
            "proposal", \.proposal,
            "The digest of what is approved, as the programme's own page says it, so that nobody approves something else."
        )
    ]
}

extension ApproveRule.Accepted: JSONObject {
    static let fields: [JSONField<ApproveRule.Accepted>] = [
        JSONField(told: "version", "The version that is in force for new batches.") { $0.version }
    ]
}

extension ApproveProgramme: JSONBody {
    static let fields: [JSONField<ApproveProgramme>] = []
}

extension ChangeProgramme: JSONBody {
    static let fields: [JSONField<ChangeProgramme>] = []
}

extension Allocate: JSONBody {
    static let fields: [JSONField<Allocate>] = [
        JSONField("fund", \.fund, "The fund that gives."), JSONField("amount", \.amount, "How much."),
    ]
}

extension Reclaim: JSONBody {
    static let fields: [JSONField<Reclaim>] = [
        JSONField("fund", \.fund, "The fund that gets it back."), JSONField("amount", \.amount, "How much."),
    ]
}

/// A sentence of a rule in both languages.
struct RuleSentence: JSONObject {
    var sentence: Sentence

    static let fields: [JSONField<RuleSentence>] = [
        JSONField(told: "chinese", "中文.") { $0.sentence.chinese },
        JSONField(told: "english", "English.") { $0.sentence.english },
    ]
}

extension ProgrammeView: JSONObject {
    static var schemaName: String { "Programme" }
    static let fields: [JSONField<ProgrammeView>] = [
        JSONField(told: "programme", "The programme.") { $0.row.id },
        JSONField(told: "name", "What people call it.") { $0.row.name },
        JSONField(told: "document", "The policy document (文号).") { $0.row.document },
        JSONField(told: "kind", "How the subsidy follows from the bill.") { $0.row.rule.kind },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "maker", "Who submitted it.") { $0.row.maker },
        JSONField(told: "approvedBy", "Who approved it.", isRequired: false) { $0.approvedBy },
        JSONField(told: "instant", "When it was submitted.") { $0.row.instant },
    ]
}

/// A programme with its rule in force and what waits for approval.
struct ProgrammeDetails: JSONObject {
    var view: ProgrammeView
    var state: Programme
    var versions: [ProgrammeVersionView]

    static let fields: [JSONField<ProgrammeDetails>] = [
        JSONField(told: "programme", "The programme.") { $0.view },
        JSONField(told: "rule", "The rule in force, in sentences.") {
            $0.state.rule.sentences.map(RuleSentence.init)
        },
        JSONField(told: "held", "What it has and has not opened in batches, fund by fund.") {
            $0.state.balances.entries.map { FundAmount(fund: $0.fund, amount: $0.amount) }
        },
        JSONField(told: "proposal", "The digest of the version that waits for approval.", isRequired: false) {
            $0.state.pending?.digest
        },
        JSONField(told: "proposedRule", "That version, in sentences.", isRequired: false) {
            $0.state.pending?.rule.sentences.map(RuleSentence.init)
        },
        JSONField(told: "versions", "The versions after the first.") { $0.versions },
    ]
}

extension ProgrammeVersionView: JSONObject {
    static var schemaName: String { "ProgrammeVersion" }
    static let fields: [JSONField<ProgrammeVersionView>] = [
        JSONField(told: "version", "Its number.") { $0.row.version },
        JSONField(told: "document", "The policy document (文号).") { $0.row.document },
        JSONField(told: "maker", "Who proposed it.") { $0.row.maker },
        JSONField(told: "approvedBy", "Who approved it.", isRequired: false) { $0.approvedBy },
        JSONField(told: "instant", "When it was proposed.") { $0.row.instant },
    ]
}

extension Endpoint {
    static let programmes: [Endpoint] =
        [
            list("programmes", "listProgrammes", .programmes, .read, "List programmes (活动).") { request in
                try request.rows { (model) throws(StorageError) in try model.programmes(request.ledger) }
            },
            ruleFile(
                "programmes", "submitProgramme", "Submit a rule file for approval.", creates: true,
                SubmitProgramme.self
            ) { file, _ in
                .with { ($0.name, $0.document, $0.rule) = (file.name, file.document, file.rule) }
            },
            get(
                "programmes/{programme}", "getProgramme", .programmes, .read,
                "A programme with its rule, its money and its versions."
            ) { request in
                let id: ProgrammeID = try request.path("programme")
                let state = try request.service.state { $0.programmes.contains(id) ? $0.programmes[id] : nil }
                let (view, versions) = try request.rows { (model) throws(StorageError) in
                    (
                        try model.programmes(request.ledger).first { $0.row.id == id },
                        try model.programmeVersions(of: id, request.ledger)
                    )
                }
                guard let view, let state else { throw request.missing(.programme, id) }
                return ProgrammeDetails(view: view, state: state, versions: versions)
            }.showing(.programme),
            command(
                ApproveProgramme.self, "programmes/{programme}/approval", .programmes, .approveProgrammes,
                "Approve a programme, as a second person."
            ) { $0.programme = try $1.path("programme") }.editing(.programme),
            ruleFile(
                "programmes/{programme}/versions", "proposeVersion",
                "Propose a changed rule file as a new version of a running programme.", creates: true,
                ProposeRule.self
            ) { file, request in
                let id: ProgrammeID = try request.path("programme")
                return .with { ($0.programme, $0.document, $0.rule) = (id, file.document, file.rule) }
            },
            command(
                ApproveRule.self, "programmes/{programme}/versions/approval", .programmes, .approveProgrammes,
                "Approve the proposed version, as a second person."
            ) { $0.programme = try $1.path("programme") }.editing(.programme),
            command(
                Allocate.self, "programmes/{programme}/allocations", .programmes, .money,
                "Money moves from a fund to a programme (分配)."
            ) { $0.programme = try $1.path("programme") },
            command(
                Reclaim.self, "programmes/{programme}/reclaims", .programmes, .money,
                "What a programme did not use returns to its fund."
            ) { $0.programme = try $1.path("programme") },
        ] + ChangeProgramme.Action.allCases.map(change)

    private static func change(_ action: ChangeProgramme.Action) -> Endpoint {
        let summary =
            switch action {
            case .pause: "Pause: nothing is issued or redeemed."
            case .resume: "Resume a paused programme."
            case .close: "Close: nothing more is issued; vouchers that are out are honoured."
            }
        var endpoint = command(
            ChangeProgramme.self, "programmes/{programme}/\(action)", .programmes, .programmes, summary
        ) {
            $0.programme = try $1.path("programme")
            $0.action = action
        }
        endpoint.name = "\(action)Programme"
        return endpoint.editing(.programme)
    }

    /// Something that takes a rule file as officers write it.
    private static func ruleFile<Asked: Operation>(
        _ path: String, _ name: String, _ summary: String, creates: Bool, _ type: Asked.Type,
        _ command: @escaping @Sendable (ProgrammeFile, APIRequest) throws -> Asked
    ) -> Endpoint where Asked.Accepted: JSONObject {
        Endpoint(
            method: .post, path: path, name: name, tag: .programmes, summary: summary,
            permission: .programmes,
            body: .file("A rule file (YAML), as wenhui programme check explains."),
            answer: .json({ CommandAnswer<Asked>.schema(in: &$0) }, example: CommandAnswer<Asked>.example),
            status: creates ? .created : .ok
        ) { request in
            let file: ProgrammeFile
            do {
                file = try ProgrammeFile(request.body)
            } catch let error as ProgrammeFileError {
                throw FieldFault("", Sentence("规则文件有误：\n\(error.description)", error.description))
            }
            let receipt = try await request.service.perform(try command(file, request), request.call)
            return .json(
                CommandAnswer(receipt: receipt), in: request.ledger, isReplay: receipt.isReplay)
        }
    }
}
