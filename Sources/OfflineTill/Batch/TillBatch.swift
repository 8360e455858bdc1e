import CBOR
package import LedgerDomain
import RedemptionTokens

/// The sales that a till uploads at once, in strict deterministic CBOR.
///
/// It is not signed: what counts in it are the presentations, which the residents' phones signed, and the
/// connection says which till it comes from. Reading and ``bytes`` are inverse.
package struct TillBatch: Equatable, Sendable {
    package let ledger: LedgerCode
    /// The outlet's number in the ledger.
    package let outlet: UInt32
    /// The terminal's number in the ledger; zero for none.
    package let terminal: UInt32
    /// Ascending by sequence, each once; none where nothing waits.
    package let sales: [BatchedSale]

    /// The most sales of a batch.
    package static let maximumCount = 10_000
    /// The most bytes of a batch. A till puts in what fits, and the rest into the next.
    package static let maximumLength = 8 << 20
    /// The version of the format, first in the bytes.
    static let version: UInt64 = 1
    /// More than the bytes around the sales ever take.
    static let frameLength = 64

    /// `nil` where the ledger's code is none, or there are too many sales or two out of order.
    package init?(ledger: LedgerCode, outlet: UInt32, terminal: UInt32, sales: [BatchedSale]) {
        guard VoucherReference.ledgers.contains(ledger.rawValue), sales.count <= TillBatch.maximumCount,
            zip(sales, sales.dropFirst()).allSatisfy({ $0.sequence < $1.sequence })
        else { return nil }
        self.ledger = ledger
        self.outlet = outlet
        self.terminal = terminal
        self.sales = sales
    }

    /// Reads a batch, all of `bytes`; nothing in it is verified.
    package init(_ bytes: [UInt8]) throws(TillBatchError) {
        guard bytes.count <= TillBatch.maximumLength else { throw .tooLong(bytes.count) }
        var decoder = CBORDecoder(bytes)
        let count: Int
        do throws(CBORError) {
            try decoder.enterArray(of: 5)
            guard try decoder.readUnsigned() == TillBatch.version else { throw decoder.unexpectedKey }
            ledger = LedgerCode(try decoder.readLedger())
            outlet = try decoder.readInteger(as: UInt32.self)
            terminal = try decoder.readInteger(as: UInt32.self)
            count = try decoder.enterArray()
        } catch {
            throw .form(error)
        }
        guard count <= TillBatch.maximumCount else { throw .tooMany(count) }
        var sales: [BatchedSale] = []
        for _ in 0..<count {
            let sale = try BatchedSale(from: &decoder)
            if let last = sales.last, last.sequence >= sale.sequence { throw .outOfOrder(sale.sequence) }
            sales.append(sale)
        }
        self.sales = sales
        decoder.leave()
        decoder.leave()
        do throws(CBORError) {
            try decoder.finish()
        } catch {
            throw .form(error)
        }
    }

    /// What is uploaded.
    package var bytes: [UInt8] {
        var encoder = CBOREncoder(capacity: TillBatch.frameLength + sales.count * 512)
        encoder.beginArray(count: 5)
        encoder.write(unsigned: TillBatch.version)
        ledger.encode(to: &encoder)
        encoder.write(unsigned: UInt64(outlet))
        encoder.write(unsigned: UInt64(terminal))
        encoder.beginArray(count: sales.count)
        for sale in sales { sale.encode(to: &encoder) }
        return encoder.bytes
    }
}
