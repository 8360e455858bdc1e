import LedgerDomain
import StatementFormats

/// Obviously fictional people, merchants and outlets of the demonstration (division 999900).
struct DemoRegistry {
    struct Seller {
        var creditCode: String
        var outlets: [String] = []
    }

    struct Shop {
        var platformID: String
        var category: String
        var merchant: Int
        var terminals: [String]
    }

    private(set) var people: [String] = []
    private(set) var sellers: [Seller] = []
    private(set) var shops: [Shop] = []

    init(_ plan: DemoPlan) {
        people = (0..<plan.residents).map(DemoRegistry.identityNumber)
        for index in 0..<plan.outlets {
            // Every third outlet is a merchant's second one.
            if index % 3 != 2 { sellers.append(Seller(creditCode: DemoRegistry.creditCode(sellers.count))) }
            let platformID = "ZC-\(padded(index + 1, to: 4))"
            let terminals = (1...(index % 2 + 1)).map { "T-\(padded(index + 1, to: 4))-\($0)" }
            let category = DemoPlan.categories[index % DemoPlan.categories.count]
            sellers[sellers.count - 1].outlets.append(platformID)
            shops.append(
                Shop(
                    platformID: platformID, category: category, merchant: sellers.count - 1,
                    terminals: terminals))
        }
    }

    var residentsFile: String {
        var writer = CSVWriter(header: ResidentFile.Column.header)
        for (index, number) in people.enumerated() {
            writer.append([
                .text("演练\(padded(index + 1, to: 5))号"), .text(number),
                .text("139\(padded(index + 1, to: 8))"),
            ])
        }
        return writer.text
    }

    var merchantsFile: String {
        var writer = CSVWriter(header: MerchantFile.Column.header)
        for (index, seller) in sellers.enumerated() {
            // The last three are paid through one agent (代理中介).
            let agent = index >= sellers.count - 3 ? DemoRegistry.creditCode(9_000) : ""
            let account = agent.isEmpty ? index : 9_000
            writer.append([
                .text(seller.creditCode), .text("演练商户\(padded(index + 1, to: 3))"), .text(agent),
                .text(agent.isEmpty ? "" : "演练文化消费代理有限公司"),
                .text("99990000\(padded(account, to: 8))"), .text("102458\(padded(account % 997, to: 6))"),
            ])
        }
        return writer.text
    }

    var outletsFile: String {
        let towns = ["密州街道", "龙都街道", "舜王街道", "枳沟镇", "贾悦镇", "石桥子镇", "相州镇", "昌城镇"]
        var writer = CSVWriter(header: OutletFile.Column.header)
        for (index, shop) in shops.enumerated() {
            let town = index % towns.count
            writer.append([
                .text(shop.platformID), .text(sellers[shop.merchant].creditCode),
                .text("演练\(shop.category)网点\(padded(index + 1, to: 3))"), .text(shop.category),
                .text("\(DemoPlan.county)"), .text(towns[town]), .text(town > 2 ? "是" : "否"),
                .text(index % 5 == 0 ? "诸城文化消费集聚区" : ""), .text(index % 7 == 0 ? "展销店" : ""),
            ])
        }
        return writer.text
    }

    var terminalsFile: String {
        var writer = CSVWriter(header: TerminalFile.Column.header)
        for shop in shops {
            for terminal in shop.terminals { writer.append([.text(terminal), .text(shop.platformID)]) }
        }
        return writer.text
    }

    private static func identityNumber(_ index: Int) -> String {
        let day = BusinessDay(days: Int32(1_000 + index % 12_000)).text.split(separator: "-").joined()
        let first17 = "999900\(day)\(padded(index / 12_000 * 50 + index % 50 + 1, to: 3))"
        return first17 + String(IdentityNumber.checkCharacter(of: first17) ?? "0")
    }

    private static func creditCode(_ index: Int) -> String {
        let first17 = "91999900MA\(padded(index + 1, to: 7))"
        return first17 + String(CreditCode.checkCharacter(of: first17) ?? "0")
    }
}
