import CBOR
import Cryptography
import Foundation
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

/// A ledger, phones and an outlet's till in a folder of its own, all from fixed seeds, at a fixed time.
struct SampleTill {
    static let ledger: UInt32 = 370_782
    static let outlet: UInt32 = 1_207
    /// A Tuesday at 12:27:05 in Shanghai, the fifth second of a slot.
    static let now = Instant(microseconds: 1_779_769_625 * Instant.second)
    /// 30 % of the bill, at most 50.00.
    static let percentage: UInt32 = 1
    /// 30.00 from 100.00 on, with every condition that the place and time of the sample keep.
    static let threshold: UInt32 = 2
    static let week: Int64 = 7 * 86_400

    let folder: TemporaryFolder
    let issuer: TokenSigner
    let listKey: TokenSigner

    init() throws {
        folder = try TemporaryFolder()
        issuer = try SampleTill.ed25519(1)
        listKey = try SampleTill.ed25519(2)
    }

    static var seconds: Int64 { now.microseconds / Instant.second }

    static func ed25519(_ seed: UInt8) throws -> TokenSigner {
        .ed25519(try #require(Ed25519PrivateKey(seed: [UInt8](repeating: seed, count: 32))))
    }

    /// Where the till is.
    var path: String { folder.path("till") }

    /// Enrols the till.
    func enrol(_ pack: TillPack? = nil) throws -> Till {
        try Till.enrol(
            in: path, pack: (pack ?? self.pack()).signed(by: listKey), listKey: listKey.publicKey,
            now: SampleTill.now)
    }

    // MARK: What the ledger signs

    func keys(
        _ status: ListedKey.Status = .active, sequence: UInt64 = 4, issuedAt: Int64 = seconds - 7_200,
        ledger: UInt32 = ledger
    ) throws -> KeyList {
        let key = try #require(
            ListedKey(
                issuer.publicKey, notBefore: SampleTill.seconds - 86_400,
                notAfter: SampleTill.seconds + 30 * 86_400, status: status))
        return try #require(KeyList(ledger: ledger, sequence: sequence, issuedAt: issuedAt, keys: [key]))
    }

    func revocations(
        credentials: [UInt64] = [], vouchers: [UInt32] = [], sequence: UInt64 = 9,
        issuedAt: Int64 = seconds - 600, ledger: UInt32 = ledger
    ) throws -> RevocationList {
        try #require(
            RevocationList(
                ledger: ledger, sequence: sequence, issuedAt: issuedAt,
                credentials: credentials.map(TokenID.init), vouchers: vouchers))
    }

    func place(
        outlet: UInt32 = outlet, terminal: UInt32 = 3, platformID: String = "BJ-0007",
        category: String = "书店", region: UInt32 = ledger
    ) throws -> TillPlace {
        try #require(
            TillPlace(
                outlet: outlet, terminal: terminal, platformID: platformID, category: category,
                region: LedgerCode(region)))
    }

    func pack(
        ledger: UInt32 = ledger, sequence: UInt64 = 1, issuedAt: Int64 = seconds - 300, keys: KeyList? = nil,
        revocations: RevocationList? = nil, place: TillPlace? = nil, programmes: [TillProgramme]? = nil,
        policy: TokenPolicy = TokenPolicy()
    ) throws -> TillPack {
        try #require(
            TillPack(
                ledger: ledger, sequence: sequence, issuedAt: issuedAt,
                keyList: (keys ?? self.keys()).signed(by: listKey),
                revocationList: (revocations ?? self.revocations()).signed(by: listKey),
                place: place ?? self.place(), programmes: programmes ?? SampleTill.programmes(),
                policy: policy))
    }

    static func programmes(
        _ change: (inout RuleConditions) -> Void = { _ in }
    ) throws -> [TillProgramme] {
        var share = ProgrammeRule()
        share.kind = .percentage
        share.faces = [Amount(fen: 5_000)]
        share.rate = Ratio(basisPoints: 3_000)
        share.validity = Instant.day
        var fixed = ProgrammeRule()
        fixed.faces = [Amount(fen: 3_000)]
        fixed.threshold = Amount(fen: 10_000)
        fixed.validity = Instant.day
        fixed.ratios = [CategoryRatio(category: "书店", channel: "网店", ratio: Ratio(basisPoints: 1_000))]
        fixed.conditions.hours = DailyHours(from: 9 * 60, to: 21 * 60)
        fixed.conditions.weekdays = [1, 2, 3, 4, 5]
        fixed.conditions.categories = ["书店", "剧场"]
        fixed.conditions.outlets = ["BJ-0007"]
        fixed.conditions.regions = [LedgerCode(370_000)]
        fixed.conditions.until = now.adding(Instant.day)
        change(&fixed.conditions)
        return [
            try #require(TillProgramme(number: percentage, rule: share)),
            try #require(TillProgramme(number: threshold, rule: fixed)),
        ]
    }

    // MARK: What residents show

    /// What a phone shows; each credential has a phone of its own.
    func shown(
        credential id: UInt64 = 100, voucher: UInt32? = nil, programme: UInt32 = percentage,
        cap: UInt32 = 20_000, counter: UInt32 = 1, amount: UInt32 = 5_000, outlet: UInt32 = outlet,
        at instant: Instant = now, issuedAt: Int64 = seconds - 3_600, life: Int64 = week
    ) throws -> PresentedCredential {
        let scalar = [1] + [UInt8](repeating: UInt8(truncatingIfNeeded: id), count: 31)
        let phone = try #require(P256PrivateKey(scalar: scalar))
        let reference = try #require(
            VoucherReference(ledger: SampleTill.ledger, number: voucher ?? UInt32(id)))
        let credential = try #require(
            VoucherCredential(
                voucher: reference,
                programme: programme, id: TokenID(id), device: DeviceKey(phone.publicKey), cap: cap,
                issuedAt: issuedAt, expiry: issuedAt + life))
        let slot = TimeSlot(at: instant.microseconds / Instant.second)
        return PresentedCredential(
            SignedClaims(signing: credential, by: issuer),
            Presentation(counter: counter, slot: slot, amount: amount, outlet: outlet), by: .es256(phone))
    }
}

extension Till {
    /// Sells with the bill, the order and the channel that most tests have.
    @discardableResult
    func sell(
        _ shown: PresentedCredential, bill: Int64 = 10_000, order: String = "A-1", channel: String = "门店",
        details: [UInt8] = [], now: Instant = SampleTill.now
    ) throws(TillRefusal) -> TillSale {
        try sell(
            shown.text, bill: Amount(fen: bill), order: order, channel: channel, details: details, now: now)
    }
}

extension SampleTill {
    /// What a till may say of a sale with this bill in fen: so many items, of which the first has cost all of it.
    static func details(bill: Int64 = 10_000, items: Int = 1, receipt: String = "RECEIPT") -> [UInt8] {
        let details = SaleDetails.with {
            $0.receipt = receipt
            $0.items = (0..<items).map { index in
                .with {
                    $0.name = String(repeating: "x", count: 64)
                    $0.paid = Amount(fen: index == 0 ? bill : 0)
                    $0.listed = $0.paid
                }
            }
        }
        return details.cborBytes
    }
}
