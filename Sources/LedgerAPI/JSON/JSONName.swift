import LedgerDomain
import LedgerService

/// An enumeration whose cases are written by their names.
protocol JSONName: JSONScalar, CaseIterable where Raw == String {}

extension JSONName {
    init?(raw: String, in ledger: LedgerCode) {
        guard let value = Self.allCases.first(where: { "\($0)" == raw }) else { return nil }
        self = value
    }

    func raw(in ledger: LedgerCode) -> String { "\(self)" }

    static var expectation: Sentence {
        let names = allCases.map { "\($0)" }.joined(separator: ", ")
        return Sentence("应为：\(names)", "it must be one of \(names)")
    }

    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "enum": .list(allCases.map { .text("\($0)") })]
    }

    static var example: Document { .text(allCases.first.map { "\($0)" } ?? "") }
}

/// Roles and what happens at the door have names with hyphens.
extension Role: JSONName {
    init?(raw: String, in ledger: LedgerCode) { self.init(name: raw) }
    func raw(in ledger: LedgerCode) -> String { name }
    static var expectation: Sentence {
        let names = allCases.map(\.name).joined(separator: ", ")
        return Sentence("应为：\(names)", "it must be one of \(names)")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "enum": .list(allCases.map { .text($0.name) })]
    }
}

extension AccessKind: JSONName {
    init?(raw: String, in ledger: LedgerCode) {
        guard let kind = AccessKind.allCases.first(where: { $0.name == raw }) else { return nil }
        self = kind
    }
    func raw(in ledger: LedgerCode) -> String { name }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "enum": .list(allCases.map { .text($0.name) })]
    }
}

/// What a key may do has names with full stops.
extension Permission: JSONName {
    init?(raw: String, in ledger: LedgerCode) {
        guard let scope = Permission.scopes.first(where: { $0.rawValue == raw }) else { return nil }
        self = scope
    }
    func raw(in ledger: LedgerCode) -> String { rawValue }
    static var expectation: Sentence {
        let names = scopes.map(\.rawValue).joined(separator: ", ")
        return Sentence("应为：\(names)", "it must be one of \(names)")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "enum": .list(scopes.map { .text($0.rawValue) })]
    }
    static var example: Document { .text(Permission.read.rawValue) }
}

extension FundLevel: JSONName {}
extension Release: JSONName {}
extension Setting: JSONName {}
extension ImportKind: JSONName {}
extension Merchant.Status: JSONName {}
extension Programme.Status: JSONName {}
extension Batch.Status: JSONName {}
extension Voucher.Status: JSONName {}
extension Authorisation.Status: JSONName {}
extension Settlement.Status: JSONName {}
extension SettlementLine.Status: JSONName {}
extension PayeeChangeRow.Status: JSONName {}
extension FiledReport.Kind: JSONName {}
extension Correction.Status: JSONName {}
extension Resolution.Class: JSONName {}
extension Resolution.Manner: JSONName {}
extension Resolution.Status: JSONName {}
extension MerchantStatement.Kind: JSONName {}
extension Difference.Status: JSONName {}
extension ReportDuties.Standing.Status: JSONName {}
extension PeriodFigures.Dimension: JSONName {}
extension Award.Kind: JSONName {}
extension Award.Status: JSONName {}
extension Session.Status: JSONName {}
extension UndoLine.Reason: JSONName {}
extension Account.Kind: JSONName {}
extension Posting.Kind: JSONName {}
extension OperationType: JSONName {}
extension ProgrammeRule.Kind: JSONName {}
extension IssuerKey.Status: JSONName {}
