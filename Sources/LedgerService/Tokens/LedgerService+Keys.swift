import CBOR
package import LedgerDomain
package import RedemptionTokens

extension LedgerService {
    /// How a key's life goes on.
    package enum KeyChange: Sendable {
        /// A new key, to be used after so many microseconds and good for so many more; the first one at once.
        case generate(after: Int64, lifetime: Int64)
        /// The published key is used from now on, and the one before only for what it has signed.
        case rotate
        case retire(KeyID)
        case revoke(KeyID)
        /// The same keys in a list of today.
        case renew
    }

    /// The ledger's key list in force.
    package func keyList() throws(ServiceError) -> IssuerKeyList { try state { $0.keyList } }

    /// The key that tills check the ledger's lists with.
    package var listKey: TokenPublicKey { tokens.lists.publicKey }

    /// Publishes the next key list.
    @discardableResult
    package func publishKeys(_ change: KeyChange, _ call: Call) async throws(ServiceError) -> Receipt<
        PublishKeys
    > {
        // A retry publishes what was published then, not the next list.
        if let earlier = try earlierCommand(call) as? PublishKeys { return try await perform(earlier, call) }
        let instant = try tokenInstant(call)
        let list = try keyList()
        var keys = list.keys
        try self.change(&keys, change, at: instant)
        keys.sort { $0.id < $1.id }
        let sequence = list.sequence + 1
        let signed = try signedList(keys, sequence: sequence, at: instant)
        return try await perform(
            .with {
                $0.sequence = sequence
                $0.keys = keys
                $0.list = Octets(signed)
            }, call)
    }

    /// The signed list as tills get it, as it was published last.
    package func signedKeyList() throws(ServiceError) -> [UInt8] {
        let list = try keyList()
        guard list.sequence > 0 else { throw .invalid(LedgerService.noKeys) }
        return list.signed.bytes
    }

    static let noKeys = "The ledger has no key for tokens yet. Make one with: wenhui key generate"

    private func change(
        _ keys: inout [IssuerKey], _ change: KeyChange, at instant: Instant
    ) throws(ServiceError) {
        func place(_ id: KeyID) throws(ServiceError) -> Int {
            guard let place = keys.firstIndex(where: { $0.id == id }) else {
                throw .notFound(.key, TokenKeyID(id.rawValue).description)
            }
            return place
        }
        switch change {
        case .renew:
            if keys.isEmpty { throw .invalid(LedgerService.noKeys) }
        case .generate(let lead, let lifetime):
            keys.append(newKey(keys.count, at: instant, lead: lead, lifetime: lifetime))
        case .rotate:
            guard let next = keys.filter({ $0.status == .published }).min(by: { $0.notBefore < $1.notBefore })
            else {
                throw .invalid("There is no published key to go on with. Make one with: wenhui key generate")
            }
            guard next.notBefore <= instant else {
                throw .invalid(
                    "The next key is for use from \(next.notBefore.text) on, so that every till has it.")
            }
            for place in keys.indices where keys[place].status == .active { keys[place].status = .retired }
            keys[try place(next.id)].status = .active
        case .retire(let id):
            let place = try place(id)
            guard keys[place].status.rawValue < IssuerKey.Status.retired.rawValue else {
                throw .invalid("The key is retired or revoked already.")
            }
            keys[place].status = .retired
        case .revoke(let id):
            let place = try place(id)
            guard keys[place].status != .revoked else { throw .invalid("The key is revoked already.") }
            keys[place].status = .revoked
            keys[place].revokedAt = instant
        }
    }

    private func newKey(_ place: Int, at instant: Instant, lead: Int64, lifetime: Int64) -> IssuerKey {
        let key = tokens.key(place).publicKey
        // Lists count in seconds; the first key has no till to wait for.
        let from = Instant(seconds: (place == 0 ? instant : instant.adding(lead)).seconds)
        return .with {
            $0.id = KeyID(TokenKeyID(of: key).rawValue)
            $0.algorithm = key.algorithm.rawValue
            $0.publicKey = Octets(key.bytes)
            $0.notBefore = from
            $0.notAfter = from.adding(lifetime)
            $0.status = place == 0 ? .active : .published
        }
    }

    private func signedList(
        _ keys: [IssuerKey], sequence: UInt64, at instant: Instant
    ) throws(ServiceError) -> [UInt8] {
        let listed = keys.compactMap(\.listed)
        guard listed.count == keys.count,
            let list = KeyList(
                ledger: ledger.rawValue, sequence: sequence, issuedAt: instant.seconds, keys: listed)
        else { throw .invalid("The keys do not make a list; there are at most \(KeyList.maximumCount).") }
        return list.signed(by: tokens.lists)
    }

    /// The instant that tokens are made and checked at: never before the last event's.
    package func tokenInstant(_ call: Call) throws(ServiceError) -> Instant {
        let last = try state { $0.lastInstant }
        return max(call.instant ?? now, last)
    }
}

extension IssuerKey {
    /// The key as lists have it; `nil` for one that no list can have.
    var listed: ListedKey? {
        guard let algorithm = TokenAlgorithm(rawValue: algorithm),
            let key = TokenPublicKey(algorithm, bytes: publicKey.bytes)
        else { return nil }
        let status: ListedKey.Status =
            switch self.status {
            case .published: .published
            case .active: .active
            case .retired: .retired
            case .revoked: .revoked(at: (revokedAt ?? notBefore).seconds)
            }
        return ListedKey(
            key, notBefore: notBefore.seconds, notAfter: notAfter.seconds, status: status)
    }
}
