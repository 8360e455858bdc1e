import CBOR
package import Cryptography
package import LedgerDomain
package import LedgerStorage

/// The terminals of one ledger that prove who they are: invited by a code, enrolled with a key of their own, at work by a
/// day session (DESIGN §10).
package struct Terminals: Sendable {
    private let service: LedgerService
    private let office: any Office
    private let cost: Scrypt

    package static let invitationLifetime = Instant.day
    /// A day session ends after so long at the latest.
    package static let sessionLifetime = 18 * Instant.hour

    /// - Parameter cost: of new PINs; tests take less.
    package init(_ service: LedgerService, _ office: any Office, cost: Scrypt = .standard) {
        self.service = service
        self.office = office
        self.cost = cost
    }

    private var records: OfficeRecords { OfficeRecords(office: office, ledger: service.ledger) }

    /// Lets a terminal enrol a key, in the place of the one that it had; its day sessions are over.
    ///
    /// - Returns: the code to type in at the terminal, shown here and never again.
    package func invite(
        _ serial: String, _ call: Call
    ) async throws(ServiceError) -> (code: String, expiry: Instant, receipt: Receipt<RecordAccess>) {
        let terminal = try find(serial).id
        let receipt = try await service.record(.terminalInvited, terminal.text(in: service.ledger), call)
        let code = service.access.invitation(serial, event: receipt.event)
        let expiry = receipt.instant.adding(Terminals.invitationLifetime)
        try change(terminal, by: receipt.event) { record in
            record.invitation = Invitation(code, until: expiry)
            record.key = nil
        }
        return (code, expiry, receipt)
    }

    /// Shuts a terminal out: its key and its day sessions are no good any more.
    package func revoke(_ serial: String, _ call: Call) async throws(ServiceError) -> Receipt<RecordAccess> {
        let terminal = try find(serial).id
        let receipt = try await service.record(.terminalRevoked, terminal.text(in: service.ledger), call)
        try change(terminal, by: receipt.event) { record in
            record.invitation = nil
            record.key = nil
        }
        return receipt
    }

    /// What a terminal signs to enrol its key.
    package static func enrolmentMessage(_ ledger: LedgerCode, _ serial: String, code: String) -> [UInt8] {
        Array("wenhui terminal enrolment\n\(ledger)\n\(serial)\n\(code)\n".utf8)
    }

    /// What a terminal signs to open its day.
    package static func openingMessage(
        _ ledger: LedgerCode, _ serial: String, at instant: Instant, nonce: String, cashier: String
    ) -> [UInt8] {
        Array("wenhui day session\n\(ledger)\n\(serial)\n\(instant.text)\n\(nonce)\n\(cashier)\n".utf8)
    }

    /// Enrols a terminal's public key, once for each code; the signature shows that the terminal has the private one.
    package func enrol(
        _ serial: String, code: String, key: [UInt8], signature: [UInt8]
    ) async throws(ServiceError) -> Result<Void, AccessRefusal> {
        guard let terminal = try? find(serial).id else { return .failure(.signature) }
        let known = try records.find(TerminalRecord.self, terminal.officeKey, at: service.now)
        guard known?.invitation?.isOf(code, at: service.now) == true,
            let publicKey = P256PublicKey(compressed: key),
            publicKey.isValid(signature, for: Terminals.enrolmentMessage(service.ledger, serial, code: code))
        else { return .failure(.signature) }
        // On record before it counts: what is not on record has not happened.
        try await service.record(
            .terminalEnrolled, terminal.text(in: service.ledger), service.systemCall)
        let isDone = try records.change(TerminalRecord.self, terminal.officeKey, at: service.now) {
            record throws(ServiceError) in
            guard var found = record, found.invitation?.isOf(code, at: service.now) == true else {
                return false
            }
            found.invitation = nil
            found.key = Octets(key)
            record = found
            return true
        }
        return isDone ? .success(()) : .failure(.signature)
    }

    /// Opens a terminal's day, for a cashier where one shows their PIN.
    ///
    /// - Parameters:
    ///   - instant: the terminal's clock, at most five minutes off.
    ///   - nonce: 16 to 64 characters that this terminal has not sent before.
    ///   - signature: of ``openingMessage(_:_:at:nonce:cashier:)`` by the enrolled key.
    /// - Returns: the session, and the secret that its requests are signed with.
    package func open(
        _ serial: String, at instant: Instant, nonce: String, cashier: (account: String, pin: String)?,
        signature: [UInt8]
    ) async throws(ServiceError) -> Result<(session: DaySession, secret: [UInt8]), AccessRefusal> {
        guard let (terminal, outlet) = try? find(serial) else { return .failure(.signature) }
        let now = service.now
        let message = Terminals.openingMessage(
            service.ledger, serial, at: instant, nonce: nonce, cashier: cashier?.account ?? "")
        guard let record = try records.find(TerminalRecord.self, terminal.officeKey, at: now),
            let bytes = record.key?.bytes, let key = P256PublicKey(compressed: bytes),
            abs(instant.microseconds - now.microseconds) <= SignedMessage.tolerance,
            (16...64).contains(nonce.utf8.count), key.isValid(signature, for: message)
        else { return .failure(.signature) }
        guard try isFirst(nonce, terminal, until: now.adding(3 * SignedMessage.tolerance)) else {
            return .failure(.signature)
        }
        var session = DaySession()
        if let cashier {
            switch try await admit(cashier, at: terminal, of: outlet) {
            case .failure(let refusal): return .failure(refusal)
            case .success(let generation): session.cashierGeneration = generation
            }
        }
        session.terminal = terminal
        session.generation = record.generation
        session.expiry = now.adding(Terminals.sessionLifetime)
        session.cashier = cashier?.account ?? ""
        session.nonce = Octets(SecureRandom.bytes(8))
        return .success((session, service.access.secret(ofDaySession: session.cborBytes)))
    }

    /// Gives a cashier a PIN for the terminals of their outlet.
    package func setPIN(
        _ pin: String, of account: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        guard pin.utf8.count == 6, pin.utf8.allSatisfy({ (0x30...0x39).contains($0) }), Set(pin).count > 2,
            !"01234567890".contains(pin), !"09876543210".contains(pin)
        else { throw .invalid("A PIN has six digits, not in a row and of more than two kinds.") }
        guard try service.state({ $0.grants[account]?.roles.contains(.cashier) }) == true else {
            throw .notFound(.cashier, account)
        }
        let commitment = service.access.commitment(toPIN: pin, of: account)
        let receipt = try await service.record(.pinSet, account, about: commitment, call)
        let kept = PasswordHash(pin, cost: cost).text
        try records.change(CashierRecord.self, account.officeKey, at: service.now) { record in
            guard receipt.event > record?.event ?? 0 else { return }
            var new = CashierRecord()
            new.pin = kept
            new.event = receipt.event
            record = new
        }
        return receipt
    }

    /// The event of a cashier's PIN, where it is right and this is their outlet; which of the two is wrong is not told.
    private func admit(
        _ cashier: (account: String, pin: String), at terminal: TerminalID, of outlet: OutletID
    ) async throws(ServiceError) -> Result<UInt64, AccessRefusal> {
        let key = SHA256Digest.of(Array("pin \(terminal.rawValue) \(cashier.account)".utf8))
        let about = terminal.text(in: service.ledger)
        try records.demandPatience(key, at: service.now)
        let grant = try service.state { $0.grants[cashier.account] }
        let kept = try records.find(CashierRecord.self, cashier.account.officeKey, at: service.now)
        guard let grant, grant.roles.contains(.cashier), grant.outlet == outlet, let kept,
            kept.event > grant.since, PasswordHash(text: kept.pin).isOf(cashier.pin)
        else {
            let isLocked = try records.fail(key, at: service.now)
            if grant != nil {
                try await service.record(
                    isLocked ? .locked : .signInFailed, cashier.account, about: about, service.systemCall)
            }
            return .failure(.signIn)
        }
        try records.forgive(key, at: service.now)
        try await service.record(.signedIn, cashier.account, about: about, service.systemCall)
        return .success(kept.event)
    }

    /// Whether a nonce is sent for the first time; it is remembered for as long as its signature would be good.
    private func isFirst(
        _ nonce: String, _ terminal: TerminalID, until expiry: Instant
    ) throws(ServiceError) -> Bool {
        let key = SHA256Digest.of(terminal.officeKey + Array(nonce.utf8))
        return try records.change(NonceRecord.self, key, at: service.now) { record in
            guard record == nil else { return false }
            var seen = NonceRecord()
            seen.expiry = expiry
            record = seen
            return true
        }
    }

    private func find(_ serial: String) throws(ServiceError) -> (id: TerminalID, outlet: OutletID) {
        let found = try service.knownOutlets.find(service) { $0.terminals[serial] }
        guard let found else { throw .notFound(.terminal, serial) }
        return (found, try service.state { $0.terminals[found].outlet })
    }

    /// Changes a terminal's record by an event, once; its day sessions are over.
    private func change(
        _ terminal: TerminalID, by event: UInt64, _ body: (inout TerminalRecord) -> Void
    ) throws(ServiceError) {
        try records.change(TerminalRecord.self, terminal.officeKey, at: service.now) { record in
            var found = record ?? TerminalRecord()
            // A retry of what was done already changes nothing.
            guard event > found.event else { return }
            body(&found)
            found.event = event
            found.generation += 1
            record = found
        }
    }
}

extension TerminalID {
    /// What the office finds a terminal by.
    var officeKey: [UInt8] { withUnsafeBytes(of: rawValue.bigEndian) { Array($0) } }
}
