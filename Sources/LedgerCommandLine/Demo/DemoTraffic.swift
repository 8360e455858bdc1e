import LedgerDomain
import StatementFormats

/// What residents and tills do, as the files a platform would hand over.
struct DemoTraffic {
    let registry: DemoRegistry
    var random: DemoRandom
    private var orders = 0
    /// Makes the token that a resident shows at an instant.
    var mint: (VoucherID, Instant) throws -> String = { id, _ in id.text(in: DemoPlan.county) }

    init(_ registry: DemoRegistry, _ random: DemoRandom) {
        self.registry = registry
        self.random = random
    }

    /// A drop in which three ask for every voucher: each line another resident, within seconds.
    mutating func claims(
        of batch: String, quota: Int, at day: BusinessDay, tag: String, directed: Bool = false
    ) -> String {
        var writer = CSVWriter(header: ClaimFile.Column.header)
        var people = registry.people
        people.shuffle(using: &random)
        let asking = min(directed ? quota : quota * 3, people.count)
        let opening = day.start.adding(10 * Instant.hour)
        for index in 0..<asking {
            let time = opening.adding(Int64(index) * 30_000_000 / Int64(asking))
            let row: [CSVField] = [
                .text(time.text), .text("\(tag)-\(index)"), .text(people[index]), .text(batch),
                .text(directed ? "issue" : "claim"), .text(""), .text(""),
                .text(directed ? "counter" : "wechat"),
            ]
            writer.append(row)
            // A lost reply: the same claim with the same key comes again.
            if random.happens(2) { writer.append(row) }
        }
        return writer.text
    }

    /// What becomes of the vouchers of one drop at the tills.
    mutating func orders(_ vouchers: [VoucherView], tag: String) throws -> String {
        var lines: [(Instant, [CSVField])] = []
        for voucher in vouchers { try use(voucher, tag, &lines) }
        var writer = CSVWriter(header: OrderFile.Column.header)
        for (_, line) in lines.enumerated().sorted(by: {
            ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
        })
        .map(\.element) { writer.append(line) }
        return writer.text
    }

    /// A voucher as the traffic sees it.
    struct VoucherView {
        var id: VoucherID
        var face: Amount
        var issuedAt: Instant
        var booksOnly: Bool
    }

    private mutating func use(
        _ voucher: VoucherView, _ tag: String, _ lines: inout [(Instant, [CSVField])]
    ) throws {
        guard random.happens(72) else { return }
        let shops = registry.shops.filter { !voucher.booksOnly || $0.category == "图书" }
        let shop = shops[random.below(shops.count)]
        let other = shops[random.below(shops.count)]
        let bill = bill(for: voucher, shop.category)
        let time = voucher.issuedAt.adding(
            Int64(1 + random.below(46)) * Instant.hour + Int64(random.below(3600)) * Instant.second)
        orders += 1
        let (order, key) = ("\(tag)-\(padded(orders, to: 6))", "\(tag)-k\(orders)")
        let token = try mint(voucher.id, time.adding(-20 * Instant.second))
        func sale(
            _ action: String, _ shop: DemoRegistry.Shop, _ order: String, _ key: String, _ time: Instant
        )
            -> (Instant, [CSVField])
        {
            (
                time,
                [
                    .text(time.text), .text(key), .text(action), .text(token), .text(shop.platformID),
                    .text(shop.terminals[0]), .amount(bill), .text(channel(shop.category)), .text(order),
                ]
            )
        }
        func follow(_ action: String, _ bill: Amount?, _ key: String, _ time: Instant) -> (
            Instant, [CSVField]
        ) {
            (
                time,
                [
                    .text(time.text), .text(key), .text(action), .text(""), .text(shop.platformID), .text(""),
                    bill.map { .amount($0) } ?? .text(""), .text(""), .text(order),
                ]
            )
        }
        switch random.below(100) {
        case 0..<8:
            lines.append(sale("authorise", shop, order, key, time))
            lines.append(follow("capture", nil, key + "c", time.adding(90 * Instant.second)))
        case 8..<10:
            lines.append(sale("authorise", shop, order, key, time))
            lines.append(follow("void", nil, key + "v", time.adding(60 * Instant.second)))
        case 10..<12:
            // Two tills at the same moment: one is told that the voucher has been used.
            lines.append(sale("redeem", shop, order, key, time))
            lines.append(sale("redeem", other, order + "x", key + "x", time.adding(Instant.second / 5)))
        case 12..<14:
            let line = sale("redeem", shop, order, key, time)
            lines += [line, (time.adding(2 * Instant.second), line.1)]
        case 14..<17:
            lines.append(sale("redeem", shop, order, key, time))
            let part = random.happens(50) ? nil : Amount(fen: bill.fen / 2)
            lines.append(follow("refund", part, key + "r", time.adding(3 * Instant.hour)))
        default:
            lines.append(sale("redeem", shop, order, key, time))
        }
    }

    /// A bill around what the voucher is worth at the category's ratio; a few are too small for any subsidy.
    private mutating func bill(for voucher: VoucherView, _ category: String) -> Amount {
        if random.happens(2) { return Amount(fen: voucher.booksOnly ? 1_500 : 4) }
        let share: Int64 = voucher.booksOnly ? 30 : category == "演出" ? 50 : 20
        let whole = voucher.face.fen * 100 / share
        return Amount(fen: whole * Int64(60 + random.below(120)) / 100)
    }

    private mutating func channel(_ category: String) -> String {
        if category == "电影" || category == "展览" { return DemoPlan.online }
        return category == "景区" && random.happens(40) ? "云闪付" : "counter"
    }
}
