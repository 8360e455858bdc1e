/// Why a data folder cannot be made or opened; each case tells a person what to do.
package enum DataFolderError: Error, Equatable, Sendable {
    /// There is something at this path already.
    case exists(String)
    /// There is no data folder here.
    case missing(String)
    /// The folder was written by a newer version of the program.
    case newer(String, format: Int)
    /// The folder's description cannot be read.
    case damaged(String)
    case keyMissing(String)
    /// The key file cannot be read by this user.
    case keyUnreadable(String)
    /// Others than its owner may read the key file.
    case keyExposed(String)
    /// The key is not the one this folder was made with.
    case keyWrong(String)
    /// The folder is a backup, which nothing is written to.
    case isBackup(String)
    /// The folder is no backup.
    case isNoBackup(String)
    /// The folder is the backup of another data folder.
    case otherBackup(String)
    /// The backup's log is not what its head signs for, and why.
    case damagedBackup(String, reason: String)
    /// Another process works on the folder, or a restore is under way.
    case inUse(String)
    /// The folder cannot be written.
    case cannotWrite(String, reason: String)

    /// What happened and what to do, for a person.
    package var sentence: String {
        switch self {
        case .exists(let path):
            "\(path) exists already. Choose another folder with --data, or remove it if it is of no use."
        case .missing(let path):
            "There is no data folder at \(path). Make one with: wenhui init --data \(path)"
        case .newer(let path, let format):
            "\(path) is of data format \(format), which a newer version of wenhui wrote. Use that version."
        case .damaged(let path):
            "\(path)/format cannot be understood. Restore it from a backup; the log itself is not touched."
        case .keyMissing(let path):
            "The key file \(path) is missing. Restore it from where it was backed up; without it personal "
                + "data cannot be read and nothing can be written."
        case .keyUnreadable(let path):
            "The key file \(path) cannot be read. Run as the user who owns it, or restore it from a backup."
        case .keyExposed(let path):
            "Others may read the key file \(path). Take that away with: chmod 600 \(path)"
        case .keyWrong(let path):
            "The key in \(path) is not the one this folder was made with. Restore the right one."
        case .isBackup(let path):
            "\(path) is a backup; nothing works on it. Restore it with: wenhui restore \(path) --data NEW"
        case .isNoBackup(let path): "\(path) is no backup. Make one with: wenhui backup \(path)"
        case .otherBackup(let path): "\(path) is the backup of another data folder. Name another one."
        case .damagedBackup(let path, let reason):
            "The backup at \(path) is damaged: make another one. \(reason)"
        case .inUse(let path):
            "\(path) is in use by another process, or is being restored. Stop what runs on it, then try again."
        case .cannotWrite(let path, let reason):
            "\(path) cannot be written: \(reason)"
        }
    }
}
