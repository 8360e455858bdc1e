import CBOR
import Cryptography
import LedgerDomain
import OfflineTill
import RedemptionTokens

/// What a till synchronises, as the claims of a signed list: what is accepted is written with the very same
/// bytes, and every rule in it gives a subsidy that it may.
enum TillPackFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let samples = TillSamples()
        guard let pack = samples?.pack, let signer = samples?.issuer else { return [] }
        return [pack.cborBytes, pack.signed(by: signer)]
    }

    static func check(_ input: [UInt8]) {
        if let list = try? SignedClaims<TillPack>(input) {
            expect(list.bytes == input, "a signed pack has one form")
        }
        guard let pack = try? TillPack(cborBytes: input) else { return }
        expect(pack.cborBytes == input, "a pack has one form")
        for programme in pack.programmes {
            for bill in [Amount(fen: 1), Amount(fen: 9_999), .limit] {
                let subsidy = programme.rule.subsidy(
                    bill: bill, available: Amount(fen: 50_000), face: Amount(fen: 50_000),
                    category: pack.place.category, channel: "till")
                guard case .success(let amount) = subsidy else { continue }
                expect(
                    amount > .zero && amount <= min(bill, Amount(fen: 50_000)), "a subsidy is in its bounds")
            }
        }
    }
}

/// What a till uploads: what is accepted is written with the very same bytes.
enum TillBatchFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        guard let samples = TillSamples() else { return [] }
        let batches = [samples.sales, Array(samples.sales.prefix(1)), []].compactMap { sales in
            TillBatch(ledger: LedgerCode(TillSamples.ledger), outlet: 2, terminal: 1, sales: sales)
        }
        return batches.map(\.bytes)
    }

    static func check(_ input: [UInt8]) {
        guard let batch = try? TillBatch(input) else { return }
        expect(batch.bytes == input, "a batch has one form")
        for sale in batch.sales {
            expect(sale.subsidy > .zero && sale.subsidy <= sale.bill, "a subsidy is a part of the bill")
            expect(sale.idempotencyKey.utf8.count <= 68, "a key is short")
        }
    }
}

/// A pack and sales, from fixed keys.
private struct TillSamples {
    static let ledger: UInt32 = 370_782

    let issuer: TokenSigner
    let pack: TillPack
    let sales: [BatchedSale]

    init?() {
        let seed = [UInt8](repeating: 1, count: 32)
        let now: Int64 = 1_780_000_000
        var rule = ProgrammeRule()
        rule.kind = .percentage
        rule.faces = [Amount(fen: 5_000)]
        rule.rate = Ratio(basisPoints: 3_000)
        rule.validity = Instant.day
        rule.conditions.categories = ["书店"]
        rule.conditions.hours = DailyHours(from: 540, to: 1_260)
        guard let issuing = Ed25519PrivateKey(seed: seed), let phone = P256PrivateKey(scalar: seed),
            let voucher = VoucherReference(ledger: TillSamples.ledger, number: 12_345),
            let keys = KeyList(ledger: TillSamples.ledger, sequence: 1, issuedAt: now, keys: []),
            let revocations = RevocationList(
                ledger: TillSamples.ledger, sequence: 1, issuedAt: now, credentials: [TokenID(1)],
                vouchers: [2]),
            let place = TillPlace(
                outlet: 2, terminal: 1, platformID: "BJ-0007", category: "书店",
                region: LedgerCode(TillSamples.ledger)),
            let programme = TillProgramme(number: 1, rule: rule),
            let credential = VoucherCredential(
                voucher: voucher, programme: 1, id: TokenID(8), device: DeviceKey(phone.publicKey),
                cap: 20_000, issuedAt: now, expiry: now + 86_400)
        else { return nil }
        let signer = TokenSigner.ed25519(issuing)
        issuer = signer
        let pack = TillPack(
            ledger: TillSamples.ledger, sequence: 1, issuedAt: now, keyList: keys.signed(by: signer),
            revocationList: revocations.signed(by: signer), place: place, programmes: [programme])
        guard let pack else { return nil }
        self.pack = pack
        sales = [UInt32(1), 2].compactMap { number in
            let presentation = Presentation(
                counter: number, slot: TimeSlot(at: now), amount: 3_000, outlet: 2)
            return BatchedSale(
                sequence: number,
                shown: PresentedCredential(
                    SignedClaims(signing: credential, by: signer), presentation, by: .es256(phone)),
                bill: Amount(fen: 10_000), order: "A-\(number)", channel: "门店", details: [0xa0],
                subsidy: Amount(fen: 3_000), occurredAt: Instant(microseconds: now * Instant.second))
        }
    }
}
