/// A log that a verifier or a witness was told to trust: its origin and the keys that may sign for it.
package struct KnownLog: Hashable, Sendable {
    /// The first line of its checkpoints.
    package let origin: LogOrigin
    /// Any one of them suffices: two while a key is being replaced, two where a 国密 ledger signs by Ed25519 and SM2.
    /// Who wants to rely on one of these alone names that one. Keys of type 0x04 do not count.
    package let keys: [NoteVerifierKey]

    /// A log whose origin is not its key's name, or that has several keys.
    package init(origin: LogOrigin, keys: [NoteVerifierKey]) {
        self.origin = origin
        self.keys = keys
    }

    /// A log that is named after its key, as ours are.
    package init(_ key: NoteVerifierKey) { self.init(origin: LogOrigin(key.name), keys: [key]) }
}
