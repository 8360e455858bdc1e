import Cryptography
import Foundation
package import LedgerDomain

/// What a county publishes of a lottery, for everybody: files that say nothing about anybody (DESIGN §4).
///
/// `lottery.json` is the record, `entries.csv` the numbered list, `winners.csv` who won in the order of the draw, and
/// `receipts/` has a receipt of every step in the log, by event number.
package struct LotteryPublication: Equatable, Sendable {
    /// A step of the lottery with the receipt that it is in the log.
    package struct Step: Equatable, Sendable {
        package var event: UInt64
        package var receipt: [UInt8]
    }

    package static let recordName = "lottery.json"
    package static let entriesName = "entries.csv"
    package static let winnersName = "winners.csv"
    package static let receiptsName = "receipts"

    package var record: LotteryRecord
    package var marks: [Octets]
    /// The winners' numbers, the first drawn first; `nil` before the draw.
    package var winners: [UInt32]?
    /// Oldest first.
    package var steps: [Step]

    /// Writes the files into a folder that does not exist yet: all of them, or none.
    package func write(to folder: String) throws(ServiceError) {
        let files = FileManager.default
        guard !files.fileExists(atPath: folder) else {
            throw .invalid("\(folder) exists already. Name a folder that does not.")
        }
        let draft = "\(folder).new-\(ProcessInfo.processInfo.processIdentifier)"
        do {
            try files.createDirectory(
                atPath: "\(draft)/\(Self.receiptsName)", withIntermediateDirectories: true)
            func write(_ text: String, to name: String) throws {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(draft)/\(name)"))
            }
            try write(try recordText, to: Self.recordName)
            try write(entriesText, to: Self.entriesName)
            if let winnersText { try write(winnersText, to: Self.winnersName) }
            for step in steps {
                try write(
                    String(decoding: step.receipt, as: UTF8.self),
                    to: "\(Self.receiptsName)/\(step.event).tlog-proof")
            }
            try files.moveItem(atPath: draft, toPath: folder)
        } catch {
            try? files.removeItem(atPath: draft)
            throw .invalid("\(folder) cannot be written: \((error as NSError).localizedDescription)")
        }
    }

    /// ``recordName`` as it is published.
    package var recordText: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
        }
    }

    /// ``entriesName`` as it is published.
    package var entriesText: String {
        marks.enumerated().reduce(into: "number,mark\n") {
            $0 += "\($1.offset + 1),\($1.element.bytes.hexadecimal)\n"
        }
    }

    /// ``winnersName`` as it is published; `nil` before the draw.
    package var winnersText: String? {
        winners?.enumerated().reduce(into: "place,number,mark\n") {
            $0 += "\($1.offset + 1),\($1.element),\(marks[Int($1.element) - 1].bytes.hexadecimal)\n"
        }
    }
}
