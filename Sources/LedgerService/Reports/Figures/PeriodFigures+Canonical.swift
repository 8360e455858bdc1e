import Cryptography
import Foundation
import LedgerDomain

extension PeriodFigures {
    /// The figures as JSON, keys sorted, amounts in fen: the bytes whose SHA-256 is filed.
    package var canonicalBytes: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(self) else {
            preconditionFailure("figures are texts and whole numbers, which JSON can hold")
        }
        return [UInt8](data) + [0x0A]
    }

    /// SHA-256 of ``canonicalBytes``.
    package var digest: [UInt8] { SHA256Digest.of(canonicalBytes) }

    /// Reads what ``canonicalBytes`` wrote; whether it is what was filed, its hash says.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where it is no such file, or says what no ledger can.
    package init(canonicalBytes bytes: [UInt8]) throws(ServiceError) {
        guard let figures = try? JSONDecoder().decode(PeriodFigures.self, from: Data(bytes)),
            figures.format == PeriodFigures.format, figures.canonicalBytes == bytes, figures.isPossible
        else {
            throw .invalid("It is no file of figures as `wenhui report month --output FILE.json` writes it.")
        }
        self = figures
    }

    /// Whether its days are days and its numbers such that thousands of ledgers can be summed.
    private var isPossible: Bool {
        guard let first = BusinessDay(text: from), let last = BusinessDay(text: through), first <= last,
            sources?.isEmpty != true
        else { return false }
        let limit = -Amount.limit...Amount.limit
        let amounts =
            funds.flatMap { [$0.opening, $0.moved, $0.closing].flatMap(\.values) }
            + programmes.flatMap { [$0.opening, $0.allocated, $0.reclaimed, $0.spent] + $0.closing.values }
            + budget.flatMap { [$0.subsidy, $0.returned, $0.awarded] } + transfers.map(\.amount)
        let counts = [people, crowd] + cells.values.joined().flatMap { [$0.people, $0.buyers] }
        let held = Set(programmes.flatMap(\.closing.keys))
        return held.isSubset(of: ["programme", "batch", "voucher"]) && amounts.allSatisfy(limit.contains)
            && counts.allSatisfy((0...1_000_000_000).contains)
            && total.isPossible && cells.values.joined().allSatisfy(\.figures.isPossible)
    }
}

extension Figures {
    fileprivate var isPossible: Bool {
        let limit = -Amount.limit...Amount.limit
        let amounts = [
            released, claimed, lapsed, gross, subsidy, refundedGross, refundedSubsidy, corrected, awarded,
        ]
        let counts = [
            vouchersReleased, vouchersClaimed, vouchersLapsed, sales, refunds, corrections, attendance,
        ]
        return amounts.allSatisfy(limit.contains) && counts.allSatisfy((0...1_000_000_000_000).contains)
    }
}
