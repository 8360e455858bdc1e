import CBOR
import Cryptography
import LedgerDomain
import OfflineTill
import RedemptionTokens
import Testing

@Suite("Sales at a till without a network")
struct TillSellTests {
    private let sample: SampleTill

    init() throws { sample = try SampleTill() }

    @Test("a sale says whose voucher it was, what the rule gave, and what is left to pay")
    func sale() throws {
        let till = try sample.enrol()
        let sale = try till.sell(try sample.shown(), bill: 9_999, details: [0xa0])
        #expect(sale.sequence == 1)
        #expect(sale.voucher.number == 100)
        #expect(sale.programme == SampleTill.percentage)
        #expect(sale.credential == TokenID(100))
        #expect(sale.counter == 1)
        #expect(sale.subsidy == Amount(fen: 2_999))
        #expect(sale.ownPaid == Amount(fen: 7_000))
        #expect(sale.order == "A-1")
        #expect(sale.channel == "门店")
        #expect(sale.occurredAt == SampleTill.now)
        #expect(till.pending == [sale])
        #expect(till.standing(ofOrder: "A-1") == .waiting(attempt: 0, isSent: false))
        #expect(till.standing(ofOrder: "A-2") == nil)
    }

    @Test("the rule's own ratio counts, by the till's category and the sale's channel")
    func ratio() throws {
        let till = try sample.enrol()
        let shown = try sample.shown(programme: SampleTill.threshold)
        #expect(try till.sell(shown, channel: "网店").subsidy == Amount(fen: 1_000))
    }

    @Test("no sale gives more than the phone signed")
    func signedAmount() throws {
        let till = try sample.enrol()
        #expect(try till.sell(try sample.shown(amount: 1_234)).subsidy == Amount(fen: 1_234))
    }

    @Test("the same code with the same sale gets the first answer, however late, and is recorded once")
    func retry() throws {
        let till = try sample.enrol()
        let shown = try sample.shown()
        let first = try till.sell(shown)
        let length = try sample.folder.bytes("till/journal").count
        // A day later the code has long expired, and the lists are too old.
        let later = SampleTill.now.adding(3 * Instant.day)
        #expect(try till.sell(shown, details: [1], now: later) == first)
        #expect(try sample.folder.bytes("till/journal").count == length)
        #expect(till.pending == [first])
    }

    @Test("the same code for another order, bill or channel is refused")
    func reusedCode() throws {
        let till = try sample.enrol()
        let shown = try sample.shown()
        try till.sell(shown)
        #expect(throws: TillRefusal.codeUsed) { try till.sell(shown, order: "A-2") }
        #expect(throws: TillRefusal.codeUsed) { try till.sell(shown, bill: 10_001) }
        #expect(throws: TillRefusal.codeUsed) { try till.sell(shown, channel: "网店") }
        #expect(till.pending.count == 1)
    }

    @Test("one counter with two different contents is refused, after the signature was verified")
    func reusedCounter() throws {
        let till = try sample.enrol()
        try till.sell(try sample.shown())
        let other = try sample.shown(amount: 4_000)
        #expect(throws: TillRefusal.counterReused) { try till.sell(other, order: "A-2") }
        #expect(throws: TillRefusal.counterReused) { try till.sell(other) }
        let forged = PresentedCredential(
            other.credential, other.presentation.claims, by: .es256(P256PrivateKey.random()))
        #expect(throws: TillRefusal.token(.presentationSignature)) { try till.sell(forged, order: "A-2") }
    }

    @Test("the same contents signed again are the same code")
    func signedAgain() throws {
        let till = try sample.enrol()
        let (first, second) = (try sample.shown(), try sample.shown())
        try #require(first != second)
        let sale = try till.sell(first)
        #expect(try till.sell(second) == sale)
        #expect(throws: TillRefusal.codeUsed) { try till.sell(second, order: "A-2") }
        try till.cancel(order: "A-1", now: SampleTill.now)
        #expect(throws: TillRefusal.cancelled) { try till.sell(second) }
        let expired = SampleTill.now.adding(Instant.hour)
        #expect(throws: TillRefusal.token(.presentationExpired)) { try till.sell(second, now: expired) }
    }

    @Test("a lower counter that was never seen is good: the phone was at another till before")
    func lowerCounter() throws {
        let till = try sample.enrol()
        try till.sell(try sample.shown(counter: 9))
        #expect(try till.sell(try sample.shown(counter: 2), order: "A-2").sequence == 2)
    }

    @Test("what a credential may spend is spent once at a till, by however many sales")
    func cap() throws {
        let till = try sample.enrol()
        #expect(try till.sell(try sample.shown(cap: 4_000, amount: 3_000)).subsidy == Amount(fen: 3_000))
        let second = try sample.shown(cap: 4_000, counter: 2, amount: 3_000)
        #expect(try till.sell(second, order: "A-2").subsidy == Amount(fen: 1_000))
        let third = try sample.shown(cap: 4_000, counter: 3, amount: 3_000)
        #expect(throws: TillRefusal.capSpent) { try till.sell(third, order: "A-3") }
        let another = try sample.shown(credential: 101, cap: 4_000, amount: 3_000)
        #expect(try till.sell(another, order: "A-3").subsidy == Amount(fen: 3_000))
    }

    @Test("an order number is good for one sale, and again when that was cancelled")
    func orders() throws {
        let till = try sample.enrol()
        try till.sell(try sample.shown())
        let second = try sample.shown(counter: 2)
        #expect(throws: TillRefusal.orderUsed) { try till.sell(second) }
        try till.cancel(order: "A-1", now: SampleTill.now)
        #expect(try till.sell(second).sequence == 2)
        #expect(throws: TillRefusal.cancelled) { try till.sell(try sample.shown()) }
    }

    @Test("a bill, an order number or a channel that the ledger would not take is refused here already")
    func texts() throws {
        let till = try sample.enrol()
        let shown = try sample.shown()
        for bill in [0, -1, Amount.limit.fen + 1] {
            #expect(throws: TillRefusal.rule(.amountOutOfRange)) { try till.sell(shown, bill: bill) }
        }
        for order in ["", "A\n", String(repeating: "单", count: 22)] {
            #expect(throws: TillRefusal.rule(.textOutOfRange)) { try till.sell(shown, order: order) }
        }
        for channel in ["", "\u{7f}", String(repeating: "x", count: 33)] {
            #expect(throws: TillRefusal.rule(.textOutOfRange)) { try till.sell(shown, channel: channel) }
        }
        let long = [UInt8](repeating: 0, count: BatchedSale.detailsLimit + 1)
        #expect(throws: TillRefusal.detailsTooLong) { try till.sell(shown, details: long) }
        #expect(till.pending.isEmpty)
        try till.sell(
            shown, order: String(repeating: "x", count: 64), details: SampleTill.details(items: 50))
    }

    @Test("what a till says of a sale must be what the ledger takes, for nobody can put it right later")
    func details() throws {
        let till = try sample.enrol()
        let shown = try sample.shown()
        func refusal(_ details: [UInt8]) -> TillRefusal? {
            do throws(TillRefusal) {
                _ = try till.sell(shown, details: details)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal([0xff]) == .rule(.textOutOfRange))
        #expect(refusal(SampleTill.details(receipt: "")) == .rule(.textOutOfRange))
        #expect(refusal(SampleTill.details(bill: 9_999)) == .rule(.itemsMismatch))
        let other = SaleDetails.with { $0.category = "另一类" }
        #expect(refusal(other.cborBytes) == .rule(.categoryMismatch))
        let cashier = SaleDetails.with { $0.cashier = "张三" }
        #expect(refusal(cashier.cborBytes) == .rule(.textOutOfRange))
        let dear = SaleDetails.with {
            $0.items = [.with { ($0.name, $0.paid, $0.listed) = ("x", Amount(fen: 10_000), Amount(fen: 1)) }]
        }
        #expect(refusal(dear.cborBytes) == .rule(.aboveListedPrice))
        #expect(till.pending.isEmpty)
        #expect(refusal(SampleTill.details()) == nil)
    }

    @Test("codes that only the ledger can take say so, and what is no code says what it is")
    func otherCodes() throws {
        let till = try sample.enrol()
        func refusal(_ text: String) -> TillRefusal? {
            do throws(TillRefusal) {
                _ = try till.sell(
                    text, bill: Amount(fen: 100), order: "A", channel: "门店", now: SampleTill.now)
                return nil
            } catch {
                return error
            }
        }
        let voucher = try #require(VoucherReference(ledger: SampleTill.ledger, number: 5))
        let online = OnlineToken(voucher: voucher, id: TokenID(1), issuedAt: SampleTill.seconds)
        #expect(
            refusal(SignedClaims(signing: online, by: sample.issuer).text) == .needsNetwork(.token))
        let paper = try #require(PaperVoucher(voucher: voucher, serial: 42))
        #expect(refusal(paper.text) == .needsNetwork(.paper))
        let typed = TypedCodeKey(SecretKey.random())
            .code(for: voucher, in: TimeSlot(at: SampleTill.seconds))
        #expect(refusal("\(typed)") == .needsNetwork(.typed))
        #expect(refusal("") == .unreadable(.empty))
        #expect(refusal("https://example.com") == .unreadable(.foreign))
        #expect(refusal("WH9:AAAA") == .unreadable(.unknownKind))
        #expect(refusal(try sample.shown().text.lowercased()) == .unreadable(.smallLetters))
        guard case .unreadable(.offline)? = refusal(String(try sample.shown().text.dropLast(3))) else {
            Issue.record("a code that was cut off is unreadable")
            return
        }
    }

    @Test("what the verifier refuses is refused with its word")
    func tokens() throws {
        let till = try sample.enrol()
        let now = SampleTill.seconds
        func expect(_ refusal: TokenRefusal, _ shown: PresentedCredential) {
            #expect(throws: TillRefusal.token(refusal)) { try till.sell(shown) }
        }
        expect(.otherOutlet, try sample.shown(outlet: 1_208))
        expect(.noAmount, try sample.shown(amount: 0))
        expect(.overCap, try sample.shown(cap: 100, amount: 101))
        expect(.overCap, try sample.shown(cap: 90_000, amount: 50_001))
        expect(.credentialExpired, try sample.shown(life: 3_594))
        expect(.credentialTooEarly, try sample.shown(issuedAt: now + 3_600))
        // A phone whose clock was set back or ahead.
        expect(.presentationExpired, try sample.shown(at: SampleTill.now.adding(-Instant.hour)))
        expect(.presentationTooEarly, try sample.shown(at: SampleTill.now.adding(Instant.minute)))
        let good = try sample.shown()
        let stranger = PresentedCredential(
            credential: SignedClaims(
                signing: good.credential.claims, by: .ed25519(Ed25519PrivateKey.random())),
            presentation: good.presentation)
        expect(.keyUnknown, stranger)
        #expect(till.pending.isEmpty)
    }

    @Test("a revoked credential, voucher or key is refused from the next synchronisation on")
    func revoked() throws {
        let till = try sample.enrol()
        try till.sell(try sample.shown())
        let list = try sample.revocations(
            credentials: [100], vouchers: [101], sequence: 10, issuedAt: SampleTill.seconds)
        try till.sync(
            try sample.pack(sequence: 2, revocations: list).signed(by: sample.listKey), now: SampleTill.now)
        #expect(throws: TillRefusal.token(.credentialRevoked)) {
            try till.sell(try sample.shown(counter: 2), order: "A-2")
        }
        #expect(throws: TillRefusal.token(.voucherRevoked)) {
            try till.sell(try sample.shown(credential: 101), order: "A-2")
        }
        let keys = try sample.keys(.revoked(at: SampleTill.seconds), sequence: 5)
        try till.sync(
            try sample.pack(sequence: 3, keys: keys, revocations: list).signed(by: sample.listKey),
            now: SampleTill.now)
        #expect(throws: TillRefusal.token(.keyRevoked)) {
            try till.sell(try sample.shown(credential: 102), order: "A-2")
        }
    }

    @Test("what a key signed before it was retired is still good")
    func rotated() throws {
        let till = try sample.enrol()
        let keys = try sample.keys(.retired, sequence: 5)
        try till.sync(
            try sample.pack(sequence: 2, keys: keys).signed(by: sample.listKey), now: SampleTill.now)
        #expect(try till.sell(try sample.shown()).sequence == 1)
    }

    @Test("with lists that are too old nothing is sold, to the second")
    func staleLists() throws {
        let till = try sample.enrol()
        let until = till.status(now: SampleTill.now).sellsUntil
        #expect(until < SampleTill.now.adding(Instant.day))
        try till.sell(try sample.shown(at: until), now: until)
        let after = until.adding(1)
        #expect(throws: TillRefusal.token(.revocationListTooOld)) {
            try till.sell(try sample.shown(counter: 2, at: after), order: "A-2", now: after)
        }
        let late = SampleTill.now.adding(8 * Instant.day)
        #expect(throws: TillRefusal.token(.keyListTooOld)) {
            try till.sell(try sample.shown(counter: 2, at: late), order: "A-2", now: late)
        }
    }

    @Test("a clock behind the latest sale or the pack sells nothing, also after the till was opened again")
    func clockSetBack() throws {
        let skew = 5 * Instant.second
        let signed = SampleTill.now.adding(-300 * Instant.second)
        do {
            let till = try sample.enrol()
            #expect(throws: TillRefusal.clockSetBack) {
                try till.sell(try sample.shown(at: signed), now: signed.adding(-skew - 1))
            }
            try till.sell(try sample.shown(at: signed), now: signed.adding(-skew))
            try till.sell(try sample.shown(counter: 2), order: "A-2")
            // A wrong clock at a cancellation moves nothing.
            try till.cancel(order: "A-2", now: SampleTill.now.adding(1_000 * Instant.day))
        }
        let till = try Till(opening: sample.path)
        let third = try sample.shown(counter: 3)
        #expect(throws: TillRefusal.clockSetBack) {
            try till.sell(third, order: "A-3", now: SampleTill.now.adding(-skew - 1))
        }
        #expect(throws: TillRefusal.clockSetBack) {
            try till.sell(third, order: "A-3", now: Instant(microseconds: .min))
        }
        #expect(throws: TillRefusal.token(.keyListTooOld)) {
            try till.sell(third, order: "A-3", now: Instant(microseconds: .max))
        }
        try till.sell(third, order: "A-3", now: SampleTill.now.adding(-skew))
    }

    @Test("a clock cannot be set back little by little")
    func creepingClock() throws {
        let till = try sample.enrol()
        let skew = 5 * Instant.second
        try till.sell(try sample.shown())
        try till.sell(try sample.shown(counter: 2), order: "A-2", now: SampleTill.now.adding(-skew))
        #expect(throws: TillRefusal.clockSetBack) {
            try till.sell(
                try sample.shown(counter: 3), order: "A-3", now: SampleTill.now.adding(-skew - 1))
        }
    }

    @Test("the conditions of the programme's rule are checked at the till's place and time")
    func conditions() throws {
        func expect(_ refusal: Refusal, _ change: (inout RuleConditions) -> Void) throws {
            let other = try SampleTill()
            let till = try other.enrol(other.pack(programmes: SampleTill.programmes(change)))
            #expect(throws: TillRefusal.rule(refusal)) {
                try till.sell(try other.shown(programme: SampleTill.threshold))
            }
        }
        try expect(.notYetUsable) { $0.from = SampleTill.now.adding(1) }
        try expect(.voucherExpired) { $0.until = SampleTill.now }
        try expect(.outsideHours) { $0.hours = DailyHours(from: 13 * 60, to: 14 * 60) }
        try expect(.outsideWeekdays) { $0.weekdays = [6, 7] }
        try expect(.categoryExcluded) { $0.categories = ["剧场"] }
        try expect(.outletExcluded) { $0.outlets = ["BJ-0008"] }
        try expect(.regionExcluded) { $0.regions = [LedgerCode(371_000), LedgerCode(380_000)] }
    }

    @Test("a bill below the threshold, a subsidy of nothing and an unknown programme are refused")
    func rules() throws {
        let till = try sample.enrol()
        #expect(throws: TillRefusal.rule(.belowThreshold)) {
            try till.sell(try sample.shown(programme: SampleTill.threshold), bill: 9_999)
        }
        #expect(throws: TillRefusal.rule(.noSubsidy)) { try till.sell(try sample.shown(), bill: 3) }
        #expect(throws: TillRefusal.programmeUnknown) { try till.sell(try sample.shown(programme: 7)) }
        #expect(till.pending.isEmpty)
        try till.sell(try sample.shown(programme: SampleTill.threshold))
    }
}
