import Cryptography
package import LedgerDomain
import Reconciliation
package import StatementFormats

/// How a payment channel's bill is compared with the ledger: which sales, what of them, by which rules.
package struct BillComparison: Sendable {
    /// The first and the last business day; those of the bill where `nil`.
    package var from: BusinessDay?
    package var through: BusinessDay?
    /// Sales of this channel alone; of every one where `nil`.
    package var channel: String?
    /// Sales of this merchant alone; references are unique for one merchant only.
    package var merchant: MerchantID?
    package var amount = ComparedAmount.bill
    package var rules = MatchRulesFile(rules: .exact, bankRules: .exact)
    /// How the bill is written; as WeChat Pay writes it where `nil`.
    package var mapping: StatementMapping?
    /// How the bank's statement is written; camt.053 or camt.054 where `nil`.
    package var bankMapping: StatementMapping?
    /// The provider's SHA-1 of the bill, in hexadecimal; a bill with another one is refused.
    package var providerDigest: String?

    package init() {}

    /// What the bill is to be read as.
    package var format: StatementImport.Format { mapping.map { .mapped($0) } ?? .weChat(amount) }
    /// What the bank's statement is to be read as.
    package var bankFormat: StatementImport.Format { bankMapping.map { .mapped($0) } ?? .camt }

    /// Who says otherwise; references are unique for one merchant, or one channel, only.
    fileprivate func counterparty(_ isBanked: Bool, in ledger: LedgerCode) -> String {
        let names = [mapping?.name ?? "微信支付", merchant?.text(in: ledger), channel].compactMap(\.self)
        return names.joined(separator: " ") + (isBanked ? " · 银行" : "")
    }

    /// What decides how sides are matched, beside the statements themselves: rules, what of the ledger, the mapping.
    fileprivate func terms(_ rules: [MatchRules], in ledger: LedgerCode) -> [UInt8] {
        let words =
            rules.flatMap(\.canonicalFields) + [
                channel ?? "", merchant.map { $0.text(in: ledger) } ?? "", amount.rawValue,
            ]
        // A bank's mapping is behind its own separator, where there is one.
        return Array(words.joined(separator: "\n").utf8) + [0] + (mapping?.bytes ?? [])
            + (bankMapping.map { [0] + $0.bytes } ?? [])
    }
}

extension LedgerService {
    /// Matches a channel's bill with the ledger, and where there is one a bank's statement with both.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` for a bill that is not the one that the provider tells of, and for one without
    ///   rows where no days are told.
    package func reconcile(
        bill: ImportedStatement, bank: ImportedStatement? = nil, by comparison: BillComparison
    ) throws(ServiceError) -> ReconciliationRun {
        let digest = bill.providerDigest.hexadecimal
        if let told = comparison.providerDigest, told.lowercased() != digest {
            throw .invalid("The bill's SHA-1 is \(digest), not \(told): download it again.")
        }
        guard let first = comparison.from ?? bill.days?.lowerBound,
            let last = comparison.through ?? bill.days?.upperBound
        else { throw .invalid("The bill has no rows: say from which day through which.") }
        try LedgerService.demandOrder(first, last)
        guard comparison.channel?.isChannel ?? true else { throw .invalid("A channel has 1 to 32 bytes.") }
        if let merchant = comparison.merchant, try !state({ $0.merchants.contains(merchant) }) {
            throw .notFound(.merchant, merchant.text(in: ledger))
        }
        let counterparty = comparison.counterparty(bank != nil, in: ledger)
        guard counterparty.isText(upTo: 64) else {
            throw .invalid(
                "“\(counterparty)” has more than 64 bytes: give the mapping a shorter name.")
        }
        let (side, events) = try side(
            LedgerSide(
                from: first, through: last, channel: comparison.channel, merchant: comparison.merchant,
                amount: comparison.amount))
        var scope = ReconciliationRun.Scope(
            counterparty: counterparty, from: first, through: last,
            events: events, statements: [bill.digest])
        guard let bank else {
            let result = try LedgerService.fitting { () throws(ReconciliationError) in
                try Matcher.match(ledger: side, statement: bill.statement, comparison.rules.rules)
            }
            scope.terms = comparison.terms([result.rules], in: ledger)
            return ReconciliationRun(result, scope)
        }
        let result = try LedgerService.fitting { () throws(ReconciliationError) in
            try ThreeWayMatcher.match(
                ledger: side, channel: bill.statement, bank: bank.statement, comparison.rules.rules,
                bankRules: comparison.rules.bankRules)
        }
        scope.statements.append(bank.digest)
        scope.terms = comparison.terms([result.channel.rules, result.bank.rules], in: ledger)
        return ReconciliationRun(result, scope)
    }
}
