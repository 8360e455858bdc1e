import CBOR
package import Cryptography
package import LedgerDomain
package import LedgerStorage

/// People's accounts in one ledger: invited by an administrator, enrolled by themselves, signed in by a password and a
/// second factor (DESIGN §10).
package struct Accounts: Sendable {
    private let service: LedgerService
    private let office: any Office
    private let cost: Scrypt

    /// How long an invitation holds, and how long somebody stays signed in at most.
    package static let invitationLifetime = 3 * Instant.day
    package static let lifetime = 12 * Instant.hour
    /// An account is signed in at so many places; one more ends the oldest.
    package static let maximumSignIns = 16
    /// Who has done nothing for so long is signed out.
    package static let idleTime = 30 * Instant.minute

    /// - Parameter cost: of new passwords; tests take less.
    package init(_ service: LedgerService, _ office: any Office, cost: Scrypt = .standard) {
        self.service = service
        self.office = office
        self.cost = cost
    }

    private var records: OfficeRecords { OfficeRecords(office: office, ledger: service.ledger) }

    /// Lets an account choose a password and a second factor, for the first time or anew; until it has, nobody signs in as
    /// it, and whoever had is signed out.
    ///
    /// - Returns: the code to hand over, shown here and never again.
    package func invite(
        _ account: String, _ call: Call
    ) async throws(ServiceError) -> (code: String, expiry: Instant, receipt: Receipt<RecordAccess>) {
        let receipt = try await service.record(.invited, account, call)
        let code = service.access.invitation(account, event: receipt.event)
        let expiry = receipt.instant.adding(Accounts.invitationLifetime)
        try change(account) { record throws(ServiceError) in
            var account = record ?? AccountRecord()
            // A retry of what was done already changes nothing.
            guard receipt.event > account.event else { return }
            account.password = nil
            account.secret = nil
            account.isConfirmed = false
            account.invitation = Invitation(code, until: expiry)
            account.generation += 1
            account.event = receipt.event
            record = account
        }
        try forgive(account)
        return (code, expiry, receipt)
    }

    /// Chooses a password and gets the second factor's secret for an authenticator; both count once a code of it was shown to
    /// ``confirm(_:invitation:code:)``.
    package func enrol(
        _ account: String, invitation: String, password: String
    ) throws(ServiceError) -> Result<OneTimePassword, AccessRefusal> {
        try demandStrong(password, account)
        guard try isInvited(account, invitation) else { return .failure(.signIn) }
        let kept = PasswordHash(password, cost: cost).text
        let factor = OneTimePassword.random()
        let sealed = Octets(try service.access.seal(factor.secret, of: account))
        return try change(account) { record throws(ServiceError) in
            guard record?.invitation?.isOf(invitation, at: service.now) == true else {
                return .failure(.signIn)
            }
            record?.password = kept
            record?.secret = sealed
            record?.usedStep = 0
            return .success(factor)
        }
    }

    /// Ends an enrolment by a code that the authenticator shows; the invitation is used up.
    package func confirm(
        _ account: String, invitation: String, code: String
    ) async throws(ServiceError) -> Result<Void, AccessRefusal> {
        let found = try records.find(AccountRecord.self, account.officeKey, at: service.now)
        guard let found, found.invitation?.isOf(invitation, at: service.now) == true,
            try step(of: code, found, account) != nil
        else { return .failure(.signIn) }
        // On record before it counts: what is not on record has not happened.
        try await service.record(.enrolled, account, service.systemCall)
        let isDone = try change(account) { record throws(ServiceError) in
            guard var known = record, known.invitation?.isOf(invitation, at: service.now) == true,
                try take(code, from: &known, account)
            else { return false }
            known.isConfirmed = true
            known.invitation = nil
            known.generation += 1
            record = known
            return true
        }
        return isDone ? .success(()) : .failure(.signIn)
    }

    /// Signs in by account, password and the code that the authenticator shows. Every failure is recorded; after five nobody
    /// signs in as the account from that address for a while, after a hundred nobody at all.
    ///
    /// - Parameter client: the address of whoever asks, so that a stranger elsewhere keeps nobody out.
    /// - Throws: ``ServiceError/tooOften(until:now:)`` while that lasts.
    package func signIn(
        _ account: String, password: String, code: String, from client: String
    ) async throws(ServiceError) -> Result<SignIn, AccessRefusal> {
        try demandPatience(account, client)
        let found = try records.find(AccountRecord.self, account.officeKey, at: service.now)
        let since = try entry(of: account)
        let isUsable = found?.isConfirmed == true && since.map { $0 < found?.event ?? 0 } == true
        // Whoever is unknown waits as long as whoever is known.
        let isRight = PasswordHash(text: found?.password ?? Accounts.decoy).isOf(password)
        var isTaken = false
        if isRight, isUsable {
            isTaken = try change(account) { record throws(ServiceError) in
                guard var known = record, known.password == found?.password else { return false }
                guard try take(code, from: &known, account) else { return false }
                record = known
                return true
            }
        }
        guard isTaken, let found else {
            let isLocked = try fail(account, client)
            if try service.state({ $0.grants[account] != nil }) {
                try await service.record(isLocked ? .locked : .signInFailed, account, service.systemCall)
            }
            return .failure(.signIn)
        }
        try forgive(account, client)
        guard let principal = Principal(account) else { return .failure(.signIn) }
        try await service.record(.signedIn, "", Call(principal, key: SecureRandom.bytes(16).hexadecimal))
        let now = service.now
        let signIn = SignIn(service.ledger, until: now.adding(Accounts.lifetime))
        try records.change(SignInRecord.self, signIn.digest, at: now) { record in
            var new = SignInRecord()
            (new.account, new.generation, new.seenAt) = (account, found.generation, now)
            new.expiry = signIn.expiry
            record = new
        }
        let forgotten = try change(account) { account in
            let all = (account?.signIns ?? []) + [Octets(signIn.digest)]
            account?.signIns = all.suffix(Accounts.maximumSignIns)
            return all.dropLast(Accounts.maximumSignIns).map(\.bytes)
        }
        for digest in forgotten { try signOut(digest) }
        return .success(signIn)
    }

    /// Ends one sign-in.
    package func signOut(_ digest: [UInt8]) throws(ServiceError) {
        try records.change(SignInRecord.self, digest, at: service.now) { $0 = nil }
    }

    /// Where an account is signed in, the latest use first.
    ///
    /// - Parameter digest: the sign-in that asks.
    package func signIns(
        of account: String, asking digest: [UInt8]?
    ) throws(ServiceError) -> [OpenSignIn] {
        let now = service.now
        let known = try records.find(AccountRecord.self, account.officeKey, at: now)
        var open: [OpenSignIn] = []
        for name in (known?.signIns ?? []).map(\.bytes) {
            guard let record = try records.find(SignInRecord.self, name, at: now),
                record.generation == known?.generation, now < record.seenAt.adding(Accounts.idleTime)
            else { continue }
            let since = record.expiry.adding(-Accounts.lifetime)
            open.append(OpenSignIn(digest: name, record, since: since, isAsking: name == digest))
        }
        return open.sorted { $0.seenAt > $1.seenAt }
    }

    /// Ends one sign-in of an account by its name, or all but the one that asks; with a code that the authenticator shows.
    ///
    /// - Returns: those that it ended.
    package func endSignIns(
        of account: String, named name: String?, asking digest: [UInt8]?, code: String, at client: String
    ) throws(ServiceError) -> Result<[OpenSignIn], AccessRefusal> {
        try demandPatience(account, client)
        let chosen = try signIns(of: account, asking: digest).filter {
            if let name { $0.name == name } else { !$0.isAsking }
        }
        if let name, chosen.isEmpty { throw .notFound(.signIn, name) }
        let isTaken = try change(account) { record throws(ServiceError) in
            guard var known = record, try take(code, from: &known, account) else { return false }
            record = known
            return true
        }
        guard isTaken else {
            try fail(account, client)
            return .failure(.signIn)
        }
        for signIn in chosen { try signOut(signIn.digest) }
        return .success(chosen)
    }

    /// Chooses another password; every sign-in of the account is over.
    package func changePassword(
        of account: String, from old: String, code: String, to new: String, at client: String
    ) async throws(ServiceError) -> Result<Void, AccessRefusal> {
        try demandPatience(account, client)
        try demandStrong(new, account)
        let found = try records.find(AccountRecord.self, account.officeKey, at: service.now)
        guard let found, found.isConfirmed, let kept = found.password, PasswordHash(text: kept).isOf(old),
            try step(of: code, found, account) != nil
        else {
            try fail(account, client)
            return .failure(.signIn)
        }
        try await service.record(.passwordChanged, account, service.systemCall)
        let hash = PasswordHash(new, cost: cost).text
        let isDone = try change(account) { record throws(ServiceError) in
            guard var known = record, known.password == kept, try take(code, from: &known, account) else {
                return false
            }
            known.password = hash
            known.generation += 1
            record = known
            return true
        }
        return isDone ? .success(()) : .failure(.signIn)
    }

    /// Whether an account has chosen its password and shown its second factor.
    package func isEnrolled(_ account: String) throws(ServiceError) -> Bool {
        try records.find(AccountRecord.self, account.officeKey, at: service.now)?.isConfirmed == true
    }

    // MARK: - What it rests on

    /// Since when an account may sign in with a password; `nil` where it may not.
    private func entry(of account: String) throws(ServiceError) -> UInt64? {
        try service.state { state in
            state.grants[account].flatMap { $0.roles.contains { $0.signsIn } ? $0.since : nil }
        }
    }

    /// Whether this is the invitation; it has 128 bits, which nobody guesses, so that failures are not counted.
    private func isInvited(_ account: String, _ invitation: String) throws(ServiceError) -> Bool {
        try records.find(AccountRecord.self, account.officeKey, at: service.now)?
            .invitation?.isOf(invitation, at: service.now) == true
    }

    /// The step of a code that has not been taken before.
    private func step(
        of code: String, _ record: AccountRecord, _ account: String
    ) throws(ServiceError) -> Int64? {
        guard let sealed = record.secret else { return nil }
        let factor = OneTimePassword(secret: try service.access.open(sealed.bytes, of: account))
        return factor.step(
            of: code, at: service.now.microseconds / Instant.second, after: record.usedStep)
    }

    /// Takes a code that has not been taken before.
    private func take(
        _ code: String, from record: inout AccountRecord, _ account: String
    ) throws(ServiceError) -> Bool {
        guard let step = try step(of: code, record, account) else { return false }
        record.usedStep = step
        return true
    }

    /// - Throws: ``ServiceError/invalid(_:)`` for a password that is short, long or easily thought of (NIST SP 800-63B §5.1.1.2).
    private func demandStrong(_ password: String, _ account: String) throws(ServiceError) {
        let lower = password.lowercased()
        guard (12...128).contains(password.count), password.utf8.count <= 512 else {
            throw .invalid("A password has 12 to 128 characters; several words are best.")
        }
        guard Set(lower).count >= 5, !lower.contains(account.lowercased()),
            !CommonPasswords.contains(password), !Accounts.common.contains(where: { lower.contains($0) })
        else { throw .invalid("This password is easily thought of. Take several words that nobody expects.") }
    }

    private static let common = [
        "password", "123456789", "qwertyuiop", "1qaz2wsx", "abcdefgh", "wenhui", "letmein", "iloveyou",
        "111111", "000000", "woaini", "88888888", "66666666",
    ]

    /// A password's hash that is nobody's.
    private static let decoy = PasswordHash(SecureRandom.bytes(16).hexadecimal).text

    private func change<Value>(
        _ account: String, _ body: (inout AccountRecord?) throws(ServiceError) -> Value
    ) throws(ServiceError) -> Value {
        try records.change(AccountRecord.self, account.officeKey, at: service.now, body)
    }

    private func demandPatience(_ account: String, _ client: String) throws(ServiceError) {
        guard account.isAccountName else { return }
        try records.demandPatience(account.failuresKey(client), at: service.now)
        try records.demandPatience(account.officeKey, at: service.now)
    }

    /// Counts a failure; whether nobody is let in for a while now.
    @discardableResult
    private func fail(_ account: String, _ client: String) throws(ServiceError) -> Bool {
        guard account.isAccountName else { return false }
        let isLocked = try records.fail(account.failuresKey(client), at: service.now)
        let isLockedForAll = try records.fail(
            account.officeKey, at: service.now, allowed: FailuresRecord.allowedInAll)
        return isLocked || isLockedForAll
    }

    private func forgive(_ account: String, _ client: String? = nil) throws(ServiceError) {
        if let client { try records.forgive(account.failuresKey(client), at: service.now) }
        try records.forgive(account.officeKey, at: service.now)
    }
}

extension String {
    /// What the office finds an account by.
    var officeKey: [UInt8] { Array(utf8) }

    /// What failures of it at one address are counted under.
    func failuresKey(_ client: String) -> [UInt8] { SHA256Digest.of(Array("\(self)\n\(client)".utf8)) }
}
