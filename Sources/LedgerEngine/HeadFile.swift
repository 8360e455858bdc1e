import Foundation

/// The last signed head of a ledger's log, kept outside the database for all its processes (DESIGN §6).
///
/// A log that is behind it, or does not lead to its root, was replaced, and is refused. The file holds a signed
/// checkpoint; it is raised under a lock of its own and is on disk when ``raise(_:)`` returns.
package struct HeadFile: Sendable {
    let path: String

    package init(_ path: String) { self.path = path }

    /// The note kept last; `nil` where nothing has been kept yet.
    package func read() throws(EngineFault) -> [UInt8]? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .logFiles("\(path) cannot be read")
        }
        return Array(bytes)
    }

    /// Replaces the note by what `successor` makes of the present one, or leaves it where that is `nil`.
    ///
    /// - Parameter then: what follows while no other process can raise it, once the new note is on disk.
    package func raise(
        _ successor: ([UInt8]?) throws(EngineFault) -> [UInt8]?, then: () throws(EngineFault) -> Void
    ) throws(EngineFault) {
        let lock = try locked()
        defer { close(lock) }
        guard let note = try successor(try read()) else { return }
        try replace(by: note)
        try then()
    }

    /// Does what must not happen while another process raises the head.
    func whileLocked(_ body: () throws(EngineFault) -> Void) throws(EngineFault) {
        let lock = try locked()
        defer { close(lock) }
        try body()
    }

    private func replace(by note: [UInt8]) throws(EngineFault) {
        let draft = "\(path).new"
        guard let file = fopen(draft, "w") else { throw failure("cannot be written") }
        let written =
            fwrite(note, 1, note.count, file) == note.count && fflush(file) == 0
            && fsync(fileno(file)) == 0
        guard fclose(file) == 0, written, rename(draft, path) == 0, syncFolder() else {
            throw failure("cannot be written")
        }
    }

    /// Opens the lock file and waits until this process alone holds it; closing gives it back.
    private func locked() throws(EngineFault) -> Int32 {
        let folder = (path as NSString).deletingLastPathComponent
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lock = open("\(path).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw failure("cannot be locked") }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else {
                close(lock)
                throw failure("cannot be locked")
            }
        }
        return lock
    }

    /// A rename is on disk when its folder is.
    private func syncFolder() -> Bool {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    private func failure(_ what: String) -> EngineFault {
        .logFiles("\(path) \(what): \(String(cString: strerror(errno)))")
    }
}
