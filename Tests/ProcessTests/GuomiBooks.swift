import Foundation

/// Data folders with one ledger each, the same commands given to all of them, whatever their profile.
///
/// They share the folder's key and the ledger's code, so that nothing but the profile tells them apart.
final class GuomiBooks {
    static let ledger = "370782"
    /// The first instant of the batch's claims.
    private static let opening = "2018-06-01T10:00:00+08:00"
    private static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures").standardizedFileURL

    let guomi: URL
    let international: URL
    private let parent: URL

    /// Made once by the commands, and copied for each test.
    private static let template = Result { try make() }

    init() throws {
        parent = try temporaryFolder("guomi")
        try FileManager.default.removeItem(at: parent)
        try FileManager.default.copyItem(at: GuomiBooks.template.get(), to: parent)
        guomi = parent.appendingPathComponent("guomi")
        international = parent.appendingPathComponent("international")
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    private static func make() throws -> URL {
        let parent = try temporaryFolder("guomi")
        atexit { GuomiBooks.removeTemplate() }
        let guomi = parent.appendingPathComponent("guomi")
        try done(["init"], in: guomi)
        let international = parent.appendingPathComponent("international")
        try FileManager.default.copyItem(at: guomi, to: international)
        for data in [guomi, international] {
            try open(data, profile: data.lastPathComponent)
            try done(["key", "generate", "--clock", opening], in: data)
            for person in ["999900194901010017", "999900195602290025"] {
                try done(
                    ["voucher", "claim", "--batch", "1", "--resident", person, "--clock", opening], in: data)
            }
        }
        return parent
    }

    private static func open(_ data: URL, profile: String) throws {
        func fixture(_ path: String) -> String { fixtures.appending(path: path).path }
        for command in [
            ["ledger", "open", ledger, "--name", "潍坊市诸城市", "--practice", "--profile", profile],
            [
                "fund", "create", "--level", "county", "--year", "2018", "--treasury", "诸城市国库", "--document",
                "诸财预〔2018〕3号",
            ],
            ["fund", "appropriate", "1", "1000.00", "--reference", "拨款单 1"],
            ["programme", "submit", fixture("programmes/shandong-wenhui.yaml")],
            ["programme", "approve", "1", "--as", "approver"],
            ["programme", "allocate", "1", "--fund", "1", "1000.00"],
            [
                "batch", "propose", "--programme", "1", "--face", "50.00", "--quota", "10", "--fund", "1=1",
                "--from", opening, "--until", "2018-06-30T00:00:00+08:00",
            ],
            ["merchant", "import", fixture("registry/merchants.csv")],
            ["outlet", "import", fixture("registry/outlets.csv")],
            ["resident", "import", fixture("registry/residents.csv")],
            ["batch", "approve", "1", "--as", "approver"],
        ] {
            try done(command + ["--clock", "2018-05-20T10:00:00+08:00"], in: data)
        }
    }

    private static func removeTemplate() {
        if let url = try? template.get() { try? FileManager.default.removeItem(at: url) }
    }

    @discardableResult
    private static func done(_ command: [String], in data: URL) throws -> Finished {
        let done = try Program.wenhui.run(command + ["--data", data.path])
        guard done.status == 0 else { throw ProgramFailure("\(command): \(done)") }
        return done
    }

    /// Runs a command on a data folder.
    func run(_ command: [String], in data: URL) throws -> Finished {
        try Program.wenhui.run(command + ["--data", data.path])
    }

    /// Runs a command so many seconds after noon of the second day.
    func run(_ command: [String], in data: URL, at seconds: Int) throws -> Finished {
        try run(
            command + [
                "--clock", "2018-06-02T12:\(String(format: "%02d:%02d", seconds / 60, seconds % 60))+08:00",
            ], in: data)
    }

    func mint(_ voucher: Int, in data: URL, at seconds: Int) throws -> TokenTests.Minted {
        let done = try run(["token", "mint", "\(voucher)", "--json"], in: data, at: seconds)
        guard done.status == 0 else { throw ProgramFailure("\(done)") }
        return try JSONDecoder().decode(TokenTests.Minted.self, from: Data(done.output.utf8))
    }

    /// Sells a ticket of 100.00 yuan for what was shown.
    func redeem(_ shown: String, order: String, in data: URL, at seconds: Int) throws -> Finished {
        try run(
            ["redeem", shown, "--outlet", "YL-0001", "--bill", "100.00", "--order", order, "--key", order],
            in: data, at: seconds)
    }

    /// The verifier keys of the ledger's log, one a line.
    func verifierKeys(_ data: URL) throws -> [String] {
        try run(["key", "list", "--note"], in: data).output.split(separator: "\n").map(String.init)
    }

    /// A file or folder beside the data folders, which goes with them.
    func beside(_ name: String) -> URL { parent.appendingPathComponent(name) }
}
