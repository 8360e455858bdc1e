package import AuditLog
import Cryptography
import Foundation
package import LedgerDomain

/// 日批: what a city's 文化消费大数据平台 is told of one business day: claims, redemptions, refunds, settlements, payments; nothing
/// about anybody. Made from the log alone: the same day again is the same bytes.
package struct DailyBatch: Sendable {
    /// The first line of the file.
    package struct Head: Codable, Equatable, Sendable {
        package static let format = "wenhui-daily-batch/1"

        package var format = Head.format
        package var ledger: String
        package var day: String
        /// The events of the day, from the first to the one after the last: one day's `next` is the next day's `first`.
        package var first: UInt64
        package var next: UInt64
        package var records: Int
        /// Fen: what was claimed, sold, subsidised and paid.
        package var claimed: Amount
        package var gross: Amount
        package var subsidy: Amount
        package var paid: Amount
    }

    /// A further line: one event. Amounts in fen; what does not matter for it is left out.
    package struct Record: Codable, Equatable, Sendable {
        package var event: UInt64
        package var type: String
        package var instant: String
        /// The outlet by the platform's own number, the merchant by its credit code.
        package var outlet: String?
        package var merchant: String?
        package var programme: String?
        package var batch: String?
        package var voucher: String?
        package var order: String?
        package var channel: String?
        package var category: String?
        package var settlement: String?
        package var line: UInt32?
        package var claimed: Amount?
        package var lapsed: Amount?
        package var gross: Amount?
        package var subsidy: Amount?
        package var refundedGross: Amount?
        package var refundedSubsidy: Amount?
        package var corrected: Amount?
        package var awarded: Amount?
        package var settled: Amount?
        package var paid: Amount?
    }

    package let head: Head
    package let records: [Record]
    /// The file: JSON, a line for each record after the head, keys sorted.
    package let bytes: [UInt8]
    /// SHA-256 of ``bytes``, by which a receipt names the batch.
    package let digest: [UInt8]

    init(_ ledger: LedgerCode, _ day: BusinessDay, _ events: Range<UInt64>, _ records: [Record]) {
        func sum(_ amount: (Record) -> Amount?) -> Amount {
            records.reduce(.zero) { $0 + (amount($1) ?? .zero) }
        }
        head = Head(
            ledger: ledger.description, day: day.text, first: events.lowerBound, next: events.upperBound,
            records: records.count, claimed: sum(\.claimed), gross: sum(\.gross), subsidy: sum(\.subsidy),
            paid: sum(\.paid))
        self.records = records
        bytes = DailyBatch.bytes(head, records)
        digest = SHA256Digest.of(bytes)
    }

    private static func bytes(_ head: Head, _ records: [Record]) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        func line(_ value: some Encodable) -> [UInt8] {
            guard let data = try? encoder.encode(value) else {
                preconditionFailure("texts and whole numbers are what JSON can hold")
            }
            return [UInt8](data) + [0x0A]
        }
        return records.reduce(into: line(head)) { $0 += line($1) }
    }

    /// Reads a file and checks that its head says what its lines do.
    ///
    /// - Throws: ``ServiceError/invalid(_:)``, with the line.
    package init(_ bytes: [UInt8]) throws(ServiceError) {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard lines.count > 1, lines.last?.isEmpty == true else {
            throw .invalid("The file does not end with a line's end; it may have been cut off.")
        }
        let decoder = JSONDecoder()
        guard let head = try? decoder.decode(Head.self, from: Data(lines[0])), head.format == Head.format,
            let ledger = LedgerCode(text: head.ledger), let day = BusinessDay(text: head.day),
            head.first <= head.next
        else { throw .invalid("Line 1 is no head of a daily batch.") }
        var records: [Record] = []
        for (number, line) in lines.enumerated().dropFirst().dropLast() {
            guard let record = try? decoder.decode(Record.self, from: Data(line)),
                (head.first..<head.next).contains(record.event),
                records.last.map({ $0.event < record.event }) ?? true, record.isPossible
            else { throw .invalid("Line \(number + 1) is no record of this day, or out of order.") }
            records.append(record)
        }
        self.init(ledger, day, head.first..<head.next, records)
        guard self.head == head, self.bytes == bytes else {
            throw .invalid("The head of the file does not say what its lines do.")
        }
    }

    /// What is signed: one line each for the signer, the day, the events, the number of records and the SHA-256.
    package var statement: [UInt8] {
        let lines = [
            "wenhui-daily/\(head.ledger)", head.day, "\(head.first) \(head.next)", "\(head.records)",
            digest.hexadecimal,
        ]
        return Array(lines.map { "\($0)\n" }.joined().utf8)
    }

    /// Checks that a signature is one of this batch, by one of the keys.
    ///
    /// - Throws: ``AuditFault/file(_:_:)``.
    package func verify(_ note: [UInt8], keys: [NoteVerifierKey]) throws(AuditFault) {
        do {
            let signed = try SignedNote(note)
            guard signed.text == statement else {
                throw AuditFault.file("the signature", "it is about another file")
            }
            _ = try signed.verified(by: keys)
        } catch let fault as AuditFault {
            throw fault
        } catch {
            throw .file("the signature", "\(error)")
        }
    }
}

extension DailyBatch.Record {
    /// Whether its amounts are such that a day of them can be summed.
    fileprivate var isPossible: Bool {
        let amounts = [
            claimed, lapsed, gross, subsidy, refundedGross, refundedSubsidy, corrected, awarded, settled,
            paid,
        ]
        // Ten thousand million yuan: nine million of them still fit 64 bits.
        let limit = Amount(fen: Amount.limit.fen / 100)
        return amounts.allSatisfy { $0.map { (-limit...limit).contains($0) } ?? true }
    }
}
