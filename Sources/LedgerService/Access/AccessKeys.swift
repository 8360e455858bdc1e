import Cryptography
package import LedgerDomain
package import LedgerStorage

/// The keys of machines to one ledger: made, looked up, revoked.
package struct AccessKeys: Sendable {
    private let service: LedgerService
    private let office: any Office

    /// A key lives five years at most.
    package static let maximumLifetime: Int64 = 5 * 366

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        self.office = office
    }

    /// Makes a key for `days` days from now, on record; its text is shown here, and again to a retry of the same call alone.
    ///
    /// - Parameter platform: for which platform's accounts it speaks; `nil` for none.
    /// - Throws: ``ServiceError/invalid(_:)`` for a name, scopes or a time that cannot be meant.
    package func make(
        _ name: String, scopes: Set<Permission>, platform: String? = nil, days: Int64, _ call: Call
    ) async throws(ServiceError) -> (key: AccessKey, stored: StoredAccessKey, isReplay: Bool) {
        guard (1...100).contains(name.utf8.count), !name.contains(where: \.isNewline) else {
            throw .invalid("A key's name has 1 to 100 bytes, in one line.")
        }
        guard !scopes.isEmpty, scopes.isSubset(of: Permission.scopes) else {
            throw .invalid("A key needs a scope, such as audit, and none that is a person's.")
        }
        guard (1...AccessKeys.maximumLifetime).contains(days) else {
            throw .invalid("A key lives 1 to \(AccessKeys.maximumLifetime) days.")
        }
        guard platform.map(PlatformAccount.isPlatform) ?? true else {
            throw .invalid("A platform's name is 1 to 32 small letters, digits and hyphens.")
        }
        guard let profile = try service.state({ $0.profile }) else {
            throw .notFound(.ledger, "\(service.ledger)")
        }
        let words = scopes.map(\.rawValue).sorted() + (platform.map { [StoredAccessKey.platform + $0] } ?? [])
        let made = service.access.accessKey(madeBy: call)
        guard let id = KeyID(made.id) else { throw .invalid("A key's number has eight bytes.") }
        let key = AccessKey(service.ledger, isPractice: profile.practice, id: id, secret: made.secret)
        // A retry with another name, other scopes or another time is told apart.
        let asked = "\(words.joined(separator: " ")) \(days)"
        let all = Array(SHA256Digest.of(Array("\(asked) \(name)".utf8)).prefix(8)).hexadecimal
        let receipt = try await service.record(
            .keyMade, key.id.bytes.hexadecimal, about: "\(asked.prefix(180)) \(all)", call)
        if let stored = try find(id) {
            try receipt.demandRecent(
                "This key was made and shown long ago. Make another one under a new idempotency key.", service
            )
            return (key, stored, true)
        }
        let now = service.now
        let stored = StoredAccessKey(
            id: key.id, name: name, scopes: words, digest: key.digest,
            createdAt: now, createdBy: call.principal, expiry: now.adding(days * Instant.day))
        do {
            try office.add(stored, ledger: service.ledger)
        } catch {
            throw .storage(error)
        }
        return (key, stored, receipt.isReplay)
    }

    /// All keys of the ledger, the oldest first.
    package func all() throws(ServiceError) -> [StoredAccessKey] {
        do {
            return try office.accessKeys(ledger: service.ledger)
        } catch {
            throw .storage(error)
        }
    }

    /// Closes a key for ever, on record.
    @discardableResult
    package func revoke(_ id: KeyID, _ call: Call) async throws(ServiceError) -> Receipt<RecordAccess> {
        guard try find(id) != nil else { throw .notFound(.key, id.bytes.hexadecimal) }
        // On record before it counts; a retry does what a crash kept from being done.
        let receipt = try await service.record(.keyRevoked, id.bytes.hexadecimal, call)
        do {
            _ = try office.revokeAccessKey(id, at: service.now, ledger: service.ledger)
        } catch {
            throw .storage(error)
        }
        return receipt
    }

    private func find(_ id: KeyID) throws(ServiceError) -> StoredAccessKey? {
        do {
            return try office.accessKey(id, ledger: service.ledger)
        } catch {
            throw .storage(error)
        }
    }
}

extension StoredAccessKey {
    /// How the platform that a key speaks for begins, among its scopes.
    static let platform = "platform:"

    /// For which platform's accounts it speaks.
    var platform: String? {
        scopes.first { $0.hasPrefix(StoredAccessKey.platform) }
            .map { String($0.dropFirst(StoredAccessKey.platform.count)) }
    }
}
