import CBOR
import Cryptography
package import LedgerDomain
package import RedemptionTokens

/// What a resident's page shows for a minute.
package struct MintedToken: Sendable {
    package let voucher: VoucherID
    /// What the QR code says.
    package let token: SignedClaims<OnlineToken>
    /// The digits for a broken scanner.
    package let code: TypedCode
    package let expiry: Instant
}

extension LedgerService {
    /// Makes a token and a code for a voucher that has been issued; neither is an event, their use is.
    package func mint(_ voucher: VoucherID, _ call: Call) throws(ServiceError) -> MintedToken {
        let (exists, list, last) = try state {
            ($0.vouchers.contains(voucher), $0.keyList, $0.lastInstant)
        }
        let instant = max(call.instant ?? now, last)
        guard exists, let reference = VoucherReference(ledger: ledger.rawValue, number: voucher.rawValue)
        else {
            throw .notFound(.voucher, voucher.text(in: ledger))
        }
        let signer = try activeSigner(of: list, at: instant)
        let token = SignedClaims(
            signing: OnlineToken(
                voucher: reference, id: TokenID(SecureRandom.number()), issuedAt: instant.seconds), by: signer
        )
        minted.insert(token, at: now)
        return MintedToken(
            voucher: voucher, token: token,
            code: tokens.codes.code(for: reference, in: TimeSlot(at: instant.seconds)),
            expiry: Instant(seconds: token.claims.expiry))
    }

    /// The key that is in use.
    func activeSigner(of list: IssuerKeyList, at instant: Instant) throws(ServiceError) -> TokenSigner {
        let active = list.keys.first { $0.status == .active && $0.isGood(at: instant) }
        guard let active, let signer = tokens.key(active.id, among: list.keys.count) else {
            throw .invalid(
                list.sequence == 0
                    ? LedgerService.noKeys
                    : "No key is in use. Go on to the next one with: wenhui key rotate")
        }
        return signer
    }

    /// Verifies what was scanned or typed at a till: who made it, and for which voucher.
    ///
    /// Whether its time is over, its key is still good and it is used for the first time is the ledger's to say, after it
    /// has looked for an earlier answer under the same idempotency key: a till that asks again gets that one.
    ///
    /// - Parameters:
    ///   - call: who asks; a typed code is still known where it was taken under the same key before.
    ///   - instant: when it was shown, for a typed code.
    private func verify(
        _ scanned: ScannedText, _ call: Call, shownAt instant: Instant
    ) throws(ServiceError) -> ShownVoucher {
        switch scanned {
        case .online(let token):
            let keyID = KeyID(token.message.keyID.rawValue)
            if !minted.contains(token) {
                guard let key = try publicKey(keyID) else { throw .token(.keyUnknown) }
                guard key.algorithm == token.message.algorithm else { throw .token(.algorithmMismatch) }
                guard token.message.verify(with: key) == .valid else { throw .token(.signature) }
            }
            guard token.claims.voucher.ledger == ledger.rawValue else { throw .token(.otherLedger) }
            return .token(
                VoucherID(token.claims.voucher.number),
                .with {
                    $0.key = keyID
                    $0.id = KeyID(token.claims.id.rawValue)
                    $0.expiry = Instant(seconds: token.claims.expiry)
                }
            )
        case .typed(let code):
            let inTime = tokens.codes.slot(of: code, ledger: ledger.rawValue, now: instant.seconds)
            let known = inTime == nil ? try earlierSlot(of: code, call) : inTime
            guard let slot = known else { throw .wrongCode }
            return .token(
                VoucherID(code.voucher),
                .with {
                    $0.id = KeyID(UInt64(slot.rawValue))
                    $0.expiry = Instant(seconds: slot.start + 2 * TimeSlot.length)
                }
            )
        case .paper(let paper):
            guard paper.voucher.ledger == ledger.rawValue else { throw .token(.otherLedger) }
            return .paper(VoucherID(paper.voucher.number), commitment(to: paper))
        case .offline(let shown):
            return .presentation(shown)
        }
    }

    /// The key that an ID stands for; `nil` for one that the ledger has never published.
    private func publicKey(_ id: KeyID) throws(ServiceError) -> TokenPublicKey? {
        if let known = knownKeys[id] { return known }
        guard let key = try keyList()[id]?.listed?.publicKey else { return nil }
        knownKeys.insert(key, id)
        return key
    }

    /// The half minute of a code that was taken under the same idempotency key before: a till that lost the answer asks
    /// again when the code's time is over.
    private func earlierSlot(of code: TypedCode, _ call: Call) throws(ServiceError) -> TimeSlot? {
        let earlier = try earlierCommand(call)
        let use = (earlier as? Redeem)?.token ?? (earlier as? Authorise)?.token
        guard let use, use.key == nil, let slot = UInt32(exactly: use.id.rawValue),
            let voucher = VoucherReference(ledger: ledger.rawValue, number: code.voucher),
            tokens.codes.code(for: voucher, in: TimeSlot(slot)) == code
        else { return nil }
        return TimeSlot(slot)
    }

    /// The voucher that a cashier named: by a token or a code, which is verified, or by its number.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` for what is neither.
    package func shown(
        _ text: String, _ call: Call, at instant: Instant
    ) throws(ServiceError) -> ShownVoucher {
        guard LedgerService.isCode(text) else { return .number(try voucher(text)) }
        let scanned: ScannedText
        do {
            scanned = try ScannedText(text)
        } catch {
            throw .invalid("This is no code of ours: \(error).")
        }
        return try verify(scanned, call, shownAt: instant)
    }

    /// Whether a text is meant as a token or a code rather than as a voucher's number.
    static func isCode(_ text: String) -> Bool {
        text.uppercased().hasPrefix("WH") || text.filter(\.isNumber).count > 17
    }
}
