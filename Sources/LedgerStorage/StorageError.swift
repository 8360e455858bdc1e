/// What can go wrong below the ports, whatever the engine; each case has its own advice for people.
package enum StorageError: Error, Equatable, Sendable {
    /// Another process holds the lock for too long.
    case busy
    /// The disk is full; nothing was written.
    case full
    /// The disk reported an error; nothing was written.
    case disk(String)
    /// The files cannot be written.
    case readOnly
    /// A file is missing or cannot be opened.
    case unavailable(String)
    /// Stored data contradicts itself.
    case corrupt(String)
    /// The data was written by a newer version of this program.
    case newer(found: Int, supported: Int)
    /// A migration that was applied differs from the one this program knows.
    case migrationChanged(Int)
    /// A constraint of the read model failed: a tripwire, never expected.
    case constraint(String)
    /// The commit may or may not have happened; reading the log tells.
    case outcomeUnknown
    /// Anything else the engine says.
    case failed(String)
}
