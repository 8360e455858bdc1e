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
        let instant = try tokenInstant(call)
        let (exists, list) = try state { ($0.vouchers.contains(voucher), $0.keyList) }
        guard exists, let reference = VoucherReference(ledger: ledger.rawValue, number: voucher.rawValue)
        else {
            throw .notFound("voucher", voucher.text(in: ledger))
        }
        let active = list.keys.first { $0.status == .active && $0.isGood(at: instant) }
        guard let active, let signer = tokens.key(active.id, among: list.keys.count) else {
            throw .invalid(
                list.sequence == 0
                    ? LedgerService.noKeys
                    : "No key is in use. Go on to the next one with: wenhui key rotate")
        }
        let token = OnlineToken(
            voucher: reference, id: TokenID(SecureRandom.number()), issuedAt: instant.seconds)
        return MintedToken(
            voucher: voucher, token: SignedClaims(signing: token, by: signer),
            code: tokens.codes.code(for: reference, in: TimeSlot(at: instant.seconds)),
            expiry: Instant(seconds: token.expiry))
    }

    /// Verifies what was scanned or typed at a till, up to what only the ledger can say.
    ///
    /// - Returns: the voucher, and the use of the token that the redemption is to state.
    package func verify(_ scanned: ScannedText, _ call: Call) throws(ServiceError) -> (VoucherID, TokenUse) {
        let instant = try tokenInstant(call)
        switch scanned {
        case .online(let token):
            let verified: VerifiedToken
            let verifier = try verifier(at: instant)
            do {
                verified = try verifier.verify(online: token)
            } catch {
                throw .token(error)
            }
            return (
                VoucherID(verified.voucher.number),
                .with {
                    $0.key = KeyID(verified.keyID.rawValue)
                    $0.id = KeyID(token.claims.id.rawValue)
                    $0.expiry = Instant(seconds: token.claims.expiry)
                }
            )
        case .typed(let code):
            guard let slot = tokens.codes.slot(of: code, ledger: ledger.rawValue, now: instant.seconds) else {
                throw .wrongCode
            }
            return (
                VoucherID(code.voucher),
                .with {
                    $0.id = KeyID(UInt64(slot.rawValue))
                    $0.expiry = Instant(seconds: slot.start + 2 * TimeSlot.length)
                }
            )
        case .offline, .paper:
            throw .invalid("Offline codes and paper vouchers are not taken yet.")
        }
    }

    /// A verifier with the list in force. The ledger's own list is never out of date.
    private func verifier(at instant: Instant) throws(ServiceError) -> TokenVerifier {
        let keys: KeyList
        do {
            keys = try KeyList(opening: try signedKeyList(), by: listKey)
        } catch let error as ServiceError {
            throw error
        } catch {
            throw .invalid("The key list cannot be used: \(error).")
        }
        return TokenVerifier(
            keys: keys, policy: TokenPolicy(keyListAge: 1 << 40), now: instant.seconds)
    }
}
