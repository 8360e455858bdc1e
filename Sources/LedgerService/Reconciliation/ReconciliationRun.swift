import Cryptography
package import LedgerDomain
import Reconciliation
package import StatementFormats

/// A comparison as it can be put on record: who says otherwise, of which days, by which files and rules, and what came of it.
package struct ReconciliationRun: Sendable {
    /// A difference as the comparison told it.
    struct Found: Sendable {
        var kind: Discrepancy.Kind
        var reference: String
        var ledger: StatementLine?
        var statement: StatementLine?
        var bank: StatementLine?
    }

    /// What goes to the log.
    let asked: RecordReconciliation
    let found: [Found]
    /// SHA-256 of the statement.
    let source: Octets

    /// Two sides, one of them a bill or the orders of merchants.
    ///
    /// - Parameters:
    ///   - mapping: the file by which the statement was read, if one was.
    ///   - events: how many events the ledger's side is of.
    package init(
        _ report: ReconciliationReport, of imported: ImportedStatement, with counterparty: String,
        _ side: LedgerService.LedgerSide, mapping: [UInt8], events: UInt64, in ledger: LedgerCode
    ) {
        let terms = side.terms([report.result.rules], mapping, in: ledger)
        self.init(
            report.result, with: counterparty, from: side.from, through: side.through, events: events,
            source: imported.digest, terms: SHA256Digest.of(terms))
    }

    /// Three sides, the third of them a bank's.
    package init(
        _ report: ThreeWayReport, of imported: ImportedStatement, _ bank: ImportedStatement,
        with counterparty: String, _ side: LedgerService.LedgerSide, mapping: [UInt8], events: UInt64,
        in ledger: LedgerCode
    ) {
        let result = report.result
        let terms = side.terms([result.channel.rules, result.bank.rules], mapping, in: ledger)
        source = Octets(imported.digest)
        found = result.differences.map { difference in
            Found(
                kind: difference.kind, reference: difference.reference, ledger: difference.ledger,
                statement: difference.channel, bank: difference.bank)
        }
        asked = .with {
            ($0.counterparty, $0.from, $0.through) = (counterparty, side.from, side.through)
            $0.events = events
            $0.inputs = [imported.digest, bank.digest, SHA256Digest.of(terms)].map(Octets.init)
            $0.result = Octets(SHA256Digest.of(result.canonicalBytes))
            $0.matched = UInt32(clamping: result.channel.matched.count)
            $0.differences = UInt32(clamping: result.differences.count)
        }
    }

    /// A file of merchants' orders or a bank's return, whole and by reference alone.
    ///
    /// - Parameter file: the file's bytes.
    package init(
        _ report: ReconciliationReport, of file: [UInt8], with counterparty: String, from: BusinessDay,
        through: BusinessDay, events: UInt64
    ) {
        let terms = report.result.rules.canonicalFields.joined(separator: "\n")
        self.init(
            report.result, with: counterparty, from: from, through: through, events: events,
            source: SHA256Digest.of(file), terms: SHA256Digest.of(Array(terms.utf8)))
    }

    private init(
        _ result: ReconciliationResult, with counterparty: String, from: BusinessDay, through: BusinessDay,
        events: UInt64, source: [UInt8], terms: [UInt8]
    ) {
        self.source = Octets(source)
        found = result.discrepancies.map { discrepancy in
            Found(
                kind: discrepancy.kind, reference: discrepancy.reference, ledger: discrepancy.ledger,
                statement: discrepancy.statement)
        }
        asked = .with {
            ($0.counterparty, $0.from, $0.through) = (counterparty, from, through)
            $0.events = events
            $0.inputs = [source, terms].map(Octets.init)
            $0.result = Octets(SHA256Digest.of(result.canonicalBytes))
            $0.matched = UInt32(clamping: result.matched.count)
            $0.differences = UInt32(clamping: result.discrepancies.count)
        }
    }
}

extension LedgerService.LedgerSide {
    /// What decides how sides are matched, beside the statements themselves: rules, what of the ledger, the mapping.
    fileprivate func terms(_ rules: [MatchRules], _ mapping: [UInt8], in ledger: LedgerCode) -> [UInt8] {
        let words =
            rules.flatMap(\.canonicalFields) + [
                channel ?? "", merchant.map { $0.text(in: ledger) } ?? "", amount.rawValue,
            ]
        return Array(words.joined(separator: "\n").utf8) + [0] + mapping
    }
}
