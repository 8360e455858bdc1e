import LedgerDomain
package import LedgerEngine
package import LedgerStorage

extension StorageError {
    /// What happened and what to do, for a person.
    package var sentence: String {
        switch self {
        case .busy: "Another process holds the ledger's lock. Try again in a moment."
        case .full: "The disk is full. Nothing was written; free some space and try again."
        case .disk(let reason):
            "The disk is full or faulty (\(reason)). Nothing was written; free some space or have the disk "
                + "checked, then repeat the command."
        case .readOnly: "The data folder cannot be written. Check its owner and permissions."
        case .unavailable(let reason):
            "A file of the data folder cannot be opened: \(reason). Is its disk read-only or full, or the folder "
                + "another user's?"
        case .corrupt(let reason):
            "Stored data is damaged: \(reason). Nothing was changed; restore the folder from a backup."
        case .newer(let found, let supported):
            "The data was written by a newer version (schema \(found), this program knows \(supported)). "
                + "Use that version."
        case .migrationChanged(let number):
            "Schema change \(number) in the file is not the one this program knows. Use the program that "
                + "wrote the file."
        case .constraint(let reason): "A tripwire of the read model went off: \(reason)"
        case .outcomeUnknown:
            "The disk reported an error while committing. Repeat the command with the same --key: it gets the "
                + "same answer if it was committed."
        case .failed(let reason): "SQLite says: \(reason)"
        }
    }
}

extension EngineFault: CustomStringConvertible {
    package var description: String { sentence }

    /// What happened and what to do, for a person.
    package var sentence: String {
        switch self {
        case .busy: "Too much is waiting. Try again in a moment."
        case .stopped: "The ledger is being closed."
        case .refusedUnrecorded(let refusal): refusal.sentence.english
        case .keyReused(let event):
            "This key was used for another command, whose answer is event \(event). Use a new key."
        case .clockBehind(let last):
            "The computer's clock is behind the last event (\(last.text)). Set the clock and try again."
        case .changed: "It was changed since you looked. Look again."
        case .eventTooLarge: "The command is too large for one event of the log."
        case .storage(let error): error.sentence
        case .corruptLog(let event, let reason):
            "The log is damaged at event \(event): \(reason). Nothing was changed; restore log.db from a backup."
        case .treeMismatch(let size):
            "The log was altered: its first \(size) events do not have the tree that its head states. Nothing was "
                + "changed; wenhui audit verify names the event, wenhui restore puts back what was lost."
        case .forked(let size):
            "The log was replaced: its first \(size) events are not those that the kept head signs for. Nothing "
                + "was changed; put the right log.db back, or see wenhui restore."
        case .logFiles(let reason): "A file of the log cannot be used: \(reason)"
        case .logBehind(let size, let seen):
            "The log holds \(size) events, but \(seen) have been seen: an older log.db was put back. Put the "
                + "newest one back; if it is lost, wenhui restore brings back what the tiles hold."
        case .newerEvent(let event, let version):
            "Event \(event) has format version \(version), which this program does not know. "
                + "Use a newer version of wenhui."
        case .readModelStopped(let reason):
            "The read model refused a row (\(reason)); intake has stopped. Delete read.db: it is filled again "
                + "from the log."
        }
    }
}
