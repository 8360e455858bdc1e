/// Which logs are trusted, and which witnesses must have seen a checkpoint before it is (C2SP tlog-policy).
///
/// It is a text file that people write:
///
///     log wenhui/370782+0123abcd+AQID…
///     witness 山东省 shandong.example/w+4567cdef+BAUG…
///     witness 审计厅 audit.example/w+89ab0123+BAcI…
///     group both all 山东省 审计厅
///     quorum both
package struct WitnessPolicy: Hashable, Sendable {
    /// The logs, no two with one public key.
    package internal(set) var logs: [Log] = []
    /// The witnesses, no two with one public key.
    package internal(set) var witnesses: [Witness] = []
    /// In an order in which each has only members that are defined before it.
    package internal(set) var groups: [Group] = []
    /// The witness or group that must have seen a checkpoint; `nil` when nobody must.
    package internal(set) var quorum: PolicyName?

    init() {}

    /// The policy that asks for no witness and lists no log: for a verifier that knows the log otherwise.
    package static let unwitnessed = WitnessPolicy()

    /// A log whose checkpoints are accepted; its origin is its key's name.
    package struct Log: Hashable, Sendable {
        /// Of type 0x01.
        package let key: NoteVerifierKey
        /// Where it is reached; opaque.
        package let url: [UInt8]?
    }

    /// A witness that may cosign.
    package struct Witness: Hashable, Sendable {
        /// What groups and the quorum call it; not its key's name.
        package let name: PolicyName
        /// Of type 0x04.
        package let key: NoteVerifierKey
        /// Where it is asked for cosignatures; opaque.
        package let url: [UInt8]?
    }

    /// Several witnesses or groups of which a number must have seen a checkpoint.
    package struct Group: Hashable, Sendable {
        /// What other groups and the quorum call it.
        package let name: PolicyName
        /// How many members are needed.
        package let threshold: Threshold
        /// Witnesses and groups that are members of no other group.
        package let members: [PolicyName]
    }

    /// How many members make a group.
    package enum Threshold: Hashable, Sendable {
        case all
        case any
        /// At least 1 and at most the number of members.
        case atLeast(Int)
    }

    /// The log with this origin and the keys it may sign with; `nil` when none is listed.
    package func log(of origin: LogOrigin) -> KnownLog? {
        let keys = logs.map(\.key).filter { LogOrigin($0.name) == origin }
        return keys.isEmpty ? nil : KnownLog(origin: origin, keys: keys)
    }
}
