import CBOR
import Cryptography
import LedgerDomain
package import LedgerStorage

/// Residents who sign in by their identity number and a code that is sent to the phone they registered with.
package struct ResidentSignIn: Sendable {
    private let service: LedgerService
    private let office: any Office

    /// How long a phone stays signed in.
    package static let lifetime = 30 * Instant.day

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        self.office = office
    }

    private var records: OfficeRecords { OfficeRecords(office: office, ledger: service.ledger) }

    private var codes: PhoneCodes { PhoneCodes(service: service, records: records) }

    /// The message that brings a code, where a resident is registered with this phone; `nil` otherwise, which whoever asks is
    /// not told.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where one was sent a moment ago, to whomever.
    package func code(
        for identityNumber: String, phone: String
    ) throws(ServiceError) -> ShortMessage? {
        try codes.message(to: identityNumber, phone: phone, for: .signIn)
    }

    /// Signs in with the code that was sent last; whoever was signed in as the resident elsewhere is not any more.
    package func signIn(
        _ identityNumber: String, phone: String, code: String
    ) throws(ServiceError) -> Result<SignIn, AccessRefusal> {
        let isRight = try codes.take(code, from: identityNumber, phone: phone, for: .signIn)
        guard isRight else { return .failure(.signIn) }
        let identity = service.people.identity(identityNumber)
        let now = service.now
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
            throw .notFound(.resident, masked(identityNumber))
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
}
