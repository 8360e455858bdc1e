package import AuditLog
import Foundation

/// A witness's durable memory: one text file with the head of every log that it cosigned (C2SP tlog-witness).
///
/// It is replaced as a whole, under a lock of its own, and is on disk when ``answer(_:by:at:)`` returns; any number
/// of processes and threads may use one file. A file that is missing or damaged is refused, never taken for empty.
package struct WitnessFile: Sendable {
    private let path: String

    /// Names a file; nothing is read yet.
    package init(_ path: String) { self.path = path }

    /// Begins the memory of a witness that has cosigned nothing, and makes its folder where there is none.
    ///
    /// Not to be called because a file is missing: see ``WitnessFileError/missing(_:)``.
    package func create() throws(WitnessFileError) {
        let lock = try locked()
        defer { close(lock) }
        guard !FileManager.default.fileExists(atPath: path) else { throw .exists(path) }
        try write(WitnessState())
    }

    /// What the witness remembers now.
    package func read() throws(WitnessFileError) -> WitnessState {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing(path) }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw .refused(path, reason: "it cannot be read")
        }
        do throws(WitnessStateError) {
            return try WitnessState(text: Array(bytes))
        } catch {
            switch error {
            case .newer: throw .newer(path)
            case .damaged: throw .damaged(path)
            }
        }
    }

    /// Decides a request and, where it is granted, stores the step by compare-and-swap before it gives the reply.
    ///
    /// It waits for the disk, and for whoever else holds the lock.
    ///
    /// - Parameters:
    ///   - body: the request as it came.
    ///   - time: seconds since 1970, for the cosignature.
    package func answer(
        _ body: [UInt8], by witness: Witness, at time: UInt64
    ) throws(WitnessFileError) -> WitnessReply {
        // What is refused needs no lock: a reader sees the old file or the new one, each of them whole.
        let decision = witness.decide(body, state: try read(), at: time)
        guard let step = decision.step else { return decision.reply }
        let lock = try locked()
        defer { close(lock) }
        var state = try read()
        if state.take(step) {
            try write(state)
            return decision.reply
        }
        // The log has gone on; nobody can change it again before the lock is given back.
        let later = witness.decide(body, state: state, at: time)
        guard let step = later.step else { return later.reply }
        guard state.take(step) else { preconditionFailure("a step that does not start at its own state") }
        try write(state)
        return later.reply
    }

    /// Replaces the file; it is on disk when this returns. Only under the lock.
    private func write(_ state: WitnessState) throws(WitnessFileError) {
        let text = state.text
        let draft = "\(path).new"
        guard let file = fopen(draft, "w") else { throw failure("it cannot be written") }
        let written =
            fwrite(text, 1, text.count, file) == text.count && fflush(file) == 0 && fsync(fileno(file)) == 0
        guard fclose(file) == 0, written, rename(draft, path) == 0, syncFolder() else {
            throw failure("it cannot be written")
        }
    }

    /// Opens the lock file and waits until this caller alone holds it; closing gives it back.
    private func locked() throws(WitnessFileError) -> Int32 {
        try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let lock = open("\(path).lock", O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw failure("it cannot be locked") }
        while flock(lock, LOCK_EX) != 0 {
            guard errno == EINTR else {
                let failure = failure("it cannot be locked")
                close(lock)
                throw failure
            }
        }
        return lock
    }

    /// A rename is on disk when its folder is.
    private func syncFolder() -> Bool {
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return fsync(descriptor) == 0
    }

    private var folder: String {
        let folder = (path as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    private func failure(_ what: String) -> WitnessFileError {
        .refused(path, reason: "\(what) (\(String(cString: strerror(errno))))")
    }
}
