import CBOR
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage

extension Difference.Side: JSONObject {
    static var schemaName: String { "DifferenceSide" }
    static let fields: [JSONField<Difference.Side>] = [
        JSONField(told: "amount", "How much; a refund is negative.") { $0.amount },
        JSONField(told: "day", "On which business day.") { $0.day },
        JSONField(told: "line", "The event of the log, or the line of the file.") { $0.line },
        JSONField(told: "failed", "Whether no money moved.") { $0.hasFailed },
    ]
}

extension Difference.Note: JSONObject {
    static var schemaName: String { "DifferenceNote" }
    static let fields: [JSONField<Difference.Note>] = [
        JSONField(told: "principal", "Who wrote it.") { $0.principal },
        JSONField(told: "instant", "When.") { $0.instant },
        JSONField(told: "text", "What.") { $0.text },
    ]
}

extension Difference.Evidence: JSONObject {
    static var schemaName: String { "DifferenceEvidence" }
    static let fields: [JSONField<Difference.Evidence>] = [
        JSONField(told: "principal", "Who added it.") { $0.principal },
        JSONField(told: "instant", "When.") { $0.instant },
        JSONField(told: "name", "The document's name.") { $0.name },
        JSONField(told: "digest", "The document's SHA-256.") { $0.digest },
    ]
}

extension ResolutionView: JSONObject {
    static var schemaName: String { "Resolution" }
    static let fields: [JSONField<ResolutionView>] = [
        JSONField(told: "resolution", "The resolution.") { $0.row.id },
        JSONField(told: "manner", "What puts the difference to rest.") { $0.row.asked.manner },
        JSONField(told: "posting", "The event of the new entry.", isRequired: false) { $0.row.asked.posting },
        JSONField(told: "statement", "SHA-256 of the corrected statement.", isRequired: false) {
            $0.row.asked.statement
        },
        JSONField(told: "note", "What was found.") { $0.row.asked.note },
        JSONField(told: "maker", "Who proposed it.") { $0.row.maker },
        JSONField(told: "instant", "When.") { $0.row.instant },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "decidedBy", "Who decided.", isRequired: false) { $0.decidedBy },
        JSONField(told: "reason", "Why it was turned down or reopened; empty where it was not.") { $0.note },
    ]
}

extension Difference: JSONObject {
    static var schemaName: String { "Difference" }
    static let fields: [JSONField<Difference>] = [
        JSONField(told: "difference", "SHA-256 of its content, by which every run knows it.") { $0.id },
        JSONField(told: "kind", "What kind of difference it is.") { $0.kind },
        JSONField(told: "counterparty", "Who says otherwise.") { $0.counterparty },
        JSONField(told: "reference", "What both sides know it by; empty where there is nothing.") {
            $0.reference
        },
        JSONField(told: "ledger", "What the ledger says.", isRequired: false) { $0.ledger },
        JSONField(told: "statement", "What the other side says.", isRequired: false) { $0.statement },
        JSONField(told: "bank", "What the bank says, of three sides.", isRequired: false) { $0.bank },
        JSONField(told: "amount", "How much the sides are apart.") { $0.amount },
        JSONField(told: "run", "The event of the last run that found it.") { $0.lastRun },
        JSONField(told: "found", "When it was found first.") { $0.found },
        JSONField(told: "age", "Business days since its own.") { UInt32(clamping: $0.age) },
        JSONField(told: "owner", "The account that works on it.", isRequired: false) { $0.owner },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "gone", "Whether a later run did not find it any more.") { $0.isGone },
        JSONField(told: "back", "Whether a run found it again after a corrected statement.") { $0.isBack },
        JSONField(told: "notes", "What people wrote down.") { $0.notes },
        JSONField(told: "evidence", "The documents that show something.") { $0.evidence },
        JSONField(told: "resolutions", "What was proposed to put it to rest, the oldest first.") {
            $0.resolutions
        },
    ]
}

/// To whom a difference is given.
struct OwnerRequest: JSONBody {
    var owner: String?

    static let fields: [JSONField<OwnerRequest>] = [
        JSONField("owner", \.owner, "The account; nobody where it is missing.", .text(1...64))
    ]
}

/// Something that is written down.
struct NoteRequest: JSONBody {
    var text = ""

    static let fields: [JSONField<NoteRequest>] = [
        JSONField("text", \.text, "1 to 200 bytes.", .text(1...200))
    ]
}

/// A document by its content.
struct EvidenceRequest: JSONBody {
    var name = ""
    var digest = Octets()

    static let fields: [JSONField<EvidenceRequest>] = [
        JSONField("name", \.name, "The document's name.", .text(1...100)),
        JSONField("digest", \.digest, "The document's SHA-256.", .text(64...64)),
    ]
}

/// What puts a difference to rest.
struct ResolutionRequest: JSONBody {
    var posting: UInt64?
    var statement: Octets?
    var note = ""

    static let fields: [JSONField<ResolutionRequest>] = [
        JSONField("posting", \.posting, "The event of a new entry."),
        JSONField("statement", \.statement, "SHA-256 of a corrected statement.", .text(64...64)),
        JSONField(
            "note", \.note, "What was found; without the others, why it is right. Who disputed it reads it.",
            .text(1...200)),
    ]

    func remedy() throws -> Differences.Remedy {
        switch (posting, statement) {
        case (nil, nil): return .reason
        case (let event?, nil): return .posting(event)
        case (nil, let digest?): return .statement(digest)
        case (_?, _?):
            throw FieldFault("statement", Sentence("不能与 posting 同时填写", "it excludes posting"))
        }
    }
}

/// Which of the resolutions that were proposed a second person decides on: the one that was looked at.
struct ApprovalRequest: JSONBody {
    var resolution = ResolutionID.none

    static var schemaName: String { "ResolutionApproval" }
    static let fields: [JSONField<ApprovalRequest>] = [
        JSONField("resolution", \.resolution, "The one that was looked at; refused where another came since.")
    ]
}

/// The same, with why it is turned down.
struct RejectionRequest: JSONBody {
    var resolution = ResolutionID.none
    var reason = ""

    static var schemaName: String { "ResolutionRejection" }
    static let fields: [JSONField<RejectionRequest>] = [
        JSONField(
            "resolution", \.resolution, "The one that was looked at; refused where another came since."),
        .reason(\.reason),
    ]
}

/// Why a difference is opened again.
struct ReopenRequest: JSONBody {
    var evidence = Octets()
    var reason = ""

    static let fields: [JSONField<ReopenRequest>] = [
        JSONField("evidence", \.evidence, "SHA-256 of what shows it.", .text(64...64)),
        JSONField("reason", \.reason, "Why.", .text(1...200)),
    ]
}

/// What a merchant does not agree with.
struct DisputeRequest: JSONBody {
    var event: UInt64 = 0
    var claimed: Amount?
    var text = ""

    static let fields: [JSONField<DisputeRequest>] = [
        JSONField("event", \.event, "The line of the statement, by its event."),
        JSONField("claimed", \.claimed, "What the merchant says it is owed for it."),
        JSONField("text", \.text, "What is wrong.", .text(1...200)),
    ]
}

/// What a merchant is told of its dispute: what became of it, and nothing of how it is worked on.
struct DisputeAnswer: JSONObject {
    var difference: Difference

    static let fields: [JSONField<DisputeAnswer>] = [
        JSONField(told: "difference", "The difference that it opened.") { $0.difference.id },
        JSONField(told: "event", "The line of the statement, by its event.") { $0.difference.firstRun },
        JSONField(told: "day", "The business day of the line.", isRequired: false) { $0.difference.day },
        JSONField(told: "amount", "What the statement says.", isRequired: false) {
            $0.difference.ledger?.amount
        },
        JSONField(told: "claimed", "What the merchant says.", isRequired: false) {
            $0.difference.statement?.amount
        },
        JSONField(told: "instant", "When it was disputed.") { $0.difference.found },
        JSONField(told: "status", "Where it is in its life.") { $0.difference.status },
        JSONField(told: "manner", "What put it to rest, once something did.", isRequired: false) {
            $0.outcome?.manner
        },
        JSONField(told: "note", "What was found then.", isRequired: false) { $0.outcome?.note },
        JSONField(told: "posting", "The event of the new entry, where there is one.", isRequired: false) {
            $0.outcome?.posting
        },
    ]

    /// What two persons agreed on.
    private var outcome: ProposeResolution? {
        difference.status == .resolved ? difference.resolutions.last?.row.asked : nil
    }
}

extension APIRequest {
    /// The difference that the address names.
    fileprivate func difference() throws -> Difference {
        let id: Octets = try path("difference")
        return try differences.find(id.bytes.hexadecimal)
    }

    /// The difference of the address as it is now.
    fileprivate func answered(_ isReplay: Bool = false) throws -> (Difference, isReplay: Bool) {
        (try difference(), isReplay)
    }
}

extension Endpoint {
    static let differences: [Endpoint] = [
        pages(
            "differences", "listDifferences", .closing, .read,
            "List differences (差异), those found first at the beginning.",
            query: [
                .field("status", Difference.Status.self, "Only those where it is this."),
                .field("owner", String.self, "Only those that this account works on."),
            ]
        ) { request, window in
            let status: Difference.Status? = try request.query("status")
            let owner: String? = try request.query("owner")
            let found = try request.differences.list().filter { difference in
                (status.map { difference.status == $0 } ?? true)
                    && (owner.map { difference.owner == $0 } ?? true)
            }
            return Page(found, window)
        },
        get("differences/{difference}", "getDifference", .closing, .read, "One difference.") {
            try $0.difference()
        },
        post(
            "differences/{difference}/owner", "assignDifference", .closing, .settlements,
            "Give a difference to somebody, or to nobody."
        ) { (asked: OwnerRequest, request: APIRequest) in
            try request.differences.assign(try request.difference(), to: asked.owner)
            return try request.answered()
        },
        post(
            "differences/{difference}/notes", "noteDifference", .closing, .settlements,
            "Write something down about a difference.", creates: true
        ) { (asked: NoteRequest, request: APIRequest) in
            try request.differences.note(asked.text, on: try request.difference(), request.call)
            return try request.answered()
        },
        post(
            "differences/{difference}/evidence", "attachEvidence", .closing, .settlements,
            "Name a document that shows something.", creates: true
        ) { (asked: EvidenceRequest, request: APIRequest) in
            try request.differences.attach(
                asked.digest, named: asked.name, to: try request.difference(), request.call)
            return try request.answered()
        },
        post(
            "differences/{difference}/resolutions", "proposeResolution", .closing, .settlements,
            "Propose what puts a difference to rest.", creates: true
        ) { (asked: ResolutionRequest, request: APIRequest) in
            let receipt = try await request.differences.propose(
                try asked.remedy(), for: try request.difference(), note: asked.note, request.call)
            return try request.answered(receipt.isReplay)
        },
        post(
            "differences/{difference}/approval", "approveResolution", .closing, .approveSettlements,
            "Put a difference to rest, as a second person."
        ) { (asked: ApprovalRequest, request: APIRequest) in
            let receipt = try await request.differences.approve(
                try request.difference(), seen: asked.resolution, request.call)
            return try request.answered(receipt.isReplay)
        },
        post(
            "differences/{difference}/rejection", "rejectResolution", .closing, .approveSettlements,
            "Turn down what was proposed for a difference."
        ) { (asked: RejectionRequest, request: APIRequest) in
            let receipt = try await request.differences.reject(
                try request.difference(), seen: asked.resolution, reason: asked.reason, request.call)
            return try request.answered(receipt.isReplay)
        },
        post(
            "differences/{difference}/reopening", "reopenDifference", .closing, .settlements,
            "Open a difference again for later evidence."
        ) { (asked: ReopenRequest, request: APIRequest) in
            let receipt = try await request.differences.reopen(
                try request.difference(), evidence: asked.evidence, reason: asked.reason, request.call)
            return try request.answered(receipt.isReplay)
        },
        pages(
            "merchants/{merchant}/disputes", "listDisputes", .closing, .trade,
            "List what a merchant disputed in its statements, and what became of it."
        ) { request, window in
            let merchant: MerchantID = try request.path("merchant")
            try request.caller.demand(merchant: merchant)
            guard try request.service.state({ $0.merchants.contains(merchant) }) else {
                throw request.missing(.merchant, merchant)
            }
            return Page(
                try request.differences.disputes(of: merchant).map { DisputeAnswer(difference: $0) }, window)
        },
        post(
            "merchants/{merchant}/disputes", "disputeStatement", .closing, .dispute,
            "Dispute a line of a merchant's statement; it opens a difference.", creates: true
        ) { (asked: DisputeRequest, request: APIRequest) in
            let merchant: MerchantID = try request.path("merchant")
            try request.caller.demand(merchant: merchant)
            let opened = try request.differences.dispute(
                asked.event, by: merchant, claimed: asked.claimed, asked.text, request.call)
            return (DisputeAnswer(difference: opened), false)
        },
    ]
}
