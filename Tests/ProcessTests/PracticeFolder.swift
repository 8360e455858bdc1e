import Foundation
import LedgerDomain
import LedgerStorage
import SQLiteStorage
import Testing

/// A data folder as the commands make it: a practice ledger and one fund with money.
final class PracticeFolder {
    let url: URL
    private let parent: URL
    /// Opened, a fund created, money appropriated.
    static let events: UInt64 = 3

    /// Made once by the commands, and copied for each test.
    private static let template = Result { try make() }

    convenience init() throws { try self.init(copying: PracticeFolder.template.get()) }

    /// A copy of a data folder.
    init(copying folder: URL) throws {
        parent = try temporaryFolder("practice")
        url = parent.appendingPathComponent("data")
        try FileManager.default.copyItem(at: folder, to: url)
    }

    private static func make() throws -> URL {
        let url = try temporaryFolder("practice").appendingPathComponent("data")
        atexit { PracticeFolder.removeTemplate() }
        for command in [
            ["init"], ["ledger", "open", "370782", "--name", "潍坊市诸城市", "--practice"],
            [
                "fund", "create", "--level", "county", "--year", "2018", "--treasury", "诸城市国库", "--document",
                "诸财预〔2018〕3号",
            ],
            ["fund", "appropriate", "1", "100000.00", "--reference", "拨款单 1"],
        ] {
            let done = try Program.wenhui.run(command + ["--data", url.path])
            guard done.status == 0 else { throw ProgramFailure("\(command): \(done)") }
        }
        return url
    }

    private static func removeTemplate() {
        if let url = try? template.get() {
            try? FileManager.default.removeItem(at: url.deletingLastPathComponent())
        }
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    /// Runs a command on the folder.
    func run(_ arguments: [String]) throws -> Finished {
        try Program.wenhui.run(arguments + ["--data", url.path])
    }

    /// Runs a command on the folder with `--json`.
    func runJSON(_ arguments: [String]) throws -> Finished { try run(arguments + ["--json"]) }

    func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    /// Writes a file beside the folder and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = parent.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    /// The log itself, as another process opens it.
    func log() throws -> SQLiteEventLog { try SQLiteEventLog(path: file("log.db").path) }

    /// How many events the log holds.
    func eventCount() throws -> UInt64 { try log().head(of: LoadedBooks.ledger).size }

    /// Every file of the folder with its bytes.
    func contents() throws -> [String: Data] {
        var contents: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: url.path) {
            contents[name] = FileManager.default.contents(atPath: file(name).path)
        }
        return contents
    }
}

/// What a command that failed says under `--json`.
struct ErrorDocument: Decodable {
    var error: String
    var message: String

    init(_ finished: Finished) throws {
        self = try JSONDecoder().decode(ErrorDocument.self, from: Data(finished.errors.utf8))
    }
}

/// What a command that changed something says under `--json`.
struct ReceiptDocument: Decodable {
    var event: UInt64
    var key: String
    var replayed: Bool?

    init(_ finished: Finished) throws {
        self = try JSONDecoder().decode(ReceiptDocument.self, from: Data(finished.output.utf8))
    }
}

/// Expects a fault: exit code 4, nothing on standard output, and a sentence with every one of `words`.
func expectFault(
    _ finished: Finished, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(finished.status == 4, "\(finished)", sourceLocation: sourceLocation)
    #expect(finished.output.isEmpty, "\(finished)", sourceLocation: sourceLocation)
    for word in words {
        #expect(finished.errors.contains(word), "\(finished)", sourceLocation: sourceLocation)
    }
}

/// Expects that the ledger or a till said no, with this code, and that nothing was printed.
func expectRefused(
    _ finished: Finished, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(finished.status == 3, "\(finished)", sourceLocation: sourceLocation)
    #expect(finished.output.isEmpty, sourceLocation: sourceLocation)
    #expect(finished.errors.contains("[\(code)"), "\(finished)", sourceLocation: sourceLocation)
}
