import CBOR
import LedgerDomain

// Catalogues, and what is bought of them.
extension CommandGenerator {
    private var codes: [String] { ["书-1", "书-2", "片-1", "碟-1"] }

    mutating func publishCatalogue(_ model: ReferenceModel) -> PublishCatalogue {
        let count = chance(970) ? Int(number(2...4)) : 0
        let isOdd = chance(50)
        let items = codes.prefix(count).map { code -> CatalogueItem in
            .with {
                ($0.code, $0.name) = (code, "商品")
                $0.category = code == "碟-1" ? "成人" : "图书"
                $0.listed = Amount(fen: isOdd ? -1 : 2_000)
            }
        }
        return .with {
            $0.name = text("目录\(model.catalogues.count - (chance(250) ? 1 : 0))")
            $0.items = items
        }
    }

    mutating func ruleGoods(_ model: ReferenceModel) -> RuleGoods? {
        guard chance(200) else { return nil }
        let name = model.catalogues.keys.sorted().randomElement(using: &random) ?? "目录0"
        let known = model.catalogues[name] ?? []
        let (first, disc) = (known.first?.code ?? "书-1", known.last?.code ?? "碟-1")
        let kind = known.last?.category ?? "成人"
        return .with {
            $0.catalogue = name
            $0.items = chance(300) ? first == disc ? [first] : [first, chance(950) ? disc : "碟-1"] : []
            $0.adultsOnly = chance(500) ? [chance(950) ? kind : "成人"] : []
            $0.titleMonth = chance(400) ? pick([1, 1, 3, 0]) : nil
            $0.personMonth = chance(700) ? pick([1, 1, 2]) : nil
        }
    }

    /// What fits a rule that wants its items named: mostly things of its catalogue that make up the bill.
    mutating func goods(_ bill: Amount, _ rule: ProgrammeRule?, _ model: ReferenceModel) -> [SaleItem]? {
        guard let goods = rule?.goods, chance(940), bill > .zero, bill <= .limit else { return nil }
        let known = model.catalogues[goods.catalogue] ?? []
        let code = chance(950) ? pick(known)?.code ?? "书-1" : pick(codes) ?? "书-1"
        let listed = known.first { $0.code == code }?.listed.fen ?? 2_000
        return [
            .with {
                ($0.name, $0.code) = ("商品", chance(980) ? code : nil)
                $0.listed = Amount(fen: chance(960) ? listed : listed + 1)
                $0.paid = bill
            }
        ]
    }
}
