import Cryptography
import Foundation
import LedgerDomain

/// 回执: what a platform says of a batch that it got.
package struct DailyReceipt: Codable, Equatable, Sendable {
    package static let format = "wenhui-daily-receipt/1"

    /// A record that the platform does not take.
    package struct Rejection: Codable, Equatable, Sendable {
        package var event: UInt64
        package var reason: String
    }

    package var format: String
    package var ledger: String
    package var day: String
    /// SHA-256 of the batch, in hexadecimal.
    package var digest: String
    package var records: Int
    package var accepted: Int
    package var rejected: [Rejection]
    /// The platform's own number of the receipt.
    package var number: String

    /// Reads a receipt.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where it is none.
    package init(_ bytes: [UInt8]) throws(ServiceError) {
        guard let receipt = try? JSONDecoder().decode(DailyReceipt.self, from: Data(bytes)),
            receipt.format == DailyReceipt.format, BusinessDay(text: receipt.day) != nil
        else {
            throw .invalid(
                "It is no receipt: a JSON object with format \(DailyReceipt.format), ledger, day, digest, records, "
                    + "accepted, rejected (event, reason) and number.")
        }
        self = receipt
    }

    /// Why it is no receipt of this batch, or `nil`.
    func fault(for batch: DailyBatch) -> String? {
        let head = batch.head
        if ledger != head.ledger || day != head.day {
            return "It is about \(day) of ledger \(ledger), not \(head.day) of \(head.ledger)."
        }
        if digest.lowercased() != batch.digest.hexadecimal {
            return
                "The platform got \(digest); the batch of \(day) is \(batch.digest.hexadecimal): send it again."
        }
        if records != head.records {
            return "The platform counts \(records) records, the batch has \(head.records)."
        }
        if accepted < 0 || accepted > records || rejected.count != records - accepted {
            return "\(accepted) accepted and \(rejected.count) rejected are not \(records) records."
        }
        let known = Set(batch.records.map(\.event))
        var seen: Set<UInt64> = []
        for rejection in rejected {
            if !known.contains(rejection.event) {
                return "It rejects event \(rejection.event), which the batch does not have."
            }
            if !seen.insert(rejection.event).inserted { return "It rejects event \(rejection.event) twice." }
        }
        return number.isOrderReference ? nil : "Its number has 1 to 64 bytes."
    }
}
