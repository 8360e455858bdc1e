import CBOR
import Cryptography
import LedgerDomain
import RedemptionTokens

/// Verifies what issuers and phones signed, event by event: that a sale without a network was due shows the log alone.
struct OfflineSignatures {
    /// What has been issued and may still be presented.
    private var credentials: [KeyID: VoucherCredential] = [:]

    /// What is wrong with an accepted event's signatures, or `nil`.
    ///
    /// - Parameter state: the ledger's before or after the event.
    mutating func fault(in event: Event, _ state: LedgerState) -> String? {
        // Most events are neither: their type says so before a command is put together.
        let type = event.record.type
        guard type == .issueCredential || type == .redeemOffline, event.record.refusal == nil else {
            return nil
        }
        switch event.record.command {
        case let issued as IssueCredential:
            guard let signed = issued.signed, issued.states(signed, of: state.profile?.code) else {
                return "its credential is not what it says"
            }
            let key = state.keyList[KeyID(signed.message.keyID.rawValue)]?.listed?.publicKey
            guard let key, signed.message.verify(with: key) == .valid else {
                return "its credential is signed with no key of the ledger's list"
            }
            credentials[issued.id] = signed.claims
            return nil
        case let sale as RedeemOffline:
            guard let credential = credentials[sale.id], let presentation = sale.presentation,
                presentation.isSigned(sale.signature.bytes, for: credential)
            else { return "the phone has not signed this sale" }
            return nil
        default: return nil
        }
    }
}

extension IssueCredential {
    /// Whether the event's fields are those of the credential in it.
    fileprivate func states(_ signed: SignedClaims<VoucherCredential>, of ledger: LedgerCode?) -> Bool {
        let claims = signed.claims
        return claims.voucher.ledger == ledger?.rawValue && claims.voucher.number == voucher.rawValue
            && claims.id.rawValue == id.rawValue && Int64(claims.cap) == cap.fen
            && Instant(seconds: claims.issuedAt) == issuedAt && Instant(seconds: claims.expiry) == expiry
            && LedgerService.digest(of: signed) == digest
    }
}

extension RedeemOffline {
    /// What the phone signed.
    var presentation: Presentation? {
        UInt32(exactly: amount.fen).map {
            Presentation(counter: counter, slot: TimeSlot(slot), amount: $0, outlet: outlet.rawValue)
        }
    }
}
