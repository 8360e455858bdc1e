import CBOR
import HTTPTypes
import LedgerDomain
import LedgerService
import LedgerStorage

extension ProposeBatch: JSONBody {
    static let fields: [JSONField<ProposeBatch>] = [
        JSONField("programme", \.programme, "The programme."),
        JSONField("face", \.face, "The face of each voucher, or the cap of a percentage."),
        JSONField("quota", \.quota, "How many vouchers."),
        .weights(\.weights.weights),
        JSONField(optional: "release", \.release, "How they reach people; firstCome unless told."),
        JSONField("from", \.from, "Claims from this instant …"),
        JSONField("until", \.until, "… until before this one."),
        JSONField("lottery", \.lottery, "Who makes the chance, for release lottery alone."),
        JSONField("access", \.access, "Who comes first; everybody where it is left out."),
    ]
}

extension LotteryPlan: JSONBody {
    static let fields: [JSONField<LotteryPlan>] = [
        JSONField(
            "parties", \.parties,
            "Who commits a seed, in the order in which they reveal, the operator first.",
            .items(2...8)),
        JSONField("revealBy", \.revealBy, "From this instant on no seed is taken any more."),
    ]
}

extension BatchAccess: JSONBody {
    static let fields: [JSONField<BatchAccess>] = [
        JSONField(
            optional: "only", \.only, "The groups that may take vouchers at all; all where none is named.",
            .items(0...8)),
        JSONField(
            optional: "priority", \.priority, "The groups that may take vouchers before the window begins …",
            .items(0...8)),
        JSONField("priorityFrom", \.priorityFrom, "… from this instant on."),
        JSONField(optional: "reserves", \.reserves, "So many vouchers for a group alone.", .items(0...8)),
        JSONField("reservedUntil", \.reservedUntil, "From this instant on reserves are for everybody."),
        JSONField(
            optional: "rounds", \.rounds, "So many vouchers not before an instant, ascending.",
            .items(0...100)),
    ]
}

extension BatchAccess.Reserve: JSONBody {
    static let fields: [JSONField<BatchAccess.Reserve>] = [
        JSONField("group", \.group, "The group, such as rural.", .text(1...32)),
        JSONField("count", \.count, "How many."),
    ]
}

extension BatchAccess.Round: JSONBody {
    static let fields: [JSONField<BatchAccess.Round>] = [
        JSONField("from", \.from, "From when on."), JSONField("count", \.count, "How many."),
    ]
}

extension ProposeBatch.Accepted: JSONObject {
    static let fields: [JSONField<ProposeBatch.Accepted>] = [
        JSONField(told: "batch", "The new batch.") { $0.batch }
    ]
}

extension ApproveBatch: JSONBody {
    static let fields: [JSONField<ApproveBatch>] = []
}

extension ApproveBatch.Accepted: JSONObject {
    static let fields: [JSONField<ApproveBatch.Accepted>] = [
        JSONField(told: "programme", "The programme.") { $0.programme },
        JSONField(told: "opened", "What was opened, fund by fund.") { $0.opened.amounts },
    ]
}

extension CloseBatch: JSONBody {
    static let fields: [JSONField<CloseBatch>] = []
}

extension CloseBatch.Accepted: JSONObject {
    static let fields: [JSONField<CloseBatch.Accepted>] = [
        JSONField(told: "programme", "The programme.") { $0.programme },
        JSONField(told: "unused", "What returns to it, fund by fund.") { $0.unused.amounts },
    ]
}

/// A batch with what is left of it.
struct BatchDetails: JSONObject {
    var view: BatchView
    var left: Amount

    static var schemaName: String { "Batch" }
    static let fields: [JSONField<BatchDetails>] = [
        JSONField(told: "batch", "The batch.") { $0.view.row.id },
        JSONField(told: "programme", "The programme.") { $0.view.row.programme },
        JSONField(told: "release", "How vouchers reach people.") { $0.view.row.release },
        JSONField(told: "face", "The face of each.") { $0.view.row.face },
        JSONField(told: "quota", "How many.") { $0.view.row.quota },
        JSONField(told: "weights", "Which funds pay, and how they share.") { $0.view.row.weights.weights },
        JSONField(told: "left", "What has not been issued of it.") { $0.left },
        JSONField(told: "from", "Claims from this instant …") { $0.view.row.from },
        JSONField(told: "until", "… until before this one.") { $0.view.row.until },
        JSONField(told: "status", "Where it is in its life.") { $0.view.status },
        JSONField(told: "maker", "Who proposed it.") { $0.view.row.maker },
        JSONField(told: "approvedBy", "Who opened it.", isRequired: false) { $0.view.approvedBy },
    ]
}

extension Endpoint {
    static let batches: [Endpoint] = [
        list("batches", "listBatches", .batches, .read, "List batches (批次) with what is left of them.") {
            try BatchDetails.all($0)
        },
        command(
            ProposeBatch.self, "batches", .batches, .programmes, "Propose a release of vouchers.",
            creates: true),
        get("batches/{batch}", "getBatch", .batches, .read, "A batch with what is left of it.") { request in
            let id: BatchID = try request.path("batch")
            guard let found = try BatchDetails.all(request).first(where: { $0.view.row.id == id }) else {
                throw request.missing(.batch, id)
            }
            return found
        }.showing(.batch),
        Endpoint.post(
            "batches/{batch}/approval", "approveBatch", .batches, .approveProgrammes,
            "Open a batch, as a second person."
        ) { (_: ApproveBatch, request: APIRequest) in
            let id: BatchID = try request.path("batch")
            let receipt = try await request.service.perform(
                ApproveBatch.with { $0.batch = id }, request.call)
            try request.service.prepareDrop(receipt.accepted.programme)
            return (CommandAnswer(receipt: receipt), receipt.isReplay)
        }.editing(.batch),
        command(
            CloseBatch.self, "batches/{batch}/closing", .batches, .programmes,
            "Close a batch: what it did not use returns to the programme."
        ) { $0.batch = try $1.path("batch") }.editing(.batch),
    ]
}

extension BatchDetails {
    fileprivate static func all(_ request: APIRequest) throws -> [BatchDetails] {
        let rows = try request.rows { (model) throws(StorageError) in try model.batches(request.ledger) }
        // The state is read after the rows: it has every batch that they name.
        let left = try request.service.state { state in rows.map { state.batches[$0.row.id].balance.total } }
        return zip(rows, left).map { BatchDetails(view: $0, left: $1) }
    }
}
