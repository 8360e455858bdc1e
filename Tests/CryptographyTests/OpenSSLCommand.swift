import Foundation

/// The `openssl` command of this machine, run in a folder of its own.
struct OpenSSLCommand: ~Copyable {
    private static let program = URL(filePath: "/usr/bin/openssl")
    private let folder: URL

    static var isHere: Bool { FileManager.default.isExecutableFile(atPath: program.path) }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "openssl-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Puts bytes into a file of the folder.
    func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: folder.appending(path: name))
    }

    /// Runs the command and gives what it printed; `nil` when it failed.
    func run(_ arguments: [String]) throws -> [UInt8]? {
        let process = Process()
        let output = Pipe()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? Array(printed) : nil
    }
}
