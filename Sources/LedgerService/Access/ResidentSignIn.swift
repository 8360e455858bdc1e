import CBOR
import Cryptography
import LedgerDomain
package import LedgerStorage

/// Residents who sign in by their identity number and a code that is sent to the phone they registered with.
package struct ResidentSignIn: Sendable {
    private let service: LedgerService
    private let office: any Office

    package static let codeLifetime = 5 * Instant.minute
    /// How long a phone stays signed in.
    package static let lifetime = 30 * Instant.day
    /// So many codes a day, a minute apart at least; each may be mistyped five times.
    package static let codesPerDay: UInt64 = 10

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        self.office = office
    }

    private var records: OfficeRecords { OfficeRecords(office: office, ledger: service.ledger) }

    /// The message that brings a code, where a resident is registered with this phone; `nil` otherwise, which whoever asks is
    /// not told.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where one was sent a moment ago, to whomever.
    package func code(
        for identityNumber: String, phone: String
    ) throws(ServiceError) -> ShortMessage? {
        let identity = service.people.identity(identityNumber)
        let key = place(identity, phone)
        let now = service.now
        let code = String(String(SecureRandom.number() % 1_000_000 + 1_000_000).dropFirst())
        try records.change(PhoneCodeRecord.self, key, at: now) { record throws(ServiceError) in
            var kept = record ?? PhoneCodeRecord()
            if now.calendarDay != kept.sentAt.calendarDay { kept.sent = 0 }
            let next = kept.sentAt.adding(Instant.minute)
            guard now >= next else { throw .tooOften(until: next, now: now) }
            guard kept.sent < ResidentSignIn.codesPerDay else {
                throw .tooOften(until: now.adding(Instant.hour), now: now)
            }
            kept.sent += 1
            kept.sentAt = now
            kept.tries = 0
            kept.digest = digest(code, identity)
            record = kept
        }
        guard let resident = try service.people.resident(identity), !resident.phone.isEmpty,
            resident.phone == phone
        else {
            // What nobody was sent opens nothing.
            try records.change(PhoneCodeRecord.self, key, at: now) { $0?.digest = nil }
            return nil
        }
        return ShortMessage(
            ledger: service.ledger, phone: phone,
            text: "【文惠】验证码 \(code)，5 分钟内有效，请勿告诉他人。")
    }

    /// Signs in with the code that was sent last; whoever was signed in as the resident elsewhere is not any more.
    package func signIn(
        _ identityNumber: String, phone: String, code: String
    ) throws(ServiceError) -> Result<SignIn, AccessRefusal> {
        let identity = service.people.identity(identityNumber)
        let now = service.now
        let shown = digest(code, identity)
        let isRight = try records.change(PhoneCodeRecord.self, place(identity, phone), at: now) {
            record throws(ServiceError) in
            guard var kept = record, let digest = kept.digest, kept.tries < 5,
                now < kept.sentAt.adding(ResidentSignIn.codeLifetime)
            else { return false }
            kept.tries += 1
            defer { record = kept }
            guard digest == shown else { return false }
            kept.digest = nil
            return true
        }
        guard isRight else { return .failure(.signIn) }
        let generation = try end(identity)
        let signIn = SignIn(service.ledger, until: now.adding(ResidentSignIn.lifetime))
        try records.change(SignInRecord.self, signIn.digest, at: now) { record in
            var new = SignInRecord()
            new.resident = Octets(identity.bytes)
            new.generation = generation
            new.seenAt = now
            new.expiry = signIn.expiry
            record = new
        }
        return .success(signIn)
    }

    /// Ends every sign-in of a resident: a phone was lost.
    package func endAll(of identityNumber: String) throws(ServiceError) {
        guard try service.people.resident(identityNumber) != nil else {
            throw .notFound("resident", "with this identity number")
        }
        _ = try end(service.people.identity(identityNumber))
    }

    private func end(_ identity: Digest128) throws(ServiceError) -> UInt64 {
        try records.change(ResidentRecord.self, identity.bytes, at: service.now) { record in
            var kept = record ?? ResidentRecord()
            kept.generation += 1
            record = kept
            return kept.generation
        }
    }

    /// Where a code is kept: whoever asks with another phone touches another place, and keeps nobody out.
    private func place(_ identity: Digest128, _ phone: String) -> [UInt8] {
        service.access.digest(ofPhoneCode: Array("\(phone) ".utf8) + identity.bytes)
    }

    /// A code is kept under the ledger's key: six digits alone would be found by trying.
    private func digest(_ code: String, _ identity: Digest128) -> Octets {
        Octets(service.access.digest(ofPhoneCode: Array(code.utf8) + identity.bytes))
    }
}
