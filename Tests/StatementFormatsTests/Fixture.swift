import Foundation
import StatementFormats
import Testing

/// A file below `Fixtures/`, as bytes.
func fixture(_ path: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: place(of: path))) }

/// Expects what was written to be the golden file; `WENHUI_RECORD=1` makes it so.
func expectGolden(
    _ bytes: [UInt8], _ path: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    if ProcessInfo.processInfo.environment["WENHUI_RECORD"] == "1" {
        try Data(bytes).write(to: place(of: path))
    }
    let golden = try fixture(path)
    #expect(
        String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self),
        sourceLocation: sourceLocation)
    #expect(bytes == golden, sourceLocation: sourceLocation)
}

private func place(of path: String, from file: String = #filePath) -> URL {
    URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/\(path)")
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
