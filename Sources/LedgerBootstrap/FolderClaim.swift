import Foundation

/// A lock on a data folder for as long as it is used: many processes may work on it, a restore wants it alone.
final class FolderClaim: Sendable {
    private let file: Int32

    /// - Returns: `nil` where the folder cannot be claimed now.
    init?(_ folder: DataFolder, alone: Bool) {
        file = open(folder.formatPath, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        // The file is closed by `deinit`, which runs for what is whole; closing it here as well would close another's.
        guard flock(file, (alone ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 else { return nil }
    }

    deinit {
        guard file >= 0 else { return }
        // A process that is just being started has a copy of the descriptor, which would keep the lock.
        flock(file, LOCK_UN)
        close(file)
    }
}
