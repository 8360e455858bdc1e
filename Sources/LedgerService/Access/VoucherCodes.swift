import CBOR
import Cryptography
package import LedgerDomain
package import LedgerStorage
import RedemptionTokens

/// Vouchers of residents who have a telephone and no page to show (老人机): the till asks for it, the ledger sends six digits for each of up to
/// three vouchers by short message, the resident says those of the one to use, and the till exchanges them for a token.
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

        fileprivate init(_ token: SignedClaims<OnlineToken>, of voucher: VoucherID) {
            self.token = token.text
            self.voucher = voucher
            expiry = Instant(seconds: token.claims.expiry)
        }
    }

    /// Counts a message to a resident, and returns what composes it: nothing where nobody with a phone is registered so, which
    /// whoever asks is not told, nor by how long it takes.
    ///
    /// - Parameters:
    ///   - outlet: where the resident stands.
    ///   - caller: who asks; whoever has asked a hundred times without an exchange waits.
    /// - Throws: ``ServiceError/tooOften(until:now:)``.
    package func prepare(
        for identityNumber: String, at outlet: OutletID, asking caller: String
    ) throws(ServiceError) -> @Sendable () throws -> ShortMessage? {
        let now = service.now
        try records.attempt(name(caller), at: now, allowed: FailuresRecord.allowedInAll)
        let place = place(identityNumber)
        try records.change(VoucherCodesRecord.self, place, at: now) { record throws(ServiceError) in
            var kept = record ?? VoucherCodesRecord()
            try kept.pace.send(at: now)
            (kept.codes, kept.tries, kept.outlet) = ([], 0, outlet)
            record = kept
        }
        return { try message(to: identityNumber, at: outlet, sentAt: now) }
    }

    private func message(
        to identityNumber: String, at outlet: OutletID, sentAt: Instant
    ) throws(ServiceError) -> ShortMessage? {
        guard let resident = try service.people.resident(identityNumber), !resident.phone.isEmpty else {
            return nil
        }
        let vouchers = try service.vouchers(of: identityNumber)
        let (usable, name) = try service.state { state in
            (
                vouchers.filter { view in
                    let id = view.row.id
                    return state.vouchers[id].status == .usable && view.row.expiry > sentAt
                        && state.available(id, at: sentAt) > .zero
                }, state.outlets[outlet].platformID
            )
        }
        let codes = usable.sorted { ($0.row.expiry, $0.row.id) < ($1.row.expiry, $1.row.id) }
            .prefix(VoucherCodes.maximumCount).map { (view: $0, code: SecureRandom.sixDigits) }
        let isLast = try records.change(VoucherCodesRecord.self, place(identityNumber), at: sentAt) {
            record in
            guard record?.pace.sentAt == sentAt else { return false }
            record?.codes = codes.map { view, code in
                var kept = VoucherCodesRecord.Code()
                kept.voucher = view.row.id
                kept.digest = Octets(service.access.digest(ofVoucherCode: code, of: view.row.id))
                return kept
            }
            return true
        }
        guard isLast else { return nil }
        return ShortMessage(
            ledger: service.ledger, phone: resident.phone, text: VoucherCodes.text(codes, at: name))
    }

    /// Exchanges a code that a resident said for a token of its voucher. The same code again gets the same token; or another one
    /// where that one's minute is over and nothing was sold by it.
    ///
    /// - Throws: ``ServiceError/wrongCode`` for a code that was not sent for this outlet, is five minutes old, or after five wrong
    ///   ones.
    package func exchange(
        _ code: String, of identityNumber: String, at outlet: OutletID, asking caller: String, _ call: Call
    ) throws(ServiceError) -> Exchanged {
        let now = service.now
        let place = place(identityNumber)
        let found = try records.change(VoucherCodesRecord.self, place, at: now) {
            record throws(ServiceError) -> VoucherCodesRecord.Code? in
            guard var kept = record, kept.outlet == outlet, kept.tries < 5,
                now < kept.pace.sentAt.adding(PhoneCodes.lifetime)
            else { return nil }
            let found = kept.codes.first {
                $0.digest == Octets(service.access.digest(ofVoucherCode: code, of: $0.voucher))
            }
            if found == nil { kept.tries += 1 }
            record = kept
            return found
        }
        guard let found else { throw .wrongCode }
        if let token = try usable(found, at: now) { return token }
        let minted = try service.mint(found.voucher, call)
        let token = try records.change(VoucherCodesRecord.self, place, at: now) {
            record throws(ServiceError) -> Octets? in
            guard let index = record?.codes.firstIndex(where: { $0.digest == found.digest }) else {
                return nil
            }
            // Another till, or the same one beside itself, may have been first.
            if record?.codes[index].token == found.token {
                record?.codes[index].token = Octets(minted.token.bytes)
                record?.codes[index].exchangedAt = now
            }
            return record?.codes[index].token
        }
        guard let token, let claims = try? SignedClaims<OnlineToken>(token.bytes) else { throw .wrongCode }
        if found.token == nil { try records.forgive(name(caller), at: now) }
        return Exchanged(claims, of: found.voucher)
    }

    /// The token that a code was exchanged for, while it is good.
    ///
    /// - Throws: ``ServiceError/wrongCode`` where it is not any more and something was sold since.
    private func usable(
        _ code: VoucherCodesRecord.Code, at now: Instant
    ) throws(ServiceError) -> Exchanged? {
        guard let bytes = code.token?.bytes, let token = try? SignedClaims<OnlineToken>(bytes),
            let exchangedAt = code.exchangedAt
        else { return nil }
        if now < Instant(seconds: token.claims.expiry) { return Exchanged(token, of: code.voucher) }
        let sold = try service.query { (model) throws(StorageError) in
            try model.redemptions(of: code.voucher, service.ledger).contains { $0.row.instant >= exchangedAt }
        }
        if sold { throw .wrongCode }
        return nil
    }

    private func place(_ identityNumber: String) -> [UInt8] { service.people.identity(identityNumber).bytes }

    private func name(_ caller: String) -> [UInt8] {
        service.access.name(ofTries: "voucher codes \(caller)")
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
