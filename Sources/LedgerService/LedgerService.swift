package import Cryptography
package import LedgerDomain
package import LedgerEngine
package import LedgerStorage

/// The use cases of one ledger; knows no engine, no files' places and no HTTP.
package struct LedgerService: Sendable {
    package let ledger: LedgerCode
    package let machine: LedgerMachine
    /// What the ledger was opened with; what it is made of follows it.
    package let algorithms: CryptographicProfile
    package let people: PersonalData
    let tokens: TokenIssuer
    let access: AccessSecrets
    let knownKeys = KnownKeys()
    let knownOutlets = KnownOutlets()
    let knownBatches = KnownBatches()
    let minted = MintedTokens()
    /// The same for ledgers of all profiles: what answers an idempotency key must not change as a ledger is opened.
    private let authenticator: MessageAuthenticator
    private let clock: @Sendable () -> Instant

    package init(
        _ ledger: LedgerCode, algorithms: CryptographicProfile, machine: LedgerMachine, people: PersonalData,
        tokens: TokenIssuer, access: AccessSecrets, authenticator: MessageAuthenticator,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.ledger = ledger
        self.algorithms = algorithms
        self.machine = machine
        self.people = people
        self.tokens = tokens
        self.access = access
        self.authenticator = authenticator
        self.clock = clock
    }

    /// Everything that can be asked of the ledger, true at what the log holds now.
    package func query<Value>(
        _ body: (any ReadModelQueries) throws(StorageError) -> Value
    ) throws(ServiceError) -> Value {
        do {
            return try settled(body)
        } catch .storage(.corrupt) {
            // The read model is made from the log alone, so a damaged one is no loss.
            do {
                try machine.rebuildReadModel()
            } catch {
                throw .fault(error)
            }
            return try settled(body)
        }
    }

    private func settled<Value>(
        _ body: (any ReadModelQueries) throws(StorageError) -> Value
    ) throws(ServiceError) -> Value {
        do {
            try machine.settle(ledger)
        } catch {
            throw .fault(error)
        }
        do {
            return try body(machine.readModel)
        } catch {
            throw .storage(error)
        }
    }

    /// Reads the committed state.
    ///
    /// - Throws: ``ServiceError/unsound(_:)`` where the ledger has been opened with other algorithms than this service
    ///   was made for: nothing of one profile may be sealed or signed for another.
    package func state<Value>(_ body: (LedgerState) -> Value) throws(ServiceError) -> Value {
        let value: Value?
        do {
            value = try machine.read(ledger) { state in
                if let profile = state.profile, profile.algorithms != algorithms { return nil }
                return body(state)
            }
        } catch {
            throw .fault(error)
        }
        guard let value else { throw .unsound("the ledger was not opened with the profile \(algorithms)") }
        return value
    }

    /// Gives one command to the ledger and waits for its answer.
    @discardableResult
    package func perform<Asked: Operation>(
        _ command: Asked, _ call: Call
    ) async throws(ServiceError) -> Receipt<Asked> {
        let replies = await machine.submit([request(command, call)], to: ledger, lane: command.lane)
        guard let reply = replies.first else { throw .fault(.stopped) }
        return try receipt(Asked.self, reply)
    }

    /// Gives commands to the ledger in one commit; one reply each.
    ///
    /// Many at once wait in the office's lane, whatever they are: nobody at a till waits behind a file.
    package func performAll(_ requests: [CommandRequest]) async -> [Reply] {
        guard !requests.isEmpty else { return [] }
        return await machine.submit(requests, to: ledger, lane: .office)
    }

    /// The request for a command: key and payload digested, the clock read.
    package func request(_ command: any Operation, _ call: Call) -> CommandRequest {
        CommandRequest(
            command, by: call.principal, key: keyDigest(call),
            payload: digest(command.payloadBytes, .payload), at: call.instant ?? clock(),
            expecting: call.expectation)
    }

    /// The digest of who calls under which key.
    func keyDigest(_ call: Call) -> Digest128 {
        digest(Array(call.owner.utf8) + [0] + Array(call.key.utf8), .idempotencyKey)
    }

    /// What was asked earlier under the call's idempotency key; `nil` where nothing was.
    package func earlierCommand(_ call: Call) throws(ServiceError) -> (any Operation)? {
        do {
            return try machine.event(keyed: keyDigest(call), in: ledger)?.record.command
        } catch {
            throw .fault(error)
        }
    }

    /// What the service's clock says.
    package var now: Instant { clock() }

    /// The receipt that a reply amounts to.
    func receipt<Asked: Operation>(
        _ type: Asked.Type, _ reply: Reply
    ) throws(ServiceError) -> Receipt<Asked> {
        switch reply {
        case .failure(.refusedUnrecorded(let refusal)):
            throw .refused(refusal, event: nil)
        case .failure(.keyReused(let event)):
            throw .keyReused(event: event)
        case .failure(let fault):
            throw .fault(fault)
        case .success(let answer):
            if let refusal = answer.refusal { throw .refused(refusal, event: answer.number) }
            guard let accepted = answer.accepted(type) else { throw .fault(.stopped) }
            return Receipt(
                event: answer.number, instant: answer.event.instant, accepted: accepted,
                isReplay: answer.isReplay)
        }
    }

    /// The digest of a file, by which its import is known; keyed, for a file may hold personal data.
    func fileDigest(_ bytes: [UInt8]) -> Digest128 { digest(bytes, .file) }

    private func digest(_ bytes: [UInt8], _ domain: MessageAuthenticator.Domain) -> Digest128 {
        Digest128(authenticator.code(bytes, domain: domain)) ?? .zero
    }
}
