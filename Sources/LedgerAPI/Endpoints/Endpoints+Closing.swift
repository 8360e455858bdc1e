import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

extension ProposeCorrection: JSONBody {
    static let fields: [JSONField<ProposeCorrection>] = [
        JSONField("redemption", \.redemption, "The redemption that is corrected."),
        JSONField("amount", \.amount, "How much of its subsidy is taken back."),
        JSONField("reason", \.reason, "What is corrected and why.", .text(1...200)),
        JSONField("evidence", \.evidence, "SHA-256 of what shows it.", .text(64...64)),
    ]
}

extension ProposeCorrection.Accepted: JSONObject {
    static let fields: [JSONField<ProposeCorrection.Accepted>] = [
        JSONField(told: "correction", "The new correction.") { $0.correction }
    ]
}

extension ApproveCorrection: JSONBody {
    static let fields: [JSONField<ApproveCorrection>] = []
}

extension ApproveCorrection.Accepted: JSONObject {
    static let fields: [JSONField<ApproveCorrection.Accepted>] = [
        JSONField(told: "redemption", "What is corrected.") { $0.redemption },
        JSONField(told: "amount", "How much is taken back.") { $0.subsidy.total },
        JSONField(told: "day", "The day that it is dated.") { $0.day },
    ]
}

extension RejectCorrection: JSONBody {
    static let fields: [JSONField<RejectCorrection>] = [
        JSONField("reason", \.reason, "Why.", .text(1...200))
    ]
}

extension CorrectionView: JSONObject {
    static var schemaName: String { "Correction" }
    static let fields: [JSONField<CorrectionView>] = [
        JSONField(told: "correction", "The correction.") { $0.row.id },
        JSONField(told: "redemption", "What it corrects.") { $0.row.redemption },
        JSONField(told: "amount", "How much of the subsidy.") { $0.row.amount },
        JSONField(told: "reason", "Why.") { $0.row.reason },
        JSONField(told: "evidence", "SHA-256 of what shows it.", isRequired: false) { $0.row.evidence },
        JSONField(told: "maker", "Who proposed it.") { $0.row.maker },
        JSONField(told: "instant", "When.") { $0.row.instant },
        JSONField(told: "status", "Where it is in its life.") { $0.status },
        JSONField(told: "decidedBy", "Who decided.", isRequired: false) { $0.decidedBy },
        JSONField(told: "note", "Why it was rejected; empty where it was not.") { $0.note },
    ]
}

extension Endpoint {
    static let closing: [Endpoint] = [
        list("corrections", "listCorrections", .closing, .read, "List corrections (更正).") { request in
            try request.rows { (model) throws(StorageError) in try model.corrections(request.ledger) }
        },
        command(
            ProposeCorrection.self, "corrections", .closing, .settlements,
            "Propose to take back subsidy that a redemption should not have been given.", creates: true),
        command(
            ApproveCorrection.self, "corrections/{correction}/approval", .closing, .approveSettlements,
            "Post a correction, as a second person."
        ) { $0.correction = try $1.path("correction") },
        command(
            RejectCorrection.self, "corrections/{correction}/rejection", .closing, .approveSettlements,
            "Turn a proposed correction down."
        ) { $0.correction = try $1.path("correction") },
    ]
}
