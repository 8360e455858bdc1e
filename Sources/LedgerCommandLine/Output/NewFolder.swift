import Foundation

/// A folder that a command makes and fills; whoever finds it finds all of it, or the command takes it away again.
struct NewFolder {
    private let place: URL

    /// - Throws: where it exists already, or cannot be made.
    init(_ path: String) throws {
        place = URL(filePath: path)
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure.usage("\(path) exists already. Name a folder that does not.")
        }
        do {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } catch {
            throw CommandFailure.usage("\(path) cannot be made.")
        }
    }

    /// Writes a file, by its path in the folder.
    func write(_ bytes: [UInt8], to path: String) throws {
        let file = place.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try WorkbookOutput.write(bytes, to: file.path)
    }

    /// A new file to write piece by piece.
    func file(_ name: String) throws -> FileHandle {
        try write([], to: name)
        return try FileHandle(forWritingTo: place.appending(path: name))
    }

    /// Takes the folder away: half of it would look like a whole one.
    func remove() { try? FileManager.default.removeItem(at: place) }
}
