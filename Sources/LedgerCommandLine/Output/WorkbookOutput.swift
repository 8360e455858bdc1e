import Foundation
import StatementFormats

/// Writes a workbook where and as somebody wants it.
enum WorkbookOutput {
    /// Writes XLSX or CSV, by the end of the path.
    static func write(_ workbook: Workbook, to path: String) throws {
        let bytes: [UInt8]
        if path.hasSuffix(".xlsx") {
            do {
                bytes = try workbook.xlsx()
            } catch {
                throw CommandFailure(.fault, "output", "\(error).")
            }
        } else if path.hasSuffix(".csv"), let first = workbook.sheets.first {
            bytes = first.csv
        } else {
            throw CommandFailure.usage("\(path) ends neither in .xlsx nor in .csv; say which is meant.")
        }
        do {
            try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw CommandFailure.usage("\(path) exists already or cannot be written. Name another file.")
        }
    }
}
