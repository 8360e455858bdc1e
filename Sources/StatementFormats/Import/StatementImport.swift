import Cryptography
import Foundation
import LedgerDomain
import Reconciliation

/// Takes a counterparty's file as it comes: unpacks it, hashes it, reads it, line by line.
package struct StatementImport {
    /// What a file is.
    package enum Format: Sendable {
        /// 微信支付交易账单; the amount that is compared.
        case weChat(ComparedAmount)
        /// Any CSV by its mapping.
        case mapped(StatementMapping)
        /// A bank's camt.053 or camt.054.
        case camt
    }

    /// What the other side is called in results, whatever its file is called: the same bytes give the same hash.
    static let name = "statement"

    private var reader: any StatementReader
    private var gunzip: Gunzip?
    private var isFirst = true
    private var digest = SHA256Hasher()
    private var providerDigest = SHA1Hasher()
    private var size = 0
    private var unpacked = 0
    private let limit: Int

    /// - Parameters:
    ///   - cutOff: microseconds after midnight at which a business day begins.
    ///   - limit: the most bytes that the file may have, unpacked.
    package init(_ format: Format, cutOff: Int64, limit: Int = .max) {
        self.limit = limit
        switch format {
        case .weChat(let amount):
            reader = WeChatBillReader(comparing: amount, cutOff: cutOff)
        case .camt: reader = CamtStatementReader()
        case .mapped(let mapping):
            reader = MappedStatementReader(by: mapping, cutOff: cutOff)
        }
    }

    /// Takes the next bytes of the file; the first four come together, for they say what it is.
    package mutating func take(_ bytes: UnsafeRawBufferPointer) throws(RowFaults) {
        guard bytes.count > 0 else { return }
        digest.update(bytes)
        size += bytes.count
        if isFirst {
            isFirst = false
            if Gunzip.canBe(bytes) {
                gunzip = Gunzip()
            } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
                throw RowFaults([
                    RowFault(
                        row: 1, field: "",
                        message: "is a ZIP archive or a workbook; unpack it, or save it as CSV")
                ])
            } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
                throw RowFaults([
                    RowFault(row: 1, field: "", message: "is UTF-16; save it as UTF-8")
                ])
            }
        }
        guard let gunzip else { return try read(bytes) }
        let isSound = try gunzip.take(bytes) { (part) throws(RowFaults) in try read(part) }
        guard isSound else {
            throw RowFaults([
                RowFault(row: 1, field: "", message: "the gzip file is damaged: it cannot be unpacked")
            ])
        }
    }

    private mutating func read(_ bytes: UnsafeRawBufferPointer) throws(RowFaults) {
        unpacked += bytes.count
        guard unpacked <= limit else {
            throw RowFaults([
                RowFault(
                    row: 1, field: "",
                    message: "is larger than \(limit >> 20) MiB when it is unpacked; send it in parts, by day"
                )
            ])
        }
        providerDigest.update(bytes)
        try reader.take(bytes)
    }

    /// Ends the file.
    package mutating func finish() throws(RowFaults) -> ImportedStatement {
        if let gunzip, !gunzip.hasEnded {
            throw RowFaults([
                RowFault(
                    row: 1, field: "", message: "the gzip file ends too early: the download is incomplete")
            ])
        }
        var imported = try reader.finish()
        imported.digest = digest.digest
        imported.providerDigest = providerDigest.digest
        imported.size = size
        return imported
    }

    /// Reads a whole file that was sent.
    ///
    /// - Parameter limit: the most bytes that a packed file may unpack to.
    package static func read(
        _ bytes: [UInt8], as format: Format, cutOff: Int64, limit: Int
    ) throws -> ImportedStatement {
        var statement = StatementImport(format, cutOff: cutOff, limit: limit)
        try bytes.withUnsafeBytes { try statement.take($0) }
        return try statement.finish()
    }

    /// Reads a whole file from disk, piece by piece.
    package static func read(
        _ path: String, as format: Format, cutOff: Int64
    ) throws -> ImportedStatement {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        defer { try? file.close() }
        var statement = StatementImport(format, cutOff: cutOff)
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            try piece.withUnsafeBytes { try statement.take($0) }
        }
        return try statement.finish()
    }
}
