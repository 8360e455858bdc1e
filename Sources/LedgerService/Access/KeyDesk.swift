import Cryptography
import LedgerDomain
package import LedgerStorage
import Synchronization

/// Lets machines in by their keys, request after request, without asking the office each time.
///
/// What the office said is believed for a second: a key that another process revokes opens nothing after that.
package final class KeyDesk: Sendable {
    private let memory: Duration
    private static let capacity = 10_000

    private struct Place: Hashable {
        var ledger: LedgerCode
        var id: KeyID
    }

    /// What the office said of a number, and who its key stands for.
    private struct Answer {
        var known: (key: StoredAccessKey, caller: Caller)?
        var until: ContinuousClock.Instant
    }

    private let office: any Office
    private let known = Mutex<[Place: Answer]>([:])

    /// - Parameter memory: how long an answer of the office is believed.
    package init(_ office: any Office, memory: Duration = .seconds(1)) {
        self.office = office
        self.memory = memory
    }

    /// Who shows a key, where it opens what is asked for now.
    package func admit(
        _ text: String?, to permission: Permission, of service: LedgerService
    ) throws(ServiceError) -> Result<Caller, AccessRefusal> {
        guard let text else { return .failure(.missing) }
        guard let key = AccessKey(text), key.ledger == service.ledger,
            let (stored, caller) = try stored(key.id, service.ledger), stored.isDigest(of: key)
        else { return .failure(.unknown) }
        if stored.revokedAt != nil { return .failure(.revoked) }
        if service.now >= stored.expiry { return .failure(.expired) }
        guard caller.permissions.contains(permission) else { return .failure(.scope) }
        return .success(caller)
    }

    private func stored(
        _ id: KeyID, _ ledger: LedgerCode
    ) throws(ServiceError) -> (StoredAccessKey, Caller)? {
        let place = Place(ledger: ledger, id: id)
        let now = ContinuousClock.now
        if let answer = known.withLock({ $0[place] }), now < answer.until { return answer.known }
        let key: StoredAccessKey?
        do {
            key = try office.accessKey(id, ledger: ledger)
        } catch {
            throw .storage(error)
        }
        let found = key.map {
            ($0, Caller($0.principal, Set($0.scopes.compactMap(Permission.init(rawValue:)))))
        }
        known.withLock { known in
            // Keys that nobody made cost memory too.
            if known.count >= KeyDesk.capacity { known.removeAll() }
            known[place] = Answer(known: found, until: now + memory)
        }
        return found
    }
}

extension StoredAccessKey {
    /// Whether it is kept for this very key; the time that this takes tells nothing of where they part.
    fileprivate func isDigest(of key: AccessKey) -> Bool {
        let other = key.digest
        return digest.count == other.count && zip(digest, other).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }

    /// What events say of who acted: `key 0123456789abcdef`.
    fileprivate var principal: Principal { Principal("key \(id.bytes.hexadecimal)") ?? .system }
}
