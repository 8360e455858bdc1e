import CBOR
import Cryptography
package import LedgerDomain
import RedemptionTokens

/// A sale made offline for which the voucher could not pay, or one that convicts a phone; read from the log itself.
package struct OfflineConflict: Sendable {
    package var event: UInt64
    package var instant: Instant
    package var voucher: VoucherID
    package var credential: KeyID
    package var counter: UInt32
    package var outlet: OutletID
    package var subsidy: Amount
    /// Whether the programme paid in the voucher's place.
    package var isAbsorbed: Bool
    /// The event of another sale under the same counter.
    package var twin: UInt64?
    /// Whether the phone's signatures on this sale and on its twin are both right: proof of a double spend.
    package var isProven: Bool
}

extension LedgerService {
    /// Every conflict of sales made offline, in the log's order, each signature verified again.
    package func offlineConflicts() throws(ServiceError) -> [OfflineConflict] {
        var credentials: [KeyID: VoucherCredential] = [:]
        var sales: [UInt64: RedeemOffline] = [:]
        var conflicts: [OfflineConflict] = []
        try readLog(to: try state { $0.size }) { event, number in
            guard event.record.refusal == nil else { return }
            if let issued = event.record.command as? IssueCredential, let signed = issued.signed,
                LedgerService.digest(of: signed) == issued.digest
            {
                credentials[issued.id] = signed.claims
            }
            guard let record = event.record as? Record<RedeemOffline>,
                case .success(let accepted) = record.verdict
            else { return }
            let sale = record.operation
            sales[number] = sale
            guard accepted.absorbedBy != nil || accepted.twin != nil else { return }
            let twin = accepted.twin.flatMap { sales[$0] }
            let credential = credentials[sale.id]
            conflicts.append(
                OfflineConflict(
                    event: number, instant: event.instant, voucher: sale.voucher, credential: sale.id,
                    counter: sale.counter, outlet: sale.outlet, subsidy: accepted.terms.subsidy.total,
                    isAbsorbed: accepted.absorbedBy != nil, twin: accepted.twin,
                    isProven: sale.isTwin(of: twin, signedUnder: credential)))
        }
        return conflicts
    }
}

extension RedeemOffline {
    /// Whether both were signed by the phone, under one counter, and are not the same.
    fileprivate func isTwin(of twin: RedeemOffline?, signedUnder credential: VoucherCredential?) -> Bool {
        guard let twin, let credential, twin.id == id, twin.counter == counter,
            let mine = presentation, let theirs = twin.presentation, mine != theirs
        else { return false }
        return mine.isSigned(signature.bytes, for: credential)
            && theirs.isSigned(twin.signature.bytes, for: credential)
    }
}
