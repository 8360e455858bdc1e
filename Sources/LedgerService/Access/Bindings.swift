import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage

/// Accounts of platforms that may act for residents, each with the resident's consent: the platform says which account, and the
/// resident tells it a code that was sent to the phone they registered with.
///
/// From then on the platform names the resident by the account and needs no identity number. The log has the consent, by MACs.
package struct Bindings: Sendable {
    private let service: LedgerService
    private let records: OfficeRecords

    /// A resident may have accounts with so many platforms.
    package static let maximumCount = 16

    /// What is asked for.
    package struct Request: Sendable {
        package var resident = ""
        package var phone = ""
        package var code = ""
        package var account: PlatformAccount
        /// Which text the resident agreed to, by its name and version; 1 to 64 bytes.
        package var consent = ""

        package init(_ account: PlatformAccount) { self.account = account }
    }

    /// A platform that may act for a resident.
    package struct Bound: Sendable {
        package let platform: String
        package let event: UInt64
        package let instant: Instant
    }

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    private var codes: PhoneCodes { PhoneCodes(service: service, records: records) }

    /// The message that asks a resident for consent; `nil` where nobody is registered so, which whoever asks is not told.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where one was sent a moment ago.
    package func code(
        for identityNumber: String, phone: String, platform: String, consent: String
    ) throws(ServiceError) -> ShortMessage? {
        try codes.message(
            to: identityNumber, phone: phone, for: .binding(platform: platform, consent: consent))
    }

    /// Lets an account act for a resident, who agreed by the code. An account with the same platform that did so before does
    /// no more.
    ///
    /// - Throws: ``ServiceError/wrongCode``; ``ServiceError/invalid(_:)`` where the account stands for somebody else, who must end
    ///   that first.
    package func bind(
        _ asked: Request, _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        let identity = service.people.identity(asked.resident)
        let (platform, mark) = (asked.account.platform, mark(asked.account))
        let command = RecordAccess.with {
            $0.kind = .bound
            $0.account = mark.bytes.hexadecimal
            $0.about = "\(platform) \(asked.consent)"
            $0.subject = identity
        }
        // A retry was let in by a code that is used up.
        if (try service.earlierCommand(call) as? RecordAccess) != command {
            if let other = try resident(of: mark), other != identity {
                throw .invalid(
                    "The account stands for another resident. That must be ended first: POST bindings/endings."
                )
            }
            guard try alive(identity).filter({ $0.platform != platform }).count < Bindings.maximumCount
            else { throw .invalid("The resident has accounts with \(Bindings.maximumCount) platforms.") }
            let isRight = try codes.take(
                asked.code, from: asked.resident, phone: asked.phone,
                for: .binding(platform: platform, consent: asked.consent), by: service.keyDigest(call))
            guard isRight, try service.people.resident(identity) != nil else { throw .wrongCode }
        }
        let receipt = try await service.perform(command, call)
        guard try keep(mark, of: platform, receipt, for: identity) else { return receipt }
        try records.change(PlatformAccountRecord.self, mark.bytes, at: service.now) { record in
            var kept = PlatformAccountRecord()
            kept.resident = identity
            record = kept
        }
        return receipt
    }

    /// Keeps a binding in the place of the platform's last one; `false` where that, its end or an erasure came after it.
    private func keep(
        _ mark: Octets, of platform: String, _ receipt: Receipt<RecordAccess>, for identity: Digest128
    ) throws(ServiceError) -> Bool {
        let erasure = try service.state { $0.erased[identity] } ?? 0
        return try records.change(BindingsRecord.self, identity.bytes, at: service.now) { record in
            var kept = record ?? BindingsRecord()
            let isLate = kept.bindings.contains {
                $0.platform == platform && max($0.event, $0.end ?? 0) > receipt.event
            }
            guard !isLate, receipt.event > erasure else { return false }
            kept.bindings.removeAll { $0.platform == platform || $0.event <= erasure }
            if kept.bindings.count >= Bindings.maximumCount,
                let ended = kept.bindings.firstIndex(where: { $0.end != nil })
            {
                kept.bindings.remove(at: ended)
            }
            var binding = BindingsRecord.Binding()
            (binding.platform, binding.mark) = (platform, mark)
            (binding.event, binding.instant) = (receipt.event, receipt.instant)
            kept.bindings.append(binding)
            record = kept
            return true
        }
    }

    /// Deletes what is kept of a resident who was erased; the log says that they were.
    package func forget(_ identityNumber: String) throws(ServiceError) {
        let identity = service.people.identity(identityNumber)
        let erasure = try service.state { $0.erased[identity] } ?? 0
        let found = try records.find(BindingsRecord.self, identity.bytes, at: service.now)?.bindings ?? []
        for binding in found where binding.event <= erasure {
            try records.change(PlatformAccountRecord.self, binding.mark.bytes, at: service.now) {
                if $0?.resident == identity { $0 = nil }
            }
        }
        try records.change(BindingsRecord.self, identity.bytes, at: service.now) { record in
            record?.bindings.removeAll { $0.event <= erasure }
            if record?.bindings.isEmpty == true { record = nil }
        }
    }

    /// The identity number of the resident for whom an account acts.
    ///
    /// - Parameter call: what is asked for them; what was asked before under the same key is asked of whom it was then.
    /// - Throws: ``ServiceError/notFound(_:_:)`` where it acts for nobody.
    package func identityNumber(
        of account: PlatformAccount, _ call: Call
    ) throws(ServiceError) -> String {
        let mark = mark(account)
        let isRetry = try service.earlierCommand(call) != nil
        guard let identity = try isRetry ? boundOnce(mark) : resident(of: mark),
            let details = try service.people.resident(identity)
        else { throw .notFound(.resident, "\(account.platform):…") }
        return details.identityNumber
    }

    /// The platforms that may act for a resident, the first one first.
    package func all(of identity: Digest128) throws(ServiceError) -> [Bound] {
        try alive(identity).map { Bound(platform: $0.platform, event: $0.event, instant: $0.instant) }
    }

    /// Ends what an account may do; nothing where it acts for nobody.
    package func end(
        _ account: PlatformAccount, _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        let mark = mark(account)
        let earlier = try service.earlierCommand(call) as? RecordAccess
        let isRetry = earlier?.kind == .unbound && earlier?.account == mark.bytes.hexadecimal
        guard let identity = try isRetry ? earlier?.subject : resident(of: mark) else {
            throw .notFound(.resident, "\(account.platform):…")
        }
        return try await end(mark, platform: account.platform, of: identity, call)
    }

    /// Ends what a platform may do for a resident, who says so.
    package func end(
        platform: String, of identity: Digest128, _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        let earlier = try service.earlierCommand(call) as? RecordAccess
        let ended = earlier?.kind == .unbound ? earlier.flatMap { [UInt8](hexadecimal: $0.account) } : nil
        let known = try alive(identity).first { $0.platform == platform }?.mark
        guard let mark = ended.map({ Octets($0) }) ?? known else { throw .notFound(.binding, platform) }
        return try await end(mark, platform: platform, of: identity, call)
    }

    private func end(
        _ mark: Octets, platform: String, of identity: Digest128, _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        let receipt = try await service.perform(
            RecordAccess.with {
                $0.kind = .unbound
                $0.account = mark.bytes.hexadecimal
                $0.about = platform
                $0.subject = identity
            }, call)
        try records.change(BindingsRecord.self, identity.bytes, at: service.now) { record in
            let place = record?.bindings.firstIndex {
                $0.mark == mark && $0.end == nil && $0.event < receipt.event
            }
            if let place { record?.bindings[place].end = receipt.event }
        }
        return receipt
    }

    /// For whom an account acts now.
    private func resident(of mark: Octets) throws(ServiceError) -> Digest128? {
        guard let identity = try boundOnce(mark) else { return nil }
        return try alive(identity).contains { $0.mark == mark } ? identity : nil
    }

    /// For whom an account acts, or acted last.
    private func boundOnce(_ mark: Octets) throws(ServiceError) -> Digest128? {
        try records.find(PlatformAccountRecord.self, mark.bytes, at: service.now)?.resident
    }

    /// What a resident agreed to and has not ended; an erasure ended all that came before it.
    private func alive(_ identity: Digest128) throws(ServiceError) -> [BindingsRecord.Binding] {
        let bindings = try records.find(BindingsRecord.self, identity.bytes, at: service.now)?.bindings ?? []
        guard !bindings.isEmpty else { return [] }
        let erasure = try service.state { $0.erased[identity] }
        return bindings.filter { $0.end == nil && $0.event > erasure ?? 0 }
    }

    /// What an account is found by; it leads back to nobody.
    private func mark(_ account: PlatformAccount) -> Octets {
        Octets(service.access.mark(of: account))
    }
}
