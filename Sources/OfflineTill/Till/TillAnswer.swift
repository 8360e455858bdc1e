package import CBOR
package import LedgerDomain
import RedemptionTokens

/// What the ledger said to one sale of a batch.
package struct TillAnswer: Hashable, Sendable {
    /// The sale's number at the till.
    package let sequence: UInt32
    /// The attempt that is answered, as the batch had it.
    package let attempt: UInt32
    package let outcome: Outcome

    /// How it ended.
    package enum Outcome: Hashable, Sendable {
        /// Redeemed from the voucher: what was paid, and the event's number.
        case paid(subsidy: Amount, event: UInt64)
        /// Paid to the merchant from the guarantee pool, for the voucher had been spent elsewhere.
        case absorbed(subsidy: Amount, event: UInt64)
        /// Not paid: why, by its stable code and for people, and whether another try later can help.
        case refused(code: String, sentence: Sentence, canRetry: Bool)
    }

    package init(sequence: UInt32, attempt: UInt32, outcome: Outcome) {
        self.sequence = sequence
        self.attempt = attempt
        self.outcome = outcome
    }

    /// The most bytes of a code or of a sentence in one language.
    package static let textLimit = 1_000

    /// Whether its texts are of a length that a till keeps.
    var isKept: Bool {
        guard case .refused(let code, let sentence, _) = outcome else { return true }
        return [code, sentence.chinese, sentence.english].allSatisfy { $0.utf8.count <= TillAnswer.textLimit }
    }
}

extension TillAnswer: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        switch outcome {
        case .paid(let subsidy, let event): encode(kind: 1, subsidy, event, to: &encoder)
        case .absorbed(let subsidy, let event): encode(kind: 2, subsidy, event, to: &encoder)
        case .refused(let code, let sentence, let canRetry):
            encoder.beginArray(count: 7)
            encodeHead(kind: 3, to: &encoder)
            encoder.write(text: code)
            encoder.write(text: sentence.chinese)
            encoder.write(text: sentence.english)
            encoder.write(bool: canRetry)
        }
    }

    private func encode(kind: UInt64, _ subsidy: Amount, _ event: UInt64, to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 5)
        encodeHead(kind: kind, to: &encoder)
        subsidy.encode(to: &encoder)
        encoder.write(unsigned: event)
    }

    private func encodeHead(kind: UInt64, to encoder: inout CBOREncoder) {
        encoder.write(unsigned: UInt64(sequence))
        encoder.write(unsigned: UInt64(attempt))
        encoder.write(unsigned: kind)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let malformed = decoder.unexpectedKey
        let place = decoder.place
        let count = try decoder.enterArray()
        guard count == 5 || count == 7 else { throw malformed }
        sequence = try decoder.readInteger(as: UInt32.self)
        attempt = try decoder.readInteger(as: UInt32.self)
        switch (try decoder.readUnsigned(), count) {
        case (1, 5): outcome = .paid(subsidy: try Amount(from: &decoder), event: try decoder.readUnsigned())
        case (2, 5):
            outcome = .absorbed(subsidy: try Amount(from: &decoder), event: try decoder.readUnsigned())
        case (3, 7):
            outcome = .refused(
                code: try decoder.readText(),
                sentence: Sentence(try decoder.readText(), try decoder.readText()),
                canRetry: try decoder.readBool())
        default: throw malformed
        }
        guard isKept else { throw .outOfRange(offset: place) }
        decoder.leave()
    }
}
