import CBOR
import Cryptography
package import LedgerDomain
package import RedemptionTokens

/// An offline credential as the phone gets it, with the event that issued it.
package struct IssuedCredential: Sendable {
    package let credential: SignedClaims<VoucherCredential>
    package let receipt: Receipt<IssueCredential>
}

extension LedgerService {
    /// Lets a phone spend a voucher at tills that are offline.
    ///
    /// - Parameters:
    ///   - device: the phone's own key, which never leaves it.
    ///   - cap: the most that it may spend; what the voucher holds or the ledger allows where `nil`.
    ///   - lifetime: in microseconds; as long as the ledger and the voucher allow where `nil`.
    package func issueCredential(
        _ voucher: VoucherID, to device: DeviceKey, cap: Amount? = nil, lifetime: Int64? = nil, _ call: Call
    ) async throws(ServiceError) -> IssuedCredential {
        let command: IssueCredential
        if let earlier = try earlierCommand(call) as? IssueCredential, earlier.voucher == voucher,
            let signed = earlier.signed, signed.claims.device == device, cap == nil || cap == earlier.cap
        {
            // A credential has a random ID: asked for again, it is the one that was issued.
            command = earlier
        } else {
            command = try newCredential(voucher, to: device, cap: cap, lifetime: lifetime, call)
        }
        let receipt = try await perform(command, call)
        guard let credential = command.signed else { throw .invalid("The credential cannot be read.") }
        return IssuedCredential(credential: credential, receipt: receipt)
    }

    private func newCredential(
        _ voucher: VoucherID, to device: DeviceKey, cap: Amount?, lifetime: Int64?, _ call: Call
    ) throws(ServiceError) -> IssueCredential {
        let instant = try tokenInstant(call)
        let (found, settings) = try state { state -> ((Voucher, RuleNumber)?, LedgerSettings) in
            guard state.vouchers.contains(voucher) else { return (nil, state.settings) }
            let batch = state.batches[state.vouchers[voucher].batch]
            return (
                (state.vouchers[voucher], RuleNumber(batch.programme, version: batch.version)), state.settings
            )
        }
        guard let (held, rule) = found,
            let reference = VoucherReference(ledger: ledger.rawValue, number: voucher.rawValue)
        else { throw .notFound(.voucher, voucher.text(in: ledger)) }
        let longest = min(
            held.expiry.microseconds - instant.microseconds, settings[.offlineLifetime])
        let issuedAt = instant.seconds
        let expiry = issuedAt + (lifetime ?? longest) / Instant.second
        // Of a voucher that is used there is nothing to hold: the ledger says what is wrong with it.
        let most = min(held.balance.total, Amount(fen: settings[.offlineCap]))
        let cap = cap ?? max(most, Amount(fen: 1))
        guard let capFen = UInt32(exactly: cap.fen),
            let claims = VoucherCredential(
                voucher: reference, programme: rule.rawValue, id: TokenID(SecureRandom.number()),
                device: device, cap: capFen, issuedAt: issuedAt, expiry: expiry)
        else {
            throw .invalid(
                "A credential is good for a second to seven days and for at most 42 million yuan; this voucher expires at \(held.expiry.text)."
            )
        }
        let signed = SignedClaims(signing: claims, by: try activeSigner(of: try keyList(), at: instant))
        return .with {
            $0.voucher = voucher
            $0.id = KeyID(claims.id.rawValue)
            $0.digest = LedgerService.digest(of: signed)
            $0.cap = cap
            $0.issuedAt = Instant(seconds: issuedAt)
            $0.expiry = Instant(seconds: expiry)
            $0.credential = Octets(signed.bytes)
        }
    }

    /// What the ledger knows a credential by: the beginning of the SHA-256 of its bytes.
    static func digest(of credential: SignedClaims<VoucherCredential>) -> Digest128 {
        Digest128(SHA256Digest.of(credential.bytes)) ?? .zero
    }

    /// The list of what is good no more before its time, signed now; tills need one that is not old.
    package func signedRevocationList(_ call: Call) throws(ServiceError) -> [UInt8] {
        let instant = try tokenInstant(call)
        let (credentials, vouchers) = try state { state in
            let live = state.credentials.filter { instant < $0.value.expiry }
            let spent = live.values.filter { state.vouchers[$0.voucher].status != .usable }
            return (
                live.filter { $0.value.revokedAt != nil }.keys.map { TokenID($0.rawValue) },
                spent.map(\.voucher.rawValue)
            )
        }
        // Lists follow each other by the second in which they are signed.
        guard
            let list = RevocationList(
                ledger: ledger.rawValue, sequence: UInt64(clamping: instant.seconds),
                issuedAt: instant.seconds, credentials: credentials, vouchers: vouchers)
        else { throw .invalid("The ledger's code or the clock is out of range.") }
        return list.signed(by: tokens.lists)
    }
}

extension IssueCredential {
    /// The credential that the phone has.
    package var signed: SignedClaims<VoucherCredential>? { try? SignedClaims(credential.bytes) }
}
