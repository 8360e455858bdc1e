import CBOR
import Cryptography
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("Batches that tills upload")
struct TillBatchTests {
    private let sample: SampleTill

    init() throws { sample = try SampleTill() }

    private func batch() throws -> TillBatch {
        let till = try sample.enrol()
        try till.sell(try sample.shown(), details: SampleTill.details())
        try till.sell(try sample.shown(credential: 101), bill: 2_000, order: "单号 2", channel: "网店")
        return try till.batch(now: SampleTill.now)
    }

    @Test("a batch comes back from its bytes")
    func roundTrip() throws {
        let batch = try batch()
        let read = try TillBatch(batch.bytes)
        #expect(read == batch)
        #expect(read.bytes == batch.bytes)
        #expect(read.sales[0].details == SampleTill.details())
        let empty = try sampleEmpty()
        #expect(try TillBatch(empty.bytes) == empty)
    }

    private func sampleEmpty() throws -> TillBatch { try SampleTill().enrol().batch(now: SampleTill.now) }

    @Test("a sale's key follows from the presentation, the order and the attempt")
    func keys() throws {
        let sales = try batch().sales
        let sale = sales[0]
        var encoder = CBOREncoder()
        encoder.beginArray(count: 2)
        encoder.write(bytes: sale.shown.presentation.bytes)
        encoder.write(text: sale.order)
        #expect(sale.idempotencyKey == SHA256Digest.of(encoder.bytes).hexadecimal + "-0")
        #expect(sale.idempotencyKey != sales[1].idempotencyKey)
    }

    @Test("a batch that is cut off anywhere, or goes on, is refused")
    func ends() throws {
        let bytes = try batch().bytes
        for length in bytes.indices {
            #expect(throws: TillBatchError.self) { try TillBatch(Array(bytes.prefix(length))) }
        }
        #expect(throws: TillBatchError.form(.trailingBytes(offset: bytes.count))) {
            try TillBatch(bytes + [0])
        }
    }

    @Test("whatever bit is changed, a batch is refused or says something else in its one form")
    func bits() throws {
        let batch = try batch()
        let bytes = batch.bytes
        for place in bytes.indices {
            for bit in 0..<8 {
                var changed = bytes
                changed[place] ^= 1 << UInt8(bit)
                guard let read = try? TillBatch(changed) else { continue }
                #expect(read != batch)
                #expect(read.bytes == changed)
            }
        }
    }

    @Test("values that no till writes are refused")
    func values() throws {
        let shown = try sample.shown(amount: 3_000).bytes
        func read(
            version: UInt64 = 1, ledger: UInt64 = 370_782, sequences: [UInt64] = [1], shown: [UInt8] = shown,
            bill: Int64 = 10_000, order: String = "A", channel: String = "B", details: [UInt8] = [],
            subsidy: Int64 = 3_000, attempt: UInt64 = 0
        ) throws(TillBatchError) -> TillBatch {
            var encoder = CBOREncoder()
            encoder.beginArray(count: 5)
            for number in [version, ledger, 7, 0] { encoder.write(unsigned: number) }
            encoder.beginArray(count: sequences.count)
            for sequence in sequences {
                encoder.beginArray(count: 9)
                encoder.write(unsigned: sequence)
                encoder.write(bytes: shown)
                encoder.write(integer: bill)
                encoder.write(text: order)
                encoder.write(text: channel)
                encoder.write(bytes: details)
                encoder.write(integer: subsidy)
                SampleTill.now.encode(to: &encoder)
                encoder.write(unsigned: attempt)
            }
            return try TillBatch(encoder.bytes)
        }
        #expect(try read().sales.count == 1)
        #expect(try read(sequences: [1, 5]).sales.count == 2)
        for sequences: [UInt64] in [[2, 2], [2, 1]] {
            #expect(throws: TillBatchError.outOfOrder(UInt32(sequences[1]))) {
                try read(sequences: sequences)
            }
        }
        #expect(throws: TillBatchError.presentation(sale: 1, .array(.truncated(offset: 0)))) {
            try read(shown: [])
        }
        let long = [UInt8](repeating: 0, count: BatchedSale.detailsLimit + 1)
        let attempts: [() throws -> TillBatch] = [
            { try read(version: 2) }, { try read(ledger: 99_999) }, { try read(sequences: [0]) },
            { try read(sequences: [1 << 32]) }, { try read(bill: 0) }, { try read(bill: 2_999) },
            { try read(bill: Amount.limit.fen + 1) }, { try read(order: "") }, { try read(order: "\n") },
            { try read(channel: "") }, { try read(channel: String(repeating: "x", count: 33)) },
            { try read(order: String(repeating: "x", count: 65)) }, { try read(details: long) },
            { try read(subsidy: 0) }, { try read(subsidy: -1) }, { try read(subsidy: 3_001) },
            { try read(attempt: 1 << 32) },
        ]
        for (number, attempt) in attempts.enumerated() {
            #expect(throws: TillBatchError.self, "attempt \(number)") { try attempt() }
        }
    }

    @Test("more bytes or sales than a batch has are refused before they are read")
    func sizes() throws {
        let long = [UInt8](repeating: 0, count: TillBatch.maximumLength + 1)
        #expect(throws: TillBatchError.tooLong(long.count)) { try TillBatch(long) }
        var encoder = CBOREncoder()
        encoder.beginArray(count: 5)
        for number: UInt64 in [1, 370_782, 7, 0] { encoder.write(unsigned: number) }
        encoder.beginArray(count: TillBatch.maximumCount + 1)
        let many = encoder.bytes + [UInt8](repeating: 0, count: TillBatch.maximumCount + 1)
        #expect(throws: TillBatchError.tooMany(TillBatch.maximumCount + 1)) { try TillBatch(many) }
    }

    @Test("what does not fit one batch waits for the next")
    func overflow() throws {
        let till = try sample.enrol()
        let details = SampleTill.details(items: 50)
        for number in 0..<2_200 {
            try till.sell(
                try sample.shown(credential: UInt64(number + 1), voucher: 5), order: "A-\(number)",
                details: details)
        }
        let batch = try till.batch(now: SampleTill.now)
        #expect(batch.bytes.count <= TillBatch.maximumLength)
        #expect(batch.bytes.count > TillBatch.maximumLength - 5_000)
        #expect(batch.sales.map(\.sequence) == Array(1...UInt32(batch.sales.count)))
        #expect(try TillBatch(batch.bytes) == batch)
        // The first and the last that did not fit have not been handed out.
        try till.cancel(order: "A-\(batch.sales.count)", now: SampleTill.now)
        try till.cancel(order: "A-2199", now: SampleTill.now)
        try till.record(
            batch.sales.map {
                TillAnswer(
                    sequence: $0.sequence, attempt: 0, outcome: .paid(subsidy: $0.subsidy, event: 1))
            })
        let rest = try till.batch(now: SampleTill.now)
        #expect(rest.sales.map(\.sequence) == Array(UInt32(batch.sales.count + 2)...2_199))
    }
}
