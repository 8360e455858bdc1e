import CBOR
import LedgerDomain
import RedemptionTokens

/// One thing that happened at a till, as a frame of its journal holds it.
///
/// The numbers are in journals already written: none is reused.
enum JournalEntry: Equatable {
    /// Always the first: whose till it is.
    case enrolled(TillIdentity)
    case sold(SoldEntry)
    /// A sale that had not been sent was taken back; which, and the till's clock.
    case cancelled(sequence: UInt32, at: Instant)
    /// Every waiting sale up to this one was handed out for upload; the till's clock.
    case sent(through: UInt32, at: Instant)
    case answered(TillAnswer)
}

/// What a till is from its enrolment on and never changes.
struct TillIdentity: Equatable {
    var ledger: UInt32
    /// The outlet's number in the ledger.
    var outlet: UInt32
    /// The one key that signs this ledger's lists.
    var listKey: TokenPublicKey
    var enrolledAt: Instant
}

/// A sale with what is uploaded of it.
struct SoldEntry: Equatable {
    var sale: TillSale
    /// The presented credential's bytes.
    var shown: [UInt8]
    var details: [UInt8]
}

extension JournalEntry: CBORCodable {
    func encode(to encoder: inout CBOREncoder) {
        switch self {
        case .enrolled(let identity):
            encoder.beginArray(count: 6)
            encoder.write(unsigned: 1)
            encoder.write(unsigned: UInt64(identity.ledger))
            encoder.write(unsigned: UInt64(identity.outlet))
            encoder.write(integer: identity.listKey.algorithm.rawValue)
            encoder.write(bytes: identity.listKey.bytes)
            identity.enrolledAt.encode(to: &encoder)
        case .sold(let entry):
            encoder.beginArray(count: 4)
            encoder.write(unsigned: 2)
            entry.sale.encode(to: &encoder)
            encoder.write(bytes: entry.shown)
            encoder.write(bytes: entry.details)
        case .cancelled(let sequence, let instant):
            JournalEntry.encode(kind: 3, sequence, instant, to: &encoder)
        case .sent(let sequence, let instant):
            JournalEntry.encode(kind: 4, sequence, instant, to: &encoder)
        case .answered(let answer):
            encoder.beginArray(count: 2)
            encoder.write(unsigned: 5)
            answer.encode(to: &encoder)
        }
    }

    private static func encode(
        kind: UInt64, _ sequence: UInt32, _ instant: Instant, to encoder: inout CBOREncoder
    ) {
        encoder.beginArray(count: 3)
        encoder.write(unsigned: kind)
        encoder.write(unsigned: UInt64(sequence))
        instant.encode(to: &encoder)
    }

    init(from decoder: inout CBORDecoder) throws(CBORError) {
        let malformed = decoder.unexpectedKey
        let count = try decoder.enterArray()
        switch (try decoder.readUnsigned(), count) {
        case (1, 6): self = .enrolled(try TillIdentity(from: &decoder))
        case (2, 4):
            self = .sold(
                SoldEntry(
                    sale: try TillSale(from: &decoder), shown: try decoder.readBytes(),
                    details: try decoder.readBytes()))
        case (3, 3):
            self = .cancelled(
                sequence: try decoder.readInteger(as: UInt32.self), at: try Instant(from: &decoder))
        case (4, 3):
            self = .sent(through: try decoder.readInteger(as: UInt32.self), at: try Instant(from: &decoder))
        case (5, 2): self = .answered(try TillAnswer(from: &decoder))
        default: throw malformed
        }
        decoder.leave()
    }
}

extension TillIdentity {
    /// Reads what follows the entry's kind.
    fileprivate init(from decoder: inout CBORDecoder) throws(CBORError) {
        ledger = try decoder.readLedger()
        outlet = try decoder.readInteger(as: UInt32.self)
        let place = decoder.place
        guard let algorithm = TokenAlgorithm(rawValue: try decoder.readInteger()),
            let key = TokenPublicKey(algorithm, bytes: try decoder.readBytes())
        else { throw .outOfRange(offset: place) }
        listKey = key
        enrolledAt = try Instant(from: &decoder)
    }
}
