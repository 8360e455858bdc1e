import Foundation
import StatementFormats

/// Writes a workbook where and as somebody wants it.
enum WorkbookOutput {
    /// Writes XLSX, HTML or CSV (the first table alone), by the end of the path.
    static func write(_ workbook: Workbook, to path: String) throws {
        let bytes: [UInt8]
        if path.hasSuffix(".xlsx") {
            do {
                bytes = try workbook.xlsx()
            } catch {
                throw CommandFailure(.fault, "output", "\(error).")
            }
        } else if path.hasSuffix(".html") {
            bytes = Array(workbook.html.utf8)
        } else if path.hasSuffix(".csv"), let first = workbook.sheets.first {
            bytes = first.csv
        } else {
            throw CommandFailure.usage("\(path) ends in none of .xlsx, .html and .csv; say which is meant.")
        }
        try write(bytes, to: path)
    }

    /// Writes a file that must not be there yet.
    static func write(_ bytes: [UInt8], to path: String) throws {
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure.usage("\(path) exists already or cannot be written. Name another file.")
        }
    }
}
