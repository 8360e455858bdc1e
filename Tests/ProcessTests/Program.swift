import Foundation

/// A program of this package, as it was built beside the tests.
struct Program {
    let url: URL

    static var wenhui: Program { get throws { try Program(named: "wenhui") } }
    static var loadDriver: Program { get throws { try Program(named: "LoadDriver") } }

    /// A program that the system has.
    init(at url: URL) { self.url = url }

    /// Finds the program in the folder that `WENHUI_BIN` names or is in, beside the tests, or where a build of this package
    /// puts it; fails where it is in none of them.
    init(named name: String) throws {
        let folders = Program.folders
        let found = folders.map { $0.appendingPathComponent(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
        guard let found else {
            throw ProgramFailure(
                "\(name) is not built; looked in \(folders.map(\.path)). Build it with: swift build --product \(name)"
            )
        }
        url = found
    }

    private static var folders: [URL] {
        var folders: [URL] = []
        if let program = ProcessInfo.processInfo.environment["WENHUI_BIN"] {
            let url = URL(fileURLWithPath: program)
            folders += [url, url.deletingLastPathComponent()]
        }
        if let tests = CommandLine.arguments.first {
            folders.append(URL(fileURLWithPath: tests).resolvingSymlinksInPath().deletingLastPathComponent())
        }
        folders.append(Bundle.main.bundleURL)
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return folders + ["release", "debug"].map { package.appendingPathComponent(".build/\($0)") }
    }

    /// Runs the program to its end, or kills it after two minutes.
    func run(_ arguments: [String], in folder: URL? = nil) throws -> Finished {
        try Started(url, arguments, in: folder).wait()
    }

    /// Runs the program with files limited to so many bytes, as `ulimit -f` does: a disk that is full.
    func run(_ arguments: [String], withFilesUpTo bytes: Int) throws -> Finished {
        // The signal is ignored, so that the write fails as it does on a full disk.
        let script = "trap '' XFSZ; ulimit -f \(bytes / 1024); exec \"$@\""
        return try Started(
            URL(fileURLWithPath: "/bin/bash"), ["-c", script, "bash", url.path] + arguments, in: nil
        ).wait()
    }

    /// Starts the program and returns at once.
    func start(_ arguments: [String]) throws -> Started { try Started(url, arguments, in: nil) }
}

/// What a program said and how it ended.
struct Finished: CustomStringConvertible {
    var status: Int32
    var output: String
    var errors: String

    var description: String { "exit \(status)\nstdout: \(output)\nstderr: \(errors)" }
}

/// Why a test cannot go on.
struct ProgramFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// A program under way; what it writes goes to files, which a kill does not take away.
final class Started {
    private let process = Process()
    private let files: URL
    private let ended = DispatchSemaphore(value: 0)

    init(_ program: URL, _ arguments: [String], in folder: URL?) throws {
        files = try temporaryFolder("program")
        for name in ["out", "err"] {
            try Data().write(to: files.appendingPathComponent(name))
        }
        process.executableURL = program
        process.arguments = arguments
        // What the tests were told is not for the program, which takes no variable of ours that it does not know.
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("WENHUI_") }
        if let folder { process.currentDirectoryURL = folder }
        process.standardInput = FileHandle.nullDevice
        let output = try FileHandle(forWritingTo: files.appendingPathComponent("out"))
        let errors = try FileHandle(forWritingTo: files.appendingPathComponent("err"))
        process.standardOutput = output
        process.standardError = errors
        let ended = ended
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        // The program has its own; a thousand runs would leave two thousand of these open.
        try output.close()
        try errors.close()
    }

    deinit {
        if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        try? FileManager.default.removeItem(at: files)
    }

    var isRunning: Bool { process.isRunning }

    /// The complete lines it has written so far.
    var lines: [Substring] {
        let text = output("out")
        let end = text.lastIndex(of: "\n") ?? text.startIndex
        return text[..<end].split(separator: "\n")
    }

    /// Waits until it has written so many lines, or until it ends; fails after two minutes.
    func wait(forLines count: Int) throws {
        let deadline = Date().addingTimeInterval(120)
        while lines.count < count, isRunning {
            guard Date() < deadline else {
                throw ProgramFailure("\(count) lines did not come: \(output("err"))")
            }
            Thread.sleep(forTimeInterval: 0.003)
        }
    }

    /// Ends it as a power failure would, and returns when it is gone.
    func kill() throws {
        Foundation.kill(process.processIdentifier, SIGKILL)
        _ = try wait()
    }

    /// Asks it to end, as an operator does, and waits until it has.
    func terminate() throws -> Finished {
        Foundation.kill(process.processIdentifier, SIGTERM)
        return try wait()
    }

    /// Waits for its end; after two minutes it is killed and the test fails.
    func wait() throws -> Finished {
        guard ended.wait(timeout: .now() + 120) == .success else {
            Foundation.kill(process.processIdentifier, SIGKILL)
            throw ProgramFailure("\(process.arguments ?? []) did not end: \(output("err"))")
        }
        // A shell's way to tell a crash from an exit code.
        let signalled = process.terminationReason == .uncaughtSignal
        return Finished(
            status: process.terminationStatus + (signalled ? 128 : 0), output: output("out"),
            errors: output("err"))
    }

    /// What it has written so far on `out` or `err`.
    func output(_ name: String) -> String {
        let data = FileManager.default.contents(atPath: files.appendingPathComponent(name).path)
        return String(decoding: data ?? Data(), as: UTF8.self)
    }
}

/// A new empty folder that the caller removes.
func temporaryFolder(_ name: String) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}
