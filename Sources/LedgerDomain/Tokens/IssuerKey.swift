package import CBOR

/// A key that tokens are signed with, as the ledger's key list has it: one algorithm, one key, one window (DESIGN §7).
package struct IssuerKey: CBORFields, Codable, Equatable, Sendable {
    package var id = KeyID(0)
    /// The COSE number of its one algorithm (RFC 9053).
    package var algorithm: Int64 = 0
    package var publicKey = Octets()
    /// It signs nothing before this instant, and nothing that it signed is good from ``notAfter`` on.
    package var notBefore = Instant(microseconds: 0)
    package var notAfter = Instant(microseconds: 0)
    package var status = Status.published
    /// Since when it is revoked; `nil` for one that is not.
    package var revokedAt: Instant?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &id)
        try coder.field(2, &algorithm)
        try coder.field(3, &publicKey)
        try coder.field(4, &notBefore)
        try coder.field(5, &notAfter)
        try coder.field(6, &status)
        try coder.field(7, &revokedAt)
    }

    /// How far a key has come; it never goes back.
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// Tills learn it, and nothing is signed with it yet.
        case published = 1
        case active
        /// What it signed stays good to the end of its window; nothing more is signed with it.
        case retired
        /// Nothing that it ever signed is good any more.
        case revoked
    }

    /// Whether what it signed is good at `instant`.
    package func isGood(at instant: Instant) -> Bool {
        (status == .active || status == .retired) && notBefore <= instant && instant < notAfter
    }

    /// Whether this may take the place of `earlier` in the next list.
    func continues(_ earlier: IssuerKey, at instant: Instant) -> Bool {
        let isSame =
            id == earlier.id && algorithm == earlier.algorithm && publicKey == earlier.publicKey
            && notBefore == earlier.notBefore && notAfter <= earlier.notAfter
            && (earlier.revokedAt == nil || revokedAt == earlier.revokedAt)
        let begins = status == .active && earlier.status == .published
        return isSame && status.rawValue >= earlier.status.rawValue && (!begins || notBefore <= instant)
    }
}

/// The ledger's key list as it was published last.
package struct IssuerKeyList: Codable, Equatable, Sendable {
    /// How many lists have been published.
    package var sequence: UInt64 = 0
    /// Every key that was ever published, ascending by its ID.
    package var keys: [IssuerKey] = []
    /// The list as it was signed.
    package var signed = Octets()

    package init() {}

    package subscript(id: KeyID) -> IssuerKey? { keys.first { $0.id == id } }

    /// The most keys of a list.
    static let limit = 64

    /// Why `next` may not follow, or `nil`.
    func refusal(of next: [IssuerKey], at instant: Instant) -> Refusal? {
        guard (1...IssuerKeyList.limit).contains(next.count),
            zip(next, next.dropFirst()).allSatisfy({ $0.id < $1.id }),
            next.allSatisfy({ $0.notBefore < $0.notAfter && (1...256).contains($0.publicKey.bytes.count) }),
            next.allSatisfy({ ($0.status == .revoked) == ($0.revokedAt != nil) })
        else { return .keyListInvalid }
        for key in keys {
            guard let successor = next.first(where: { $0.id == key.id }),
                successor.continues(key, at: instant)
            else { return .keyListInvalid }
        }
        // A key is published before it is used, so that every till has it; the first ones have nobody to wait for.
        let new = next.filter { self[$0.id] == nil }
        guard keys.isEmpty || new.allSatisfy({ $0.status == .published }) else { return .keyListInvalid }
        return nil
    }
}
