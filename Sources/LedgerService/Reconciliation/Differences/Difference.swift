package import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage

/// 差异: one thing that two sides do not agree on, from when it was found until two persons have put it to rest.
package struct Difference: Sendable {
    /// Where it is in its life.
    package enum Status: String, CaseIterable, Sendable {
        case open
        /// Somebody has proposed what puts it to rest.
        case proposed
        case resolved
    }

    /// What one side says.
    package struct Side: CBORFields, Equatable, Sendable {
        /// A refund is negative.
        package var amount = Amount.zero
        package var day = BusinessDay(days: 0)
        /// The event of the ledger, or the line of the file.
        package var line: UInt64 = 0
        /// Whether no money moved.
        package var hasFailed = false

        /// The money that moved.
        package var moved: Amount { hasFailed ? .zero : amount }

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &amount)
            try coder.field(1, &day)
            try coder.field(2, &line)
            try coder.field(3, &hasFailed)
        }
    }

    /// What somebody wrote down.
    package struct Note: CBORFields, Equatable, Sendable {
        package var principal = Principal.system
        package var instant = Instant(microseconds: 0)
        /// 1 to 200 bytes.
        package var text = ""

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &principal)
            try coder.field(1, &instant)
            try coder.field(2, &text)
        }
    }

    /// A document that shows something, by its content.
    package struct Evidence: CBORFields, Equatable, Sendable {
        package var principal = Principal.system
        package var instant = Instant(microseconds: 0)
        /// 1 to 100 bytes.
        package var name = ""
        /// SHA-256 of the document; it stays in the county's files.
        package var digest = Octets()

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &principal)
            try coder.field(1, &instant)
            try coder.field(2, &name)
            try coder.field(3, &digest)
        }
    }

    /// SHA-256 of its content, by which later runs know it again.
    package var id: Octets
    package var counterparty: String
    package var kind: Resolution.Class
    package var reference: String
    package var ledger: Side?
    package var statement: Side?
    /// What the bank says, of three sides.
    package var bank: Side?
    package var firstRun: UInt64
    package var lastRun: UInt64
    package var found: Instant
    package var seen: Instant
    /// SHA-256 of the statement that the last run read.
    package var source: Octets
    package var owner: String?
    package var notes: [Note]
    package var evidence: [Evidence]
    /// Every resolution that was proposed, the oldest first.
    package var resolutions: [ResolutionView]
    /// Whether a later run over its day, with the same counterparty, did not find it any more.
    package var isGone: Bool
    /// Business days since its own.
    package var age: Int

    /// How much the sides are apart: what moved by the first of ledger, statement and bank less what moved by the one after
    /// it. What a side lacks, or says to have failed, moved nothing, and nothing is known of a dispute that names no amount.
    package var amount: Amount {
        let sides = [ledger, statement, bank].compactMap(\.self)
        guard let first = sides.first?.moved else { return .zero }
        switch kind {
        case .dispute: return sides.count > 1 ? first - sides[1].moved : .zero
        case .short: return first
        case .long: return -first
        case .single: return ledger == nil ? -first : first
        case .amount, .status, .day, .duplicate:
            if sides.count > 1 { return first - sides[1].moved }
            return ledger == nil ? -first : first
        }
    }

    /// Which sides say that it failed (未成功), so that no money moved; empty where none does.
    package var failedSides: String {
        Difference.failed(
            ledger: ledger?.hasFailed, statement: statement?.hasFailed, bank: bank?.hasFailed)
    }

    /// The names of those of three sides that say so.
    package static func failed(ledger: Bool?, statement: Bool?, bank: Bool?) -> String {
        [("账面", ledger), ("对方", statement), ("银行", bank)].filter { $0.1 == true }.map(\.0)
            .joined(separator: "、")
    }

    /// The business day that it is about.
    package var day: BusinessDay? { (ledger ?? statement ?? bank)?.day }

    /// The beginning of the number, by which people name it.
    package var shortID: String { Array(id.bytes.prefix(5)).hexadecimal }

    package var status: Status {
        switch resolutions.last?.status {
        case .proposed: .proposed
        case .approved: .resolved
        case .rejected, .reopened, nil: .open
        }
    }

    /// Whether a run found it again after a corrected statement had put it to rest: evidence to reopen it.
    package var isBack: Bool {
        guard let last = resolutions.last, last.status == .approved else { return false }
        return last.row.asked.manner == .statement && seen > last.row.instant
    }
}
