import CBOR
package import Cryptography
package import LedgerDomain
package import LedgerStorage

/// A resident in clear, for the moment in which somebody with a reason looks.
package struct ResidentDetails: Equatable, Sendable {
    package var name: String
    package var identityNumber: String
    package var phone: String

    package init(name: String, identityNumber: String, phone: String) {
        self.name = name
        self.identityNumber = identityNumber
        self.phone = phone
    }
}

/// Seals personal data into the vault and finds it again by keyed MACs (DESIGN §6).
package struct PersonalData: Sendable {
    package let vault: any Vault
    private let sealer: Sealer
    private let authenticator: MessageAuthenticator
    private let algorithms: CryptographicProfile
    private let ledger: LedgerCode
    private let intake: PseudonymIntake

    /// - Parameters:
    ///   - sealing: the key that personal data is sealed with.
    ///   - authentication: the key that identities and pseudonyms are found by.
    ///   - algorithms: the ledger's profile.
    package init(
        vault: any Vault, sealing: SecretKey, authentication: SecretKey, algorithms: CryptographicProfile,
        ledger: LedgerCode
    ) {
        self.vault = vault
        intake = PseudonymIntake(vault, ledger)
        sealer = Sealer(key: sealing, profile: algorithms)
        authenticator = MessageAuthenticator(key: authentication, profile: algorithms)
        self.algorithms = algorithms
        self.ledger = ledger
    }

    /// What an identity number is found by; useless without the key.
    package func identity(_ number: String) -> Digest128 {
        // Its last character may be typed as x; it is kept as X.
        mac(Array(number.uppercased().utf8), .identity)
    }

    /// A resident sealed for the vault.
    func seal(_ resident: ResidentDetails) throws(ServiceError) -> SealedResident {
        let identity = identity(resident.identityNumber)
        let plain = [resident.name, resident.identityNumber, resident.phone].cborBytes
        do {
            return SealedResident(
                identity: identity, sealed: try sealer.seal(plain, context: context(identity)))
        } catch {
            throw .seal(error)
        }
    }

    /// The resident of an identity number in clear; `nil` where nobody is registered with it.
    package func resident(_ number: String) throws(ServiceError) -> ResidentDetails? {
        try resident(identity(number))
    }

    /// The resident that the vault finds by this, in clear; `nil` where nobody is.
    package func resident(_ identity: Digest128) throws(ServiceError) -> ResidentDetails? {
        do {
            guard let sealed = try vault.resident(identity, ledger: ledger) else { return nil }
            let fields = try [String](cborBytes: sealer.open(sealed, context: context(identity)))
            guard fields.count == 3 else { throw SealError.cannotOpen }
            return ResidentDetails(name: fields[0], identityNumber: fields[1], phone: fields[2])
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .seal(.cannotOpen)
        }
    }

    /// A text sealed under a salted hash, by which the log may speak of it.
    func commit(_ text: String) throws(ServiceError) -> SealedEntry {
        let salted = SecureRandom.bytes(16) + Array(text.utf8)
        guard let commitment = Digest128(algorithms.digest(of: salted)) else { throw .seal(.cannotSeal) }
        do {
            return SealedEntry(
                commitment: commitment, sealed: try sealer.seal(salted, context: context(commitment)))
        } catch {
            throw .seal(error)
        }
    }

    /// What stands for a file where a payee's account is entered by hand: those entries are no orphans of an import.
    package static let payeeChanges = Digest128(high: 0, low: 1)

    /// The text behind a salted hash; `nil` where it has been erased.
    package func text(_ commitment: Digest128) throws(ServiceError) -> String? {
        do {
            guard let sealed = try vault.entry(commitment, ledger: ledger) else { return nil }
            let salted = try sealer.open(sealed, context: context(commitment))
            return String(decoding: salted.dropFirst(16), as: UTF8.self)
        } catch let error as StorageError {
            throw .storage(error)
        } catch {
            throw .seal(.cannotOpen)
        }
    }

    /// The pseudonyms of registered identities in a scope, made where they are missing.
    package func pseudonyms(
        of identities: [Digest128], in scope: PseudonymScope
    ) throws(ServiceError) -> [Digest128: Pseudonym] {
        do {
            let keys = identities.map { scoped($0, scope) }
            var known = try vault.pseudonyms(keys, ledger: ledger)
            let missing = Set(keys).subtracting(known.keys)
            if !missing.isEmpty {
                let made = missing.map {
                    PseudonymEntry(key: $0, pseudonym: Pseudonym(SecureRandom.number()))
                }
                try intake.add(made)
                // Another process may have been faster; what is stored counts.
                known.merge(try vault.pseudonyms(Array(missing), ledger: ledger)) { $1 }
            }
            var found: [Digest128: Pseudonym] = [:]
            for (identity, key) in zip(identities, keys) { found[identity] = known[key] }
            return found
        } catch {
            throw .storage(error)
        }
    }

    /// The pseudonym of one identity in a scope, if it has one.
    package func knownPseudonym(
        of identity: Digest128, in scope: PseudonymScope
    ) throws(ServiceError) -> Pseudonym? {
        try knownPseudonyms(of: [identity], in: scope)[identity]
    }

    /// The pseudonyms of those identities that have one in a scope.
    func knownPseudonyms(
        of identities: [Digest128], in scope: PseudonymScope
    ) throws(ServiceError) -> [Digest128: Pseudonym] {
        let keys = identities.map { scoped($0, scope) }
        do {
            let known = try vault.pseudonyms(keys, ledger: ledger)
            var found: [Digest128: Pseudonym] = [:]
            for (identity, key) in zip(identities, keys) { found[identity] = known[key] }
            return found
        } catch {
            throw .storage(error)
        }
    }

    /// An attestation sealed for the vault.
    func seal(_ group: AttestedGroup, of identity: Digest128) throws(ServiceError) -> SealedAttestation {
        do {
            return SealedAttestation(
                identity: identity, group: group.group,
                sealed: try sealer.seal(group.cborBytes, context: context(identity) + group.group.cborBytes))
        } catch {
            throw .seal(error)
        }
    }

    /// What the vault has of attestations of one identity.
    func attested(_ identity: Digest128) throws(ServiceError) -> [AttestedGroup] {
        let sealed: [SealedAttestation]
        do {
            sealed = try vault.attestations(of: [identity], ledger: ledger)
        } catch {
            throw .storage(error)
        }
        do {
            return try sealed.map {
                try AttestedGroup(
                    cborBytes: sealer.open($0.sealed, context: context(identity) + $0.group.cborBytes))
            }
        } catch {
            throw .seal(.cannotOpen)
        }
    }

    /// What an event keeps of a person's membership of a group: another value in every scope.
    func commitment(to identity: Digest128, in group: String, _ scope: PseudonymScope) -> Digest128 {
        mac(identity.bytes + group.cborBytes + scope.bytes, .attestation)
    }

    private func scoped(_ identity: Digest128, _ scope: PseudonymScope) -> Digest128 {
        mac(identity.bytes + scope.bytes, .pseudonym)
    }

    private func mac(_ message: [UInt8], _ domain: MessageAuthenticator.Domain) -> Digest128 {
        Digest128(authenticator.code(ledger.cborBytes + message, domain: domain)) ?? .zero
    }

    /// What is authenticated with sealed data, so that it cannot be moved to another row or ledger.
    private func context(_ key: Digest128) -> [UInt8] { ledger.cborBytes + key.bytes }
}
