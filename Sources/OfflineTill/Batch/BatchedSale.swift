import CBOR
import Cryptography
package import LedgerDomain
package import RedemptionTokens

/// One sale of a batch: what the phone signed, and what the till made of it.
package struct BatchedSale: Hashable, Sendable {
    /// The sale's number at the till.
    package let sequence: UInt32
    /// What the resident's phone showed.
    package let shown: PresentedCredential
    package let bill: Amount
    /// The till's own number of the sale, 1 to 64 bytes.
    package let order: String
    /// How it was sold, 1 to 32 bytes.
    package let channel: String
    /// The receipt in CBOR, not looked into; empty for none.
    package let details: [UInt8]
    /// What the till took off the bill: from one fen up to what the phone signed and the bill.
    package let subsidy: Amount
    /// The till's clock when the sale was made.
    package let occurredAt: Instant
    /// Zero at first, one more whenever a refused sale is tried again.
    package let attempt: UInt32

    /// The most bytes of a receipt's details.
    package static let detailsLimit = 4_096

    /// Names this attempt for ever: 64 hexadecimal digits of SHA-256 over the presentation and the order in a
    /// CBOR array, a hyphen and the attempt.
    package var idempotencyKey: String {
        var encoder = CBOREncoder(capacity: 256)
        encoder.beginArray(count: 2)
        encoder.write(bytes: shown.presentation.bytes)
        encoder.write(text: order)
        return "\(SHA256Digest.of(encoder.bytes).hexadecimal)-\(attempt)"
    }

    /// `nil` where a value is one that no till writes.
    package init?(
        sequence: UInt32, shown: PresentedCredential, bill: Amount, order: String, channel: String,
        details: [UInt8] = [], subsidy: Amount, occurredAt: Instant, attempt: UInt32 = 0
    ) {
        guard sequence > 0, bill.isMovable, order.isOrderReference, channel.isChannel,
            details.count <= BatchedSale.detailsLimit, subsidy.isMovable, subsidy <= bill,
            subsidy.fen <= Int64(shown.presentation.claims.amount), Instant.readable.contains(occurredAt)
        else { return nil }
        self.sequence = sequence
        self.shown = shown
        self.bill = bill
        self.order = order
        self.channel = channel
        self.details = details
        self.subsidy = subsidy
        self.occurredAt = occurredAt
        self.attempt = attempt
    }
}

extension BatchedSale {
    /// How many bytes it takes in a batch.
    var cborLength: Int {
        var encoder = CBOREncoder(capacity: 512)
        encode(to: &encoder)
        return encoder.bytes.count
    }

    func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 9)
        encoder.write(unsigned: UInt64(sequence))
        encoder.write(bytes: shown.bytes)
        bill.encode(to: &encoder)
        encoder.write(text: order)
        encoder.write(text: channel)
        encoder.write(bytes: details)
        subsidy.encode(to: &encoder)
        occurredAt.encode(to: &encoder)
        encoder.write(unsigned: UInt64(attempt))
    }

    init(from decoder: inout CBORDecoder) throws(TillBatchError) {
        let place = decoder.place
        let fields = try Fields(from: &decoder)
        let shown: PresentedCredential
        do throws(PresentedCredentialError) {
            shown = try PresentedCredential(fields.shown)
        } catch {
            throw .presentation(sale: fields.sequence, error)
        }
        let sale = BatchedSale(
            sequence: fields.sequence, shown: shown, bill: fields.bill, order: fields.order,
            channel: fields.channel, details: fields.details, subsidy: fields.subsidy,
            occurredAt: fields.occurredAt, attempt: fields.attempt)
        guard let sale else { throw .form(.outOfRange(offset: place)) }
        self = sale
    }

    /// What the bytes say, before anything is checked.
    private struct Fields {
        let sequence: UInt32
        let shown: [UInt8]
        let bill: Amount
        let order: String
        let channel: String
        let details: [UInt8]
        let subsidy: Amount
        let occurredAt: Instant
        let attempt: UInt32

        init(from decoder: inout CBORDecoder) throws(TillBatchError) {
            do throws(CBORError) {
                try decoder.enterArray(of: 9)
                sequence = try decoder.readInteger(as: UInt32.self)
                shown = try decoder.readBytes()
                bill = try Amount(from: &decoder)
                order = try decoder.readText()
                channel = try decoder.readText()
                details = try decoder.readBytes()
                subsidy = try Amount(from: &decoder)
                occurredAt = try Instant(from: &decoder)
                attempt = try decoder.readInteger(as: UInt32.self)
                decoder.leave()
            } catch {
                throw .form(error)
            }
        }
    }
}
