import CBOR
import LedgerDomain

// Phones, papers, and tills that upload late, twice, or what was spent elsewhere.
extension CommandGenerator {
    mutating func issueCredential(_ model: ReferenceModel) -> IssueCredential {
        let voucher = voucher(model)
        let left = model.left(in: voucher).reduce(0, +)
        let now = max(clock, model.now)
        let end = model.vouchers[voucher]?.expiry ?? now
        let second: Int64 = 1_000_000
        let lives = [end.microseconds - now.microseconds, 604_800 * second, 86_400 * second, 600 * second]
        let life = chance(900) ? lives.filter { $0 > 0 }.min() ?? second : pick(lives) ?? second
        let issued = chance(970) ? now : now.adding(pick([5 * second, 5 * second + 1, -second]) ?? 0)
        return .with {
            $0.voucher = voucher
            $0.id = chance(985) ? KeyID(random.next()) : key(model.credentials) ?? KeyID(1)
            $0.digest = Digest128(high: random.next(), low: 1)
            $0.cap = amount([left, left, left, left / 2, model.setting(.offlineCap)])
            $0.issuedAt = issued
            $0.expiry = issued.adding(chance(970) ? life : life + number(-1...1))
            $0.credential = Octets([UInt8](repeating: 7, count: chance(990) ? 190 : Int(number(0...1)) * 513))
        }
    }

    mutating func revokeCredential(_ model: ReferenceModel) -> RevokeCredential {
        .with { $0.id = chance(950) ? credential(model) : KeyID(random.next()) }
    }

    mutating func issuePaper(_ model: ReferenceModel) -> IssuePaper {
        let voucher = voucher(model)
        return .with {
            $0.voucher = voucher
            $0.commitment = Digest128(high: random.next(), low: 2)
        }
    }

    mutating func redeemOffline(_ model: ReferenceModel) -> RedeemOffline {
        let id = credential(model)
        let known = model.credentials[id]
        let voucher = known?.voucher ?? VoucherID(1)
        let now = max(clock, model.now)
        let again = chance(150) ? pick(known?.sales ?? []) : nil
        let (_, place, terminal) = place(model, using: voucher)
        let second: Int64 = 1_000_000
        let sold = soldAt(known, before: now)
        let lags = [-30 * second, 0, 30 * second]
        let slot = again?.slot ?? UInt32(max(0, (sold.microseconds + (pick(lags) ?? 0)) / (30 * second)))
        let cap = known?.cap ?? 1
        return .with {
            $0.voucher = chance(990) ? voucher : self.voucher(model)
            $0.outlet = again?.outlet ?? place
            $0.terminal = terminal
            $0.bill = bill(voucher, model)
            $0.channel = text(pick(channels) ?? "pos", 32)
            $0.order = order()
            $0.details = details($0.bill, model.outlets[$0.outlet]?.category)
            $0.id = chance(990) ? id : KeyID(3)
            $0.digest = chance(985) ? known?.digest ?? .zero : .zero
            $0.counter = again?.counter ?? UInt32(number(1...6))
            $0.slot = chance(985) ? slot : slot &+ 2
            $0.amount = again.map { Amount(fen: $0.amount) } ?? amount([cap, cap, cap, cap / 2])
            $0.occurredAt = sold
            $0.signature = Octets([UInt8](repeating: 9, count: chance(990) ? 64 : 63))
            $0.isOnline = chance(300)
            $0.given = chance(900) ? amount([cap]) : amount([$0.amount.fen, cap / 2])
        }
    }

    /// Mostly just now, or when it just was allowed; now and then a moment too early or too late.
    private mutating func soldAt(_ credential: ModelCredential?, before now: Instant) -> Instant {
        let second: Int64 = 1_000_000
        guard let credential else { return now }
        let edges = [
            credential.issuedAt.adding(-5 * second), credential.expiry.adding(5 * second),
            credential.revokedAt?.adding(86_400 * second) ?? now, now.adding(60 * second),
        ]
        if chance(100), let edge = pick(edges) { return edge.adding(number(-1...1)) }
        let last = min(now, credential.expiry.adding(-1))
        let age = max(0, last.microseconds - credential.issuedAt.microseconds)
        return last.adding(chance(600) ? 0 : -number(0...age))
    }

    /// Mostly one that can still be uploaded.
    private mutating func credential(_ model: ReferenceModel) -> KeyID {
        let now = max(clock, model.now)
        let live = key(model.credentials) { now < $0.holdUntil }
        return (chance(950) ? live : key(model.credentials)) ?? KeyID(2)
    }

    /// The paper of a voucher, seldom a wrong one.
    mutating func paper(_ voucher: VoucherID, _ model: ReferenceModel) -> Digest128? {
        let paper = model.vouchers[voucher]?.paper
        return chance(990) ? (chance(500) ? paper : nil) : Digest128(high: 1, low: random.next())
    }

    /// What a till says beyond the bill: mostly nothing, mostly right.
    mutating func details(
        _ bill: Amount, _ category: String?, at outlet: OutletID? = nil, _ model: ReferenceModel? = nil,
        under rule: ProgrammeRule? = nil
    ) -> SaleDetails? {
        if let model, let bought = goods(bill, rule, model) { return .with { $0.items = bought } }
        let show = session(at: outlet, model)
        guard show != nil || chance(150) else { return nil }
        let odd = bill.fen &+ number(-1...1)
        return .with {
            $0.session = show
            $0.branch = chance(500) ? text("中心店", 64) : nil
            $0.cashier = chance(500) ? (chance(985) ? "A-017" : "张") : nil
            $0.receipt = chance(500) ? fresh("小票") : nil
            $0.category = chance(500) ? (chance(900) ? category : pick(categories)) : nil
            guard chance(600), bill > .zero, bill <= .limit else { return }
            $0.items = [item(Amount(fen: chance(900) ? bill.fen : max(0, odd)))]
            if chance(5) { $0.items = Array(repeating: item(bill), count: 101) }
        }
    }

    private mutating func item(_ paid: Amount) -> SaleItem {
        let quantity: UInt32 = paid.fen % 2 == 0 && chance(500) ? 2 : 1
        let each = paid.fen / Int64(quantity)
        return .with {
            $0.name = text("图书", 64)
            $0.quantity = chance(990) ? quantity : 0
            $0.paid = Amount(fen: each)
            $0.listed = Amount(fen: chance(900) ? each : each + number(-1...1))
        }
    }
}
