import Foundation
import StatementFormats

/// A file below `Fixtures/`, as bytes.
func fixture(_ path: String, from file: String = #filePath) throws -> [UInt8] {
    let root = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    return [UInt8](try Data(contentsOf: root.appending(path: "Fixtures/\(path)")))
}

/// What a reader throws, each fault as `line field: message`; empty where it throws nothing.
func faults<Answer>(_ read: () throws(RowFaults) -> Answer) -> [RowFault] {
    do {
        _ = try read()
        return []
    } catch {
        return error.faults
    }
}

/// The lines and fields alone.
func places(_ faults: [RowFault]) -> [String] {
    faults.map { "\($0.row) \($0.field)" }
}
