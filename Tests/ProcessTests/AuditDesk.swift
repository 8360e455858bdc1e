import Foundation
import Testing

/// A folder of one test's own, in which it takes copies of the season apart.
final class AuditDesk {
    let season: AuditSeason
    let folder: URL

    init() throws {
        season = try AuditSeason.shared
        folder = try temporaryFolder("audit")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Copies a folder to the desk.
    func copy(_ original: URL, as name: String = "copy") throws -> URL {
        let copy = folder.appendingPathComponent(name)
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.copyItem(at: original, to: copy)
        return copy
    }

    /// Puts a file or folder in the place of another one.
    func put(_ original: URL, at place: URL) throws {
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.copyItem(at: original, to: place)
    }

    /// Writes a file of the desk and returns its path.
    func write(_ bytes: Data, to name: String) throws -> String {
        let file = folder.appendingPathComponent(name)
        try bytes.write(to: file)
        return file.path
    }

    /// Verifies a published log with the season's key.
    func verify(_ log: URL) throws -> Finished {
        try Program.wenhui.run(["audit", "verify", log.path, "--key", season.key])
    }

    /// Runs a command on the ledger of a data folder.
    func run(_ arguments: [String], in data: URL) throws -> Finished {
        try Program.wenhui.run(arguments + ["--ledger", AuditSeason.ledger, "--data", data.path])
    }

    /// Tries to append an event to the ledger of a data folder.
    func append(to data: URL) throws -> Finished {
        try Program.wenhui.run(AuditSeason.appropriation("9.00", in: data))
    }

    /// Exports the ledger of a data folder, and verifies what came out.
    func exportAndVerify(_ data: URL, as name: String = "exported") throws -> Finished {
        let export = folder.appendingPathComponent(name)
        let done = try run(["audit", "export", export.path], in: data)
        guard done.status == 0 else { return done }
        return try verify(export)
    }
}

/// The names of all files below a folder, in order.
func files(in folder: URL) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted().filter {
        var isFolder: ObjCBool = false
        let path = folder.appendingPathComponent($0).path
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
    }
}

/// Every file below a folder with its bytes.
func contents(of folder: URL) throws -> [String: Data] {
    try files(in: folder).reduce(into: [:]) {
        $0[$1] = FileManager.default.contents(atPath: folder.appendingPathComponent($1).path)
    }
}

/// Changes a file's bytes in place.
func alter(_ file: URL, _ change: (inout Data) throws -> Void) throws {
    var bytes = try Data(contentsOf: file)
    try change(&bytes)
    try bytes.write(to: file)
}

/// Expects that something was not verified: exit code 5, nothing on standard output, a sentence with all `words`.
func expectUnverified(
    _ finished: Finished, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(finished.status == 5, "\(finished)", sourceLocation: sourceLocation)
    #expect(finished.output.isEmpty, "\(finished)", sourceLocation: sourceLocation)
    for word in words {
        #expect(
            finished.errors.contains(word), "it says “\(word)”: \(finished)", sourceLocation: sourceLocation)
    }
}

/// Expects a sentence for a person: no name of a type or of a case of the program.
func expectSentence(_ finished: Finished, sourceLocation: SourceLocation = #_sourceLocation) {
    for sign in [
        "AuditLog.", "LedgerCommandLine.", "error 1.", "(event:", "(offset:", "foreignOrigin", "noSignatures",
        "badSignature", "unterminated", "notAuthentic(", "malformed(", "missing(",
    ] {
        #expect(
            !finished.errors.contains(sign), "it speaks of “\(sign)”: \(finished)",
            sourceLocation: sourceLocation)
    }
}

/// Expects that every command refuses the log, and leaves it, its head and its tiles as they are.
func expectEveryCommandRefuses(
    _ desk: AuditDesk, _ data: URL, saying words: [String], sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let before = try contents(of: data)
    for command in [["book", "check"], ["audit", "checkpoint"], ["receipt", "show", "1"]] {
        expectFault(try desk.run(command, in: data), saying: words, sourceLocation: sourceLocation)
    }
    expectFault(try desk.append(to: data), saying: words, sourceLocation: sourceLocation)
    let after = try contents(of: data)
    // Locks may be made, and caches made anew; neither says anything.
    let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
        .filter { $0 == "log.db" || $0.hasPrefix("heads/") || $0.hasPrefix("tiles/") }
        .filter { !$0.hasSuffix(".lock") }
    #expect(changed.sorted() == [], sourceLocation: sourceLocation)
}
