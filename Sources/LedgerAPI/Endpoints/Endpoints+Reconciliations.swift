import LedgerDomain
import LedgerService
import LedgerStorage
import Reconciliation
import StatementFormats

extension ComparedAmount: JSONName {}
extension MatchLink.Step: JSONName {}

extension ReconciliationRow: JSONObject {
    static var schemaName: String { "Reconciliation" }
    static let fields: [JSONField<ReconciliationRow>] = [
        JSONField(told: "event", "The event that recorded it.") { $0.event },
        JSONField(told: "counterparty", "Whose statement it was.") { $0.asked.counterparty },
        JSONField(told: "from", "The first day.") { $0.asked.from },
        JSONField(told: "through", "The last day.") { $0.asked.through },
        JSONField(told: "inputs", "SHA-256 of the statements and of the rules.") { $0.asked.inputs },
        JSONField(told: "result", "SHA-256 of the result.") { $0.asked.result },
        JSONField(told: "matched", "How many matched.") { $0.asked.matched },
        JSONField(told: "differences", "How many did not.") { $0.asked.differences },
        JSONField(told: "principal", "Who recorded it.") { $0.principal },
        JSONField(told: "instant", "When.") { $0.instant },
    ]
}

extension ReconciliationRun.Found: JSONObject {
    static var schemaName: String { "FoundDifference" }
    static let fields: [JSONField<ReconciliationRun.Found>] = [
        JSONField(told: "kind", "What kind of difference it is.") { $0.kind },
        JSONField(told: "reference", "What both sides know it by; empty where there is nothing.") {
            $0.reference
        },
        JSONField(told: "ledger", "What the ledger says.", isRequired: false) {
            $0.ledger.map(Difference.Side.init)
        },
        JSONField(told: "statement", "What the other side says.", isRequired: false) {
            $0.statement.map(Difference.Side.init)
        },
        JSONField(told: "bank", "What the bank says, of three sides.", isRequired: false) {
            $0.bank.map(Difference.Side.init)
        },
    ]
}

extension MatchLink: JSONObject {
    static let fields: [JSONField<MatchLink>] = [
        JSONField(told: "step", "By what they were matched.") { $0.step },
        JSONField(told: "ledger", "The ledger's events.") { $0.ledger.map { UInt64(clamping: $0.line) } },
        JSONField(told: "statement", "The file's lines.") { $0.statement.map { UInt64(clamping: $0.line) } },
        JSONField(told: "amount", "How much.") { Amount(fen: $0.ledger.reduce(0) { $0 + $1.amount }) },
    ]
}

/// What a comparison found, and where it is on record.
struct ReconciliationAnswer: JSONObject {
    var run: ReconciliationRun
    var recorded: Differences.RecordedRun?

    /// So many differences stand in an answer, and so many links.
    private static let limit = 1_000

    static var schemaName: String { "ReconciliationResult" }
    static let fields: [JSONField<ReconciliationAnswer>] = [
        JSONField(
            told: "event", "The event that records it; missing where it was a preview.", isRequired: false
        ) { $0.recorded?.event },
        JSONField(told: "known", "Whether the same comparison with the same result was on record before.") {
            $0.recorded?.isKnown ?? false
        },
        JSONField(told: "counterparty", "Whose statement it is.") { $0.run.asked.counterparty },
        JSONField(told: "from", "The first day.") { $0.run.asked.from },
        JSONField(told: "through", "The last day.") { $0.run.asked.through },
        JSONField(told: "inputs", "SHA-256 of the statements and of the rules.") { $0.run.asked.inputs },
        JSONField(told: "result", "SHA-256 of the result: the same for the same inputs.") {
            $0.run.asked.result
        },
        JSONField(told: "ledgerLines", "The ledger's sales and refunds.") {
            UInt32(clamping: $0.run.lines.ledger)
        },
        JSONField(told: "statementLines", "The statement's lines.") {
            UInt32(clamping: $0.run.lines.statement)
        },
        JSONField(told: "bankLines", "The bank's lines, of three sides.", isRequired: false) {
            $0.run.lines.bank.map { UInt32(clamping: $0) }
        },
        JSONField(told: "matched", "How many matched.") { $0.run.asked.matched },
        JSONField(told: "matchedAmount", "How much matched.") { $0.run.matchedAmount },
        JSONField(told: "banked", "How many lines of the statement the bank has, too.", isRequired: false) {
            $0.run.banked.map { UInt32(clamping: $0) }
        },
        JSONField(told: "balanced", "Whether all matched; never where nothing did.") { $0.run.isBalanced },
        JSONField(told: "differences", "How many did not match.") { $0.run.asked.differences },
        JSONField(told: "found", "What did not match, the first 1000; the queue has all that is recorded.") {
            Array($0.run.found.prefix(limit))
        },
        JSONField(told: "links", "What was matched otherwise than by reference, the first 1000.") {
            Array($0.run.links.prefix(limit))
        },
    ]
}

extension QueryField {
    fileprivate static let trial = QueryField.field(
        "preview", Bool.self, "true to compare and put nothing on record.")
}

extension MultipartForm {
    /// A file of the form, read; what is wrong with it is told by its field.
    fileprivate func read<Value>(
        _ name: String, _ body: ([UInt8]) throws -> Value
    ) throws -> Value? {
        guard let bytes = parts[name] else { return nil }
        do {
            return try body(bytes)
        } catch let faults as RowFaults {
            throw FieldFault(
                name,
                Sentence("文件有误，没有取用任何一行：\n\(faults)", "Nothing was taken from the file:\n\(faults)"))
        } catch let faults as ProgrammeFileError {
            throw FieldFault(name, faults)
        }
    }
}

extension APIRequest {
    /// Compares, and puts the run on record unless that is not wanted.
    fileprivate func reconciled(
        _ compare: () throws -> ReconciliationRun
    ) async throws -> ReconciliationAnswer {
        let isPreview = try isPreview
        let run = try compare()
        return try await ReconciliationAnswer(
            run: run, recorded: isPreview ? nil : differences.record(run, call))
    }

    /// What is asked of a bill.
    fileprivate func comparison(_ form: MultipartForm) throws -> BillComparison {
        var comparison = BillComparison()
        (comparison.from, comparison.through) = (try query("from"), try query("through"))
        (comparison.channel, comparison.merchant) = (try query("channel"), try query("merchant"))
        comparison.amount = try query("amount") ?? .bill
        comparison.providerDigest = try query("sha1")
        guard comparison.channel?.isChannel ?? true else {
            throw FieldFault("channel", Sentence("1 至 32 字节", "a channel has 1 to 32 bytes"))
        }
        if let from = comparison.from, let through = comparison.through, from > through {
            throw FieldFault("through", Sentence("截止日期早于起始日期", "it is before from"))
        }
        comparison.mapping = try form.read("mapping") { try StatementMapping($0) }
        comparison.bankMapping = try form.read("bankMapping") { try StatementMapping($0) }
        if let rules = try form.read("rules", { try MatchRulesFile($0) }) { comparison.rules = rules }
        guard form.parts["bankMapping"] == nil || form.parts["bank"] != nil else {
            throw FieldFault("bankMapping", Sentence("没有银行文件可读", "there is no bank file to be read by it"))
        }
        return comparison
    }

    /// The most bytes that a bill may have, unpacked; the command line takes larger ones.
    private static let unpackedLimit = 128 << 20

    fileprivate func reconcileBill(_ form: MultipartForm) throws -> ReconciliationRun {
        let comparison = try comparison(form)
        let cutOff = try service.state { $0.settings[.businessDayCutOff] }
        func statement(_ field: String, _ format: StatementImport.Format) throws -> ImportedStatement? {
            try form.read(field) {
                try StatementImport.read($0, as: format, cutOff: cutOff, limit: Self.unpackedLimit)
            }
        }
        guard let bill = try statement("bill", comparison.format) else { throw MultipartForm.missing("bill") }
        return try service.reconcile(
            bill: bill, bank: try statement("bank", comparison.bankFormat), by: comparison)
    }
}

extension Endpoint {
    static let reconciliations: [Endpoint] = [
        list("reconciliations", "listReconciliations", .closing, .read, "List recorded runs (对账).") {
            request in
            try request.rows { (model) throws(StorageError) in try model.reconciliations(request.ledger) }
        },
        form(
            "reconciliations/bills", "reconcileBill", .closing, .settlements,
            "Match sales and refunds with a payment channel's bill (渠道对账); what did not match goes into the queue.",
            files: [
                FormFile(
                    name: "bill", about: "WeChat Pay's trade bill, or any CSV by a mapping; gzip or not.",
                    isRequired: true),
                FormFile(name: "mapping", about: "How the bill is to be read (YAML).", limit: 65_536),
                FormFile(
                    name: "rules", about: "How sides are matched (YAML); by reference alone without.",
                    limit: 65_536),
                FormFile(
                    name: "bank",
                    about:
                        "The bank's statement as a third side: camt.053 or camt.054, or a CSV by bankMapping."
                ),
                FormFile(
                    name: "bankMapping", about: "How the bank's CSV is to be read (YAML).", limit: 65_536),
            ],
            query: [
                .field("from", BusinessDay.self, "The first business day; the bill's unless told."),
                .field("through", BusinessDay.self, "The last business day; the bill's unless told."),
                .field("channel", String.self, "Sales of this channel alone."),
                .field("merchant", MerchantID.self, "Sales of this merchant alone."),
                .field("amount", ComparedAmount.self, "What is compared; bill (订单金额) unless told."),
                .field("sha1", String.self, "The provider's SHA-1 of the bill; another one is refused."),
                .trial,
            ]
        ) { form, request in try await request.reconciled { try request.reconcileBill(form) } },
        upload(
            "reconciliations/orders", "reconcileOrders", .closing, .settlements,
            "Match redemptions with merchants' orders (商户对账).",
            file: "CSV with the columns order, credit_code, amount_yuan, time, status.",
            query: QueryField.period + [.trial]
        ) { request in
            let (from, through) = try request.period()
            return try await request.reconciled {
                try request.service.reconcile(orders: request.body, from: from, through: through)
            }
        },
        upload(
            "settlements/{settlement}/reconciliation", "reconcileBankReturn", .closing, .settlements,
            "Match a settlement's lines with what the bank says became of them (银行对账).",
            file:
                "CSV with the columns reference, amount_yuan, date, status, bank_reference, reason; or camt.053 or camt.054.",
            query: [.trial]
        ) { request in
            let settlement: SettlementID = try request.path("settlement")
            return try await request.reconciled {
                try request.service.reconcile(bankReturn: request.body, settlement: settlement)
            }
        },
    ]
}
