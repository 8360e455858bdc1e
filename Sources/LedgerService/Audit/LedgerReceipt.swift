package import AuditLog
package import LedgerDomain
import LedgerEngine

/// A receipt that has been verified: the event that it carries is in the log that signed.
package struct LedgerReceipt: Sendable {
    /// The event's number in the log.
    package let number: UInt64
    package let event: Event
    /// The checkpoint that signs for it, with the cosignatures of the policy's witnesses.
    package let checkpoint: SignedCheckpoint

    /// Reads and verifies a receipt offline.
    ///
    /// - Throws: ``AuditFault/receipt(_:)``.
    package init(_ bytes: [UInt8], log: KnownLog, policy: WitnessPolicy) throws(AuditFault) {
        do {
            let receipt = try InclusionReceipt(bytes)
            checkpoint = try receipt.verify(entry: receipt.extra, log: log, policy: policy)
            number = receipt.index
            event = try Event.decoded(receipt.extra, number: receipt.index)
        } catch {
            throw .receipt("\(error)")
        }
    }

    /// The bill and the subsidy, where the event is an accepted redemption.
    package var redeemed: (bill: Amount, subsidy: Amount)? {
        if let record = event.record as? Record<Redeem>, case .success(let terms) = record.verdict {
            return (record.operation.bill, terms.subsidy.total)
        }
        if let record = event.record as? Record<Capture>, case .success(let captured) = record.verdict {
            return (record.operation.bill, captured.terms.subsidy.total)
        }
        if let record = event.record as? Record<RedeemOffline>, case .success(let sold) = record.verdict {
            return (record.operation.bill, sold.terms.subsidy.total)
        }
        return nil
    }
}
