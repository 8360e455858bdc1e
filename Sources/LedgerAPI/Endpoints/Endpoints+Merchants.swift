import CBOR
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

extension ChangeMerchant: JSONBody {
    static let fields: [JSONField<ChangeMerchant>] = [
        JSONField("status", \.status, "active, suspended or blacklisted."),
        JSONField("evidence", \.evidence, "The evidence's reference.", .text(1...200)),
    ]
}

extension Recover: JSONBody {
    static let fields: [JSONField<Recover>] = [
        JSONField("fund", \.fund, "The fund that gets it back."),
        JSONField("amount", \.amount, "How much."),
        JSONField("reference", \.reference, "The treasury's receipt.", .text(1...200)),
    ]
}

extension Recover.Accepted: JSONObject {
    static let fields: [JSONField<Recover.Accepted>] = []
}

/// A merchant with its name and what it is owed.
struct MerchantDetails: JSONObject {
    var view: MerchantView
    var name: String?
    var owed: Amount

    static var schemaName: String { "Merchant" }
    static let fields: [JSONField<MerchantDetails>] = [
        JSONField(told: "merchant", "The merchant.") { $0.view.row.id },
        JSONField(told: "creditCode", "统一社会信用代码.") { $0.view.row.creditCode },
        JSONField(
            told: "name", "Its name, for who registers merchants; missing once it is erased.",
            isRequired: false
        ) { $0.name },
        JSONField(told: "status", "Whether it is paid.") { $0.view.status },
        JSONField(told: "payeeCreditCode", "Who is paid for it.") { $0.view.row.payeeCreditCode },
        JSONField(told: "owed", "What its payee is owed; negative is a claw-back.") { $0.owed },
    ]
}

/// An outlet with its name.
struct OutletDetails: JSONObject {
    var row: LedgerDomain.OutletRow
    var name: String?

    static var schemaName: String { "Outlet" }
    static let fields: [JSONField<OutletDetails>] = [
        JSONField(told: "outlet", "The outlet.") { $0.row.id },
        JSONField(told: "platformID", "What its platform calls it.") { $0.row.platformID },
        JSONField(told: "name", "Its name; missing once it is erased.", isRequired: false) { $0.name },
        JSONField(told: "merchant", "Whose it is.") { $0.row.merchant },
        JSONField(told: "category", "What it sells.") { $0.row.category },
        JSONField(told: "region", "Where it is.") { $0.row.region },
        JSONField(told: "town", "Its town.") { $0.row.town },
        JSONField(told: "rural", "Whether it is rural.") { $0.row.rural },
        JSONField(told: "cluster", "Its cluster (集聚区).") { $0.row.cluster },
        JSONField(told: "class", "Its class.") { $0.row.outletClass },
    ]
}

extension LedgerDomain.TerminalRow: JSONObject {
    static var schemaName: String { "Terminal" }
    static let fields: [JSONField<LedgerDomain.TerminalRow>] = [
        JSONField(told: "terminal", "The terminal.") { $0.id },
        JSONField(told: "serial", "Its serial.") { $0.serial },
        JSONField(told: "outlet", "Where it stands.") { $0.outlet },
    ]
}

extension Endpoint {
    static let merchants: [Endpoint] = [
        list("merchants", "listMerchants", .merchants, .read, "List merchants (商户).") { request in
            let rows = try request.rows { (model) throws(StorageError) in try model.merchants(request.ledger)
            }
            // The state is read after the rows: it has every payee that they name.
            let owed = try request.service.state { state in
                rows.map { row in
                    state.payees[row.row.payee].balances.entries.reduce(Amount.zero) { $0 + $1.amount }
                }
            }
            let seesNames = request.caller.permissions.contains(.merchants)
            return try zip(rows, owed).map { view, owed in
                MerchantDetails(
                    view: view, name: seesNames ? try request.service.people.text(view.row.name) : nil,
                    owed: owed)
            }
        },
        get(
            "merchants/{merchant}", "getMerchant", .merchants, .trade, "A merchant and what it is owed."
        ) { request in
            let id: MerchantID = try request.path("merchant")
            try request.caller.demand(merchant: id)
            let views = try request.rows { (model) throws(StorageError) in try model.merchants(request.ledger)
            }
            guard let view = views.first(where: { $0.row.id == id }) else {
                throw request.missing(.merchant, id)
            }
            let owed = try request.service.state { state in
                state.payees[view.row.payee].balances.entries.reduce(Amount.zero) { $0 + $1.amount }
            }
            let seesName = request.caller.merchant == id || request.caller.permissions.contains(.merchants)
            return MerchantDetails(
                view: view, name: seesName ? try request.service.people.text(view.row.name) : nil, owed: owed)
        }.showing(.merchant),
        upload(
            "merchants/imports", "importMerchants", .merchants, .merchants,
            "Register merchants: all rows or none; the same file again changes nothing.",
            file: "CSV as wenhui merchant import explains.", query: [.preview]
        ) { request in
            try await request.service.importMerchants(
                try MerchantFile(request.body, practice: try request.isPractice()), bytes: request.body,
                isPreview: try request.isPreview, request.call)
        },
        command(
            ChangeMerchant.self, "merchants/{merchant}/status", .merchants, .merchants,
            "Suspend, blacklist or reinstate a merchant."
        ) { $0.merchant = try $1.path("merchant") }.editing(.merchant),
        command(
            Recover.self, "merchants/{merchant}/recoveries", .merchants, .money, "A merchant paid back (追回)."
        ) { $0.merchant = try $1.path("merchant") },
        list("outlets", "listOutlets", .merchants, .read, "List outlets (网点).") { request in
            try request.rows { (model) throws(StorageError) in try model.outlets(request.ledger) }
                .map { OutletDetails(row: $0, name: try request.service.people.text($0.name)) }
        },
        upload(
            "outlets/imports", "importOutlets", .merchants, .merchants, "Register outlets: all rows or none.",
            file: "CSV as wenhui outlet import explains.", query: [.preview]
        ) { request in
            try await request.service.importOutlets(
                try OutletFile(request.body, practice: try request.isPractice()), bytes: request.body,
                isPreview: try request.isPreview, request.call)
        },
        list("terminals", "listTerminals", .merchants, .read, "List terminals (终端).") { request in
            try request.rows { (model) throws(StorageError) in try model.terminals(request.ledger) }
        },
        upload(
            "terminals/imports", "importTerminals", .merchants, .merchants,
            "Register terminals: all rows or none.", file: "CSV as wenhui outlet import-terminals explains.",
            query: [.preview]
        ) { request in
            try await request.service.importTerminals(
                try TerminalFile(request.body), bytes: request.body, isPreview: try request.isPreview,
                request.call)
        },
    ]
}
