package import CBOR
package import LedgerDomain
package import RedemptionTokens

/// A sale that a till has made offline: what a cashier sees, and what stays the same whatever the ledger says.
package struct TillSale: Hashable, Sendable {
    /// Its number at this till, from 1 without a gap.
    package let sequence: UInt32
    package let voucher: VoucherReference
    /// The number of the programme whose rule applied.
    package let programme: UInt32
    /// The credential that was presented.
    package let credential: TokenID
    /// The presentation's counter; it and the credential are good for one sale.
    package let counter: UInt32
    /// The most that the phone let this sale take off the bill.
    package let signed: Amount
    /// The half minute for which the phone signed.
    package let slot: TimeSlot
    /// What the goods cost.
    package let bill: Amount
    /// What the till took off the bill; from one fen up to what the phone signed and the bill.
    package let subsidy: Amount
    /// The till's own number of the sale, 1 to 64 bytes.
    package let order: String
    /// How it was sold, 1 to 32 bytes.
    package let channel: String
    /// The till's clock when it was made.
    package let occurredAt: Instant

    /// What the resident pays.
    package var ownPaid: Amount { bill - subsidy }

    init(
        sequence: UInt32, shown: PresentedCredential, bill: Amount, subsidy: Amount, order: String,
        channel: String, occurredAt: Instant
    ) {
        let (credential, presentation) = (shown.credential.claims, shown.presentation.claims)
        self.sequence = sequence
        voucher = credential.voucher
        programme = credential.programme
        self.credential = credential.id
        counter = presentation.counter
        signed = Amount(fen: Int64(presentation.amount))
        slot = presentation.slot
        self.bill = bill
        self.subsidy = subsidy
        self.order = order
        self.channel = channel
        self.occurredAt = occurredAt
    }
}

extension TillSale: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 12)
        encoder.write(unsigned: UInt64(sequence))
        voucher.encode(to: &encoder)
        encoder.write(unsigned: UInt64(programme))
        credential.encode(to: &encoder)
        encoder.write(unsigned: UInt64(counter))
        signed.encode(to: &encoder)
        slot.encode(to: &encoder)
        bill.encode(to: &encoder)
        subsidy.encode(to: &encoder)
        encoder.write(text: order)
        encoder.write(text: channel)
        occurredAt.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterArray(of: 12)
        sequence = try decoder.readInteger(as: UInt32.self)
        voucher = try VoucherReference(from: &decoder)
        programme = try decoder.readInteger(as: UInt32.self)
        credential = try TokenID(from: &decoder)
        counter = try decoder.readInteger(as: UInt32.self)
        let place = decoder.place
        signed = try Amount(from: &decoder)
        slot = try TimeSlot(from: &decoder)
        bill = try Amount(from: &decoder)
        subsidy = try Amount(from: &decoder)
        order = try decoder.readText()
        channel = try decoder.readText()
        occurredAt = try Instant(from: &decoder)
        guard bill.isMovable, subsidy.isMovable, subsidy <= min(bill, signed), order.isOrderReference,
            channel.isChannel
        else { throw .outOfRange(offset: place) }
        decoder.leave()
    }
}
