import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage
import Synchronization

/// Lets machines, people and terminals in by what they show, request after request, without asking the office each time.
///
/// What the office and the ledger said is believed for a second: a key, a role or a terminal that is taken away opens
/// nothing after that.
package final class Reception: Sendable {
    /// What somebody shows.
    package enum Shown: Sendable {
        /// A machine's key.
        case key(AccessKey)
        /// What a browser or a phone has since its sign-in.
        case signIn(SignIn, SignInProof)
        /// A terminal's request, signed with its day session's secret.
        case signature(SignedMessage)
    }

    /// How a sign-in is shown.
    package enum SignInProof: Sendable {
        /// By an app that holds it: nothing sends it unasked.
        case held
        /// By a browser's cookie, which goes with whatever a page asks; a change needs the page's token besides.
        case cookie(forgeryToken: String?, isChange: Bool)
    }

    /// What is known of one who showed something good once.
    private enum Known {
        case key(StoredAccessKey, Caller)
        case signIn(SignInRecord, Caller)
        case till(DaySession, HMACSHA256, Caller)
        case nobody(AccessRefusal)
    }

    private struct Place: Hashable {
        var ledger: LedgerCode
        /// A key's number, a sign-in's digest or a day session's name.
        var name: [UInt8]
    }

    private struct Answer {
        var known: Known
        var until: ContinuousClock.Instant
    }

    package let office: any Office
    private let memory: Duration
    private let answers = Mutex<[Place: Answer]>([:])
    /// When a denied attempt was recorded last, by who and what.
    private let denials = Mutex<[String: ContinuousClock.Instant]>([:])
    private static let capacity = 10_000

    /// - Parameter memory: how long an answer is believed.
    package init(_ office: any Office, memory: Duration = .seconds(1)) {
        self.office = office
        self.memory = memory
    }

    /// Who shows something good, from memory alone; `nil` where the office must be asked.
    package func recall(_ shown: Shown, of service: LedgerService) -> Result<Caller, AccessRefusal>? {
        guard let place = place(of: shown, service.ledger) else { return .failure(refusal(of: shown)) }
        guard let answer = answers.withLock({ $0[place] }), ContinuousClock.now < answer.until else {
            return nil
        }
        return check(answer.known, shown, at: service.now)
    }

    /// Who shows something good.
    ///
    /// - Parameter isUse: whether they do something by it, so that they are not idle.
    package func admit(
        _ shown: Shown, of service: LedgerService, isUse: Bool = true
    ) throws(ServiceError) -> Result<Caller, AccessRefusal> {
        if let result = recall(shown, of: service) { return result }
        guard let place = place(of: shown, service.ledger) else { return .failure(refusal(of: shown)) }
        let known = try look(shown, service, isUse: isUse)
        let answer = Answer(known: known, until: .now + memory)
        answers.withLock { answers in
            // What nobody made costs memory too.
            if answers.count >= Reception.capacity { answers.removeAll() }
            answers[place] = answer
        }
        return check(known, shown, at: service.now)
    }

    /// Deletes what the office has of sign-ins, codes and failures that are over.
    package func sweep(at now: Instant) throws(ServiceError) {
        do {
            try office.forget(expiredBefore: now)
        } catch {
            throw .storage(error)
        }
    }

    /// Forgets what was believed of a sign-in that is over.
    package func forget(signIn digest: [UInt8], of ledger: LedgerCode) {
        answers.withLock { $0[Place(ledger: ledger, name: digest)] = nil }
    }

    /// Whether this denial is to be recorded: the first of somebody at something in an hour.
    package func isNewDenial(_ caller: Caller, _ operation: String, of ledger: LedgerCode) -> Bool {
        let now = ContinuousClock.now
        return denials.withLock { denials in
            let name = "\(ledger) \(caller.name)\n\(operation)"
            if let last = denials[name], last.duration(to: now) < .seconds(3_600) { return false }
            if denials.count >= Reception.capacity { denials.removeAll() }
            denials[name] = now
            return true
        }
    }

    // MARK: - What it rests on

    /// Where it is remembered; `nil` for what is another ledger's.
    private func place(of shown: Shown, _ ledger: LedgerCode) -> Place? {
        switch shown {
        case .key(let key): key.ledger == ledger ? Place(ledger: ledger, name: key.id.bytes) : nil
        case .signIn(let signIn, _):
            signIn.ledger == ledger ? Place(ledger: ledger, name: signIn.digest) : nil
        case .signature(let message): Place(ledger: ledger, name: Array(message.keyID.utf8))
        }
    }

    private func refusal(of shown: Shown) -> AccessRefusal {
        switch shown {
        case .key: .unknown
        case .signIn: .signedOut
        case .signature: .signature
        }
    }

    private func check(_ known: Known, _ shown: Shown, at now: Instant) -> Result<Caller, AccessRefusal> {
        switch (known, shown) {
        case (.key(let stored, let caller), .key(let key)):
            guard stored.isDigest(of: key) else { return .failure(.unknown) }
            if stored.revokedAt != nil { return .failure(.revoked) }
            return now >= stored.expiry ? .failure(.expired) : .success(caller)
        case (.signIn(let record, var caller), .signIn(let signIn, let proof)):
            guard now < record.expiry else { return .failure(.signedOut) }
            if case .cookie(let shown, let isChange) = proof, isChange,
                shown.map(signIn.isForgeryToken) != true
            {
                return .failure(.forgery)
            }
            caller.forgeryToken = signIn.forgeryToken
            return .success(caller)
        case (.till(let session, let secret, let caller), .signature(let message)):
            guard now < session.expiry,
                abs(message.created.microseconds - now.microseconds) <= SignedMessage.tolerance,
                secret.isValid(message.signature, for: message.base)
            else { return .failure(.signature) }
            return .success(caller)
        case (.nobody(let refusal), _): return .failure(refusal)
        default: return .failure(refusal(of: shown))
        }
    }

    private func look(
        _ shown: Shown, _ service: LedgerService, isUse: Bool
    ) throws(ServiceError) -> Known {
        switch shown {
        case .key(let key): try look(key, service)
        case .signIn(let signIn, _): try look(signIn: signIn.digest, service, isUse: isUse)
        case .signature(let message): try look(session: message.keyID, service)
        }
    }

    private func look(_ key: AccessKey, _ service: LedgerService) throws(ServiceError) -> Known {
        do {
            guard let stored = try office.accessKey(key.id, ledger: service.ledger) else {
                return .nobody(.unknown)
            }
            let permissions = Set(stored.scopes.compactMap(Permission.init(rawValue:)))
            var caller = Caller(stored.principal, permissions.intersection(Permission.scopes))
            caller.platform = stored.platform
            return .key(stored, caller)
        } catch {
            throw .storage(error)
        }
    }

    private func look(
        signIn digest: [UInt8], _ service: LedgerService, isUse: Bool
    ) throws(ServiceError) -> Known {
        let records = OfficeRecords(office: office, ledger: service.ledger)
        let now = service.now
        guard let record = try records.find(SignInRecord.self, digest, at: now) else {
            return .nobody(.signedOut)
        }
        if let resident = record.resident.flatMap({ Digest128($0.bytes) }) {
            let known = try records.find(ResidentRecord.self, resident.bytes, at: now)
            guard known?.generation == record.generation, try service.people.resident(resident) != nil else {
                return .nobody(.signedOut)
            }
            return .signIn(record, Caller(resident: resident, signIn: digest))
        }
        let account = try records.find(AccountRecord.self, record.account.officeKey, at: now)
        let grant = try service.state { $0.grants[record.account] }
        guard let account, account.isConfirmed, account.generation == record.generation, let grant,
            account.event > grant.since,
            let principal = Principal(record.account),
            now < record.seenAt.adding(Accounts.idleTime)
        else { return .nobody(.signedOut) }
        if isUse, now >= record.seenAt.adding(Instant.minute) {
            try records.change(SignInRecord.self, digest, at: now) { $0?.seenAt = now }
        }
        var caller = Caller(
            principal, grant.roles.filter(\.signsIn).reduce(into: [.session]) { $0.formUnion($1.permissions) }
        )
        caller.merchant = grant.merchant == .none ? nil : grant.merchant
        caller.signIn = digest
        return .signIn(record, caller)
    }

    private func look(session name: String, _ service: LedgerService) throws(ServiceError) -> Known {
        let records = OfficeRecords(office: office, ledger: service.ledger)
        guard let session = DaySession(name: name),
            let record = try records.find(TerminalRecord.self, session.terminal.officeKey, at: service.now),
            record.key != nil, record.generation == session.generation,
            let secret = SecretKey(bytes: service.access.secret(ofDaySession: session.cborBytes))
        else { return .nobody(.signature) }
        let pin = try records.find(CashierRecord.self, session.cashier.officeKey, at: service.now)
        let (outlet, grant) = try service.state { state in
            (
                state.terminals.contains(session.terminal) ? state.terminals[session.terminal].outlet : nil,
                state.grants[session.cashier]
            )
        }
        guard let outlet else { return .nobody(.signature) }
        let isCashier =
            grant?.roles.contains(.cashier) == true && grant?.outlet == outlet
            && pin?.event == session.cashierGeneration
            && grant.map { $0.since < session.cashierGeneration } == true
        guard session.cashier.isEmpty || isCashier,
            let principal = Principal(
                session.cashier.isEmpty
                    ? "till \(session.terminal.text(in: service.ledger))" : session.cashier)
        else { return .nobody(.signature) }
        var caller = Caller(principal, Role.cashier.permissions)
        caller.outlet = outlet
        caller.terminal = session.terminal
        return .till(session, HMACSHA256(key: secret), caller)
    }
}

extension Caller {
    /// A resident; the log knows them by other names, a programme each.
    fileprivate init(resident: Digest128, signIn: [UInt8]) {
        self.init(.resident, Role.resident.permissions)
        self.resident = resident
        self.signIn = signIn
    }
}

extension StoredAccessKey {
    /// Whether it is kept for this very key; the time that this takes tells nothing of where they part.
    fileprivate func isDigest(of key: AccessKey) -> Bool {
        OpenSSL.isEqual(digest, key.digest)
    }

    /// What events say of who acted: `key 0123456789abcdef`.
    fileprivate var principal: Principal { Principal("key \(id.bytes.hexadecimal)") ?? .system }
}
