import Foundation

/// A demonstration's data folder and what auditors got of it, made once for all tests; tests change copies of it.
struct AuditSeason: Sendable {
    /// The ledger that the tests look at, and one of another log.
    static let ledger = "370782"
    static let province = "370000"
    /// An instant after everything that the demonstration does.
    static let clock = ["--clock", "2018-08-01T09:00:00+08:00"]

    /// The data folder.
    let data: URL
    /// The log as an auditor gets it whom no witness matters to.
    let export: URL
    /// The same log as it was published: a witness has cosigned it, and the policy demands that.
    let witnessed: URL
    /// A receipt under the cosigned checkpoint.
    let witnessedReceipt: Data
    /// How many events the log has.
    let events: Int
    let key: String
    /// Another ledger's log, and its key.
    let provinceExport: URL
    let provinceKey: String
    /// The data folder and export two events later.
    let later: URL
    let laterExport: URL
    /// The data folder and export after three other events: a fork of ``later``.
    let fork: URL
    let forkExport: URL

    /// The tile of hashes that is not full yet; two more events do not fill it.
    var lastTile: String { "tile/0/00\(events / 256)" }

    static var shared: AuditSeason { get throws { try made.get() } }

    private static let made = Result { try AuditSeason() }

    private init() throws {
        let folder = try temporaryFolder("season")
        atexit { AuditSeason.remove() }
        data = folder.appendingPathComponent("data")
        try AuditSeason.done(["demo", "--scale", "0.02", "--data", data.path])
        // Every test copies the folder: what none of them reads is left out.
        try FileManager.default.removeItem(at: data.appendingPathComponent("inputs"))
        witnessed = try AuditSeason.exported(data, to: "witnessed")
        witnessedReceipt = Data(
            try AuditSeason.done([
                "receipt", "show", "1", "--ledger", AuditSeason.ledger, "--data", data.path,
            ])
            .output.utf8)
        try AuditSeason.forgetWitnesses(data)
        export = try AuditSeason.exported(data, to: "log")
        provinceExport = try AuditSeason.exported(data, to: "province", ledger: AuditSeason.province)
        later = folder.appendingPathComponent("later")
        fork = folder.appendingPathComponent("fork")
        for (copy, amounts) in [(later, ["1.00", "2.00"]), (fork, ["3.00", "4.00", "5.00"])] {
            try FileManager.default.copyItem(at: data, to: copy)
            for amount in amounts { try AuditSeason.done(AuditSeason.appropriation(amount, in: copy)) }
        }
        laterExport = try AuditSeason.exported(later, to: "later-log")
        forkExport = try AuditSeason.exported(fork, to: "fork-log")
        key = try AuditSeason.firstLine(of: export.appendingPathComponent("keys"))
        provinceKey = try AuditSeason.firstLine(of: provinceExport.appendingPathComponent("keys"))
        let checkpoint = try String(contentsOf: export.appendingPathComponent("checkpoint"), encoding: .utf8)
        guard let size = checkpoint.split(separator: "\n").dropFirst().first.flatMap({ Int($0) }) else {
            throw ProgramFailure("no size in \(checkpoint)")
        }
        events = size
    }

    /// The command that appends one event to the ledger.
    static func appropriation(_ amount: String, in data: URL) -> [String] {
        ["fund", "appropriate", "1", amount, "--reference", "拨款单 \(amount)", "--ledger", ledger]
            + clock + ["--data", data.path]
    }

    private static func exported(_ data: URL, to name: String, ledger: String = ledger) throws -> URL {
        let folder = data.deletingLastPathComponent().appendingPathComponent(name)
        try done(["audit", "export", folder.path, "--ledger", ledger, "--data", data.path])
        return folder
    }

    /// Takes away the witness policy and what was cosigned: the checkpoint as the log alone signs it can be made again
    /// at any time, byte for byte, and the tests count on that.
    private static func forgetWitnesses(_ data: URL) throws {
        try FileManager.default.removeItem(at: data.appendingPathComponent("policies"))
        for ledger in [ledger, province] {
            try FileManager.default.removeItem(at: data.appendingPathComponent("tiles/\(ledger)/checkpoint"))
            try done(["audit", "checkpoint", "--ledger", ledger, "--data", data.path])
        }
    }

    @discardableResult
    private static func done(_ arguments: [String]) throws -> Finished {
        let done = try Program.wenhui.run(arguments)
        guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
        return done
    }

    private static func firstLine(of file: URL) throws -> String {
        String(try String(contentsOf: file, encoding: .utf8).prefix { $0 != "\n" })
    }

    private static func remove() {
        if let season = try? made.get() {
            try? FileManager.default.removeItem(at: season.data.deletingLastPathComponent())
        }
    }
}
