import Cryptography
package import LedgerDomain
package import Reconciliation

/// A comparison of the ledger with what others say, as it is told and can be put on record: with whom, of which days, by
/// which files and rules, and what came of it. The same inputs make the same result with the same hash.
package struct ReconciliationRun: Sendable {
    /// A difference as the comparison told it; a side that lacks it is `nil`.
    package struct Found: Sendable {
        let told: Discrepancy.Kind
        package let reference: String
        package let ledger: StatementLine?
        package let statement: StatementLine?
        package let bank: StatementLine?

        /// What kind of difference it is.
        package var kind: Resolution.Class { Resolution.Class(told) }
    }

    /// How many lines each side has.
    package struct Lines: Equatable, Sendable {
        package var ledger: Int
        package var statement: Int
        /// `nil` where there is no third side.
        package var bank: Int?
    }

    /// With whom, of which days, by what, and how it came out: what goes to the log.
    package let asked: RecordReconciliation
    /// Everything that did not match.
    package let found: [Found]
    /// What matched otherwise than by reference.
    package let links: [MatchLink]
    package let lines: Lines
    package let matchedAmount: Amount
    /// How many lines of the statement the bank has, too; `nil` where there is no third side.
    package let banked: Int?
    /// Whether the officer may call the sides balanced; a run that matched nothing never says so.
    package let isBalanced: Bool
    /// SHA-256 of the statement.
    package let source: Octets

    /// What is compared, with whom and of which days.
    struct Scope {
        var counterparty: String
        var from: BusinessDay
        var through: BusinessDay
        /// How many events the ledger's side is of.
        var events: UInt64
        /// SHA-256 of what was read, the statement first.
        var statements: [[UInt8]]
        /// What decides how it was matched, beside the statements.
        var terms: [UInt8] = []
    }

    /// Two sides.
    init(_ result: ReconciliationResult, _ scope: Scope) {
        found = result.discrepancies.map {
            Found(
                told: $0.kind, reference: $0.reference, ledger: $0.ledger, statement: $0.statement, bank: nil)
        }
        links = result.links
        lines = Lines(ledger: result.ledger.count, statement: result.statement.count)
        matchedAmount = Amount(fen: result.matched.amount)
        banked = nil
        isBalanced = result.isBalanced
        source = Octets(scope.statements.first ?? [])
        asked = scope.recorded(result.canonicalBytes, matched: result.matched.count, differences: found.count)
    }

    /// Three sides.
    init(_ result: ThreeWayResult, _ scope: Scope) {
        found = result.differences.map {
            Found(
                told: $0.kind, reference: $0.reference, ledger: $0.ledger, statement: $0.channel,
                bank: $0.bank)
        }
        links = result.channel.links
        lines = Lines(
            ledger: result.channel.ledger.count, statement: result.channel.statement.count,
            bank: result.bank.statement.count)
        matchedAmount = Amount(fen: result.channel.matched.amount)
        banked = result.bank.matched.count
        isBalanced = result.isBalanced
        source = Octets(scope.statements.first ?? [])
        asked = scope.recorded(
            result.canonicalBytes, matched: result.channel.matched.count, differences: found.count)
    }
}

extension ReconciliationRun.Scope {
    fileprivate func recorded(_ result: [UInt8], matched: Int, differences: Int) -> RecordReconciliation {
        .with {
            ($0.counterparty, $0.from, $0.through) = (counterparty, from, through)
            $0.events = events
            $0.inputs = (statements + [SHA256Digest.of(terms)]).map(Octets.init)
            $0.result = Octets(SHA256Digest.of(result))
            $0.matched = UInt32(clamping: matched)
            $0.differences = UInt32(clamping: differences)
        }
    }
}

extension Resolution.Class {
    fileprivate init(_ kind: Discrepancy.Kind) {
        self =
            switch kind {
            case .long: .long
            case .short: .short
            case .amount: .amount
            case .status: .status
            case .day: .day
            case .duplicate: .duplicate
            case .single: .single
            }
    }
}
