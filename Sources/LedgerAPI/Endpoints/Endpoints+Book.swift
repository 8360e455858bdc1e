import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage

/// A ledger and how much it has of everything.
struct LedgerAnswer: JSONObject {
    var profile: LedgerProfile
    var size: UInt64
    var totals: LedgerTotals

    static var schemaName: String { "Ledger" }
    static let fields: [JSONField<LedgerAnswer>] = [
        JSONField(told: "ledger", "Its code (GB/T 2260).") { $0.profile.code },
        JSONField(told: "name", "What people call it.") { $0.profile.name },
        JSONField(told: "practice", "Whether it is for practice (演练).") { $0.profile.practice },
        JSONField(told: "algorithms", "What it signs with.") { "\($0.profile.algorithms)" },
        JSONField(told: "events", "How many events its log has.") { $0.size },
        JSONField(told: "vouchers", "Vouchers issued.") { UInt32(clamping: $0.totals.vouchers) },
        JSONField(told: "usable", "Vouchers that can be used.") { UInt32(clamping: $0.totals.usable) },
        JSONField(told: "redemptions", "Redemptions.") { UInt32(clamping: $0.totals.redemptions) },
        JSONField(told: "refunds", "Refunds.") { UInt32(clamping: $0.totals.refunds) },
        JSONField(told: "refusals", "Refusals on record.") { UInt32(clamping: $0.totals.refusals) },
    ]
}

/// A setting and what it is now.
struct SettingAnswer: JSONObject {
    var setting: Setting
    var value: Int64

    static let fields: [JSONField<SettingAnswer>] = [
        JSONField(told: "setting", "Which.") { $0.setting },
        JSONField(told: "value", "Fen, microseconds, or 0 and 1.") { $0.value },
    ]
}

extension ChangeSetting: JSONBody {
    static let fields: [JSONField<ChangeSetting>] = [
        JSONField("setting", \.setting, "Which."),
        JSONField("value", \.value, "Fen, microseconds, or 0 and 1."),
    ]
}

extension TrialBalanceRow: JSONObject {
    static let fields: [JSONField<TrialBalanceRow>] = [
        JSONField(told: "fund", "The fund; missing for points, which no fund pays for.", isRequired: false) {
            $0.fund == .none ? nil : $0.fund
        },
        JSONField(told: "account", "The kind of account.") { $0.kind },
        JSONField(told: "amount", "What its accounts come to; points where fund is missing.") { $0.amount },
    ]
}

/// A trial balance and what it is true at.
struct TrialBalanceAnswer: JSONObject {
    var events: UInt64
    var rows: [TrialBalanceRow]

    static var schemaName: String { "TrialBalance" }
    static let fields: [JSONField<TrialBalanceAnswer>] = [
        JSONField(told: "events", "How many events it is true after.") { $0.events },
        JSONField(told: "items", "Fund by fund and kind by kind, in the book's order.") { $0.rows },
    ]

    init(_ request: APIRequest) throws {
        let ledger = request.ledger
        let asked: UInt64?
        switch (request.query["events"], request.query["at"]) {
        case (nil, nil): asked = nil
        case (let text?, nil):
            guard let count = UInt64(text), text.first != "+" else {
                throw FieldFault("events", UInt64.expectation)
            }
            let size = try request.service.state { $0.size }
            guard count <= size else {
                throw FieldFault(
                    "events", Sentence("账本只有 \(size) 个事件", "the ledger has \(size) events"))
            }
            asked = count
        case (nil, _?):
            guard let instant: Instant = try request.query("at") else {
                throw FieldFault("at", Instant.expectation)
            }
            asked = try request.service.events(by: instant)
        case (_?, _?):
            throw FieldFault(
                "at", Sentence("events 与 at 只能给一个", "give events or at, not both"))
        }
        (events, rows) = try request.rows { (model) throws(StorageError) in
            if let asked { return (asked, try model.trialBalance(afterEvents: asked, ledger)) }
            // Both are read on their own: where something was applied between them they are read again.
            var before = try model.position(of: ledger)
            for _ in 0..<5 {
                let rows = try model.trialBalance(ledger)
                let after = try model.position(of: ledger)
                if before == after { return (after, rows) }
                before = after
            }
            return (before, try model.trialBalance(afterEvents: before, ledger))
        }
    }
}

extension AccountBalance: JSONObject {
    static let fields: [JSONField<AccountBalance>] = [
        JSONField(told: "account", "The kind of account.") { $0.account.kind },
        JSONField(told: "owner", "The number of its owner within its kind; 0 for a fund's own.") {
            $0.account.owner
        },
        JSONField(told: "fund", "The fund; missing for points.", isRequired: false) {
            $0.fund == .none ? nil : $0.fund
        },
        JSONField(told: "amount", "What is in it; points where fund is missing.") { $0.amount },
    ]
}

extension BookCheck: JSONObject {
    static let fields: [JSONField<BookCheck>] = [
        JSONField(told: "events", "How many events were considered.") { $0.events },
        JSONField(told: "accounts", "How many accounts agree.") { UInt32(clamping: $0.accounts) },
        JSONField(told: "funds", "How many funds balance.") { UInt32(clamping: $0.funds) },
    ]
}

extension Endpoint {
    static let book: [Endpoint] = [
        get("", "getLedger", .ledger, .read, "The ledger and how much it has of everything.") { request in
            let (profile, size) = try request.service.state { ($0.profile, $0.size) }
            guard let profile else { throw ServiceError.notFound(.ledger, "\(request.ledger)") }
            let totals = try request.rows { (model) throws(StorageError) in try model.totals(request.ledger) }
            return LedgerAnswer(profile: profile, size: size, totals: totals)
        },
        list("settings", "listSettings", .ledger, .read, "The bounds and defaults of the ledger.") {
            request in
            try request.service.state { state in
                Setting.allCases.map { SettingAnswer(setting: $0, value: state.settings[$0]) }
            }
        },
        command(ChangeSetting.self, "settings", .ledger, .administer, "Change a bound or a default."),
        get(
            "book/trial-balance", "getTrialBalance", .book, .read,
            "The sum of every kind of account, fund by fund: now, after so many events, or at an instant.",
            query: [
                .field("events", UInt64.self, "As it was when the log had so many events."),
                .field("at", Instant.self, "As it was at this instant."),
            ]
        ) { try TrialBalanceAnswer($0) },
        list(
            "book/accounts/{kind}", "listAccounts", .book, .read, "Every account of a kind that is not empty."
        ) {
            request in
            let kind: Account.Kind = try request.path("kind")
            return try request.rows { (model) throws(StorageError) in
                try model.accounts(kind, request.ledger)
            }
        },
        get(
            "book/check", "checkBook", .book, .audit,
            "Check every invariant of the book, and that all its copies agree."
        ) {
            try $0.service.checkBook()
        },
        list("book/refusals", "listRefusals", .book, .read, "How often the ledger said no, reason by reason.")
        {
            request in
            try request.rows { (model) throws(StorageError) in try model.refusalsByReason(request.ledger) }
                .map { RefusalCount(refusal: $0.refusal, count: $0.count) }
        },
    ]

    /// Everything that the interface offers.
    package static let all: [Endpoint] =
        book.filter { $0.tag == .ledger } + funds + programmes + batches + lotteries + access + residents
        + bindings + mine + vouchers + tokens + redemptions + merchants + payees + supply + settlements
        + closing + reconciliations + differences + reports + risks + exchange
        + feed
        + book.filter { $0.tag == .book }
}
