import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage
import RedemptionTokens

/// Vouchers of residents who have a telephone and no page to show (老人机): the till asks for it, the ledger sends six digits for each voucher
/// by short message, the resident says those of the voucher to use, and the till exchanges them for a token.
package struct VoucherCodes: Sendable {
    private let service: LedgerService
    private let records: OfficeRecords

    /// So many vouchers are in one message: those that expire first.
    package static let maximumCount = 3

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// What a code is exchanged for.
    package struct Exchanged: Sendable {
        /// What a QR code would say; good once.
        package let token: String
        package let voucher: VoucherID
        package let expiry: Instant
    }

    /// The message with the codes; `nil` where nobody with a phone is registered so, which whoever asks is not told.
    ///
    /// - Parameters:
    ///   - outlet: where the resident stands, as people call it.
    ///   - caller: who asks; whoever has asked a hundred times without an exchange waits.
    /// - Throws: ``ServiceError/tooOften(until:now:)``.
    package func message(
        to identityNumber: String, at outlet: String, asking caller: String
    ) throws(ServiceError) -> ShortMessage? {
        let now = service.now
        let identity = service.people.identity(identityNumber)
        // The place is taken first, whoever it is, so that the answer tells nobody who is registered.
        try records.attempt(name(caller), at: now, allowed: FailuresRecord.allowedInAll)
        try records.change(VoucherCodesRecord.self, identity.bytes, at: now) { record throws(ServiceError) in
            var kept = record ?? VoucherCodesRecord()
            try kept.pace.send(at: now)
            kept.codes = []
            kept.tries = 0
            record = kept
        }
        guard let resident = try service.people.resident(identity), !resident.phone.isEmpty else {
            return nil
        }
        let vouchers = try service.vouchers(of: identityNumber)
            .filter { $0.status == .usable && $0.row.expiry > now }
            .sorted { ($0.row.expiry, $0.row.id) < ($1.row.expiry, $1.row.id) }
            .prefix(VoucherCodes.maximumCount)
        let codes = vouchers.map { (view: $0, code: SecureRandom.sixDigits) }
        try records.change(VoucherCodesRecord.self, identity.bytes, at: now) { record in
            record?.codes = codes.map { view, code in
                var kept = VoucherCodesRecord.Code()
                kept.voucher = view.row.id
                kept.digest = Octets(service.access.digest(ofVoucherCode: code, of: view.row.id))
                return kept
            }
        }
        return ShortMessage(
            ledger: service.ledger, phone: resident.phone, text: VoucherCodes.text(codes, at: outlet))
    }

    /// Exchanges a code that a resident said for a token of its voucher. The same code again gets the same token.
    ///
    /// - Throws: ``ServiceError/wrongCode`` for a code that was not sent, is five minutes old, or after five wrong ones.
    package func exchange(
        _ code: String, of identityNumber: String, asking caller: String, _ call: Call
    ) throws(ServiceError) -> Exchanged {
        let now = service.now
        let identity = service.people.identity(identityNumber)
        let place = try records.change(VoucherCodesRecord.self, identity.bytes, at: now) {
            record throws(ServiceError) -> Int? in
            guard var kept = record, kept.tries < 5, now < kept.pace.sentAt.adding(PhoneCodes.lifetime) else {
                return nil
            }
            let place = kept.codes.firstIndex {
                $0.digest == Octets(service.access.digest(ofVoucherCode: code, of: $0.voucher))
            }
            // A till that lost the answer asks again.
            if place == nil { kept.tries += 1 }
            record = kept
            return place
        }
        guard let place else { throw .wrongCode }
        let found = try records.find(VoucherCodesRecord.self, identity.bytes, at: now)?.codes
        guard let found, found.indices.contains(place) else { throw .wrongCode }
        let minted = try service.mint(found[place].voucher, call)
        let kept = try records.change(VoucherCodesRecord.self, identity.bytes, at: now) {
            record throws(ServiceError) -> Octets? in
            guard let codes = record?.codes, codes.indices.contains(place),
                codes[place].digest == found[place].digest
            else { return nil }
            if codes[place].token == nil { record?.codes[place].token = Octets(minted.token.bytes) }
            return record?.codes[place].token
        }
        try records.forgive(name(caller), at: now)
        guard let kept, let token = try? SignedClaims<OnlineToken>(kept.bytes) else { throw .wrongCode }
        return Exchanged(
            token: token.text, voucher: found[place].voucher, expiry: Instant(seconds: token.claims.expiry))
    }

    private func name(_ caller: String) -> [UInt8] {
        service.access.name(ofRegistrant: "voucher codes \(caller)")
    }

    private static func text(_ codes: [(view: VoucherView, code: String)], at outlet: String) -> String {
        guard !codes.isEmpty else { return "【文惠】您目前没有可用的消费券。" }
        let list = codes.map { view, code in
            "\(view.row.face.yuan) 元券（\(view.row.expiry.text.prefix(10)) 到期）\(code)"
        }
        return "【文惠】您正在网点 \(outlet) 用券，告知收银员数字即使用：\(list.joined(separator: "；"))。"
            + "5 分钟内有效，不是您本人请勿告诉任何人。"
    }
}
