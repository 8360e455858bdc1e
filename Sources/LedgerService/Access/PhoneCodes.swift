import CBOR
import Cryptography
import LedgerDomain
import LedgerStorage

/// Codes that are sent to the phone that a resident registered with, each good for one purpose.
struct PhoneCodes {
    let service: LedgerService
    let records: OfficeRecords

    static let lifetime = 5 * Instant.minute

    /// What a resident says yes to by telling a code.
    enum Purpose {
        case signIn
        /// That a platform may act for the resident.
        case binding(platform: String, consent: String)

        fileprivate var label: String {
            switch self {
            case .signIn: ""
            case .binding(let platform, let consent): "binding \(platform) \(consent) "
            }
        }

        fileprivate func text(_ code: String) -> String {
            switch self {
            case .signIn: "【文惠】验证码 \(code)，5 分钟内有效，请勿告诉他人。"
            case .binding(let platform, let consent):
                "【文惠】验证码 \(code)，5 分钟内有效。告知即同意平台 \(platform) 用您的账号办理消费券（条款 \(consent)）；不同意请勿告诉任何人。"
            }
        }
    }

    /// The message that brings a code, where a resident is registered with this phone; `nil` otherwise, which whoever asks is
    /// not told.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where one was sent a moment ago, to whomever.
    func message(
        to identityNumber: String, phone: String, for purpose: Purpose
    ) throws(ServiceError) -> ShortMessage? {
        let identity = service.people.identity(identityNumber)
        let key = place(identity, phone)
        let now = service.now
        let code = SecureRandom.sixDigits
        try records.change(PhoneCodeRecord.self, key, at: now) { record throws(ServiceError) in
            var kept = record ?? PhoneCodeRecord()
            try kept.pace.send(at: now)
            kept.tries = 0
            kept.digest = digest(code, identity, purpose)
            kept.user = nil
            record = kept
        }
        guard let resident = try service.people.resident(identity), !resident.phone.isEmpty,
            resident.phone == phone
        else {
            // What nobody was sent opens nothing.
            try records.change(PhoneCodeRecord.self, key, at: now) { $0?.digest = nil }
            return nil
        }
        return ShortMessage(ledger: service.ledger, phone: phone, text: purpose.text(code))
    }

    /// Whether it is the code that was sent last, for this purpose; it is good once.
    ///
    /// - Parameter user: the call that uses it, which may come again while the code is good; `nil` for what nobody retries.
    func take(
        _ code: String, from identityNumber: String, phone: String, for purpose: Purpose,
        by user: Digest128? = nil
    ) throws(ServiceError) -> Bool {
        let identity = service.people.identity(identityNumber)
        let now = service.now
        let shown = digest(code, identity, purpose)
        return try records.change(PhoneCodeRecord.self, place(identity, phone), at: now) {
            record throws(ServiceError) in
            guard var kept = record, let digest = kept.digest, kept.tries < 5,
                now < kept.pace.sentAt.adding(PhoneCodes.lifetime)
            else { return false }
            kept.tries += 1
            defer { record = kept }
            guard digest == shown, kept.user == nil || kept.user == user else { return false }
            kept.user = user
            if user == nil { kept.digest = nil }
            return true
        }
    }

    /// Where a code is kept: whoever asks with another phone touches another place, and keeps nobody out.
    private func place(_ identity: Digest128, _ phone: String) -> [UInt8] {
        service.access.digest(ofPhoneCode: Array("\(phone) ".utf8) + identity.bytes)
    }

    /// A code is kept under the ledger's key: six digits alone would be found by trying.
    private func digest(_ code: String, _ identity: Digest128, _ purpose: Purpose) -> Octets {
        Octets(service.access.digest(ofPhoneCode: Array("\(purpose.label)\(code)".utf8) + identity.bytes))
    }
}

extension SecureRandom {
    /// Six random digits.
    static var sixDigits: String { String(String(number() % 1_000_000 + 1_000_000).dropFirst()) }
}
