import CBOR
import LedgerDomain

/// Something that was bought with a voucher, for counting by month.
struct ModelPurchase: Sendable {
    var programme: ProgrammeID
    var holder: Pseudonym
    var year: Int
    var month: Int
    var code: String
    var quantity: Int
    /// Whether the rule of the voucher limited titles, and people.
    var limitsTitles: Bool
    var limitsPeople: Bool
}

// What may be bought: catalogues and their limits.
extension ReferenceModel {
    /// What is wrong with the things that a rule names.
    func misnamed(_ rule: ProgrammeRule) -> [(Refusal, Bool)] {
        guard let goods = rule.goods else { return [] }
        guard let catalogue = catalogues[goods.catalogue] else { return [(.catalogueUnknown, true)] }
        let odd = goods.items.contains { code in !catalogue.contains { $0.code == code } }
        let kinds = catalogue.map(\.category)
        return [(.catalogueLacks, odd || goods.adultsOnly.contains { !kinds.contains($0) })]
    }

    mutating func predict(_ asked: PublishCatalogue) throws(Refusal) -> NoFields {
        let isOdd =
            asked.items.isEmpty || asked.items.count > 500
            || Set(asked.items.map(\.code)).count != asked.items.count || asked.cborBytes.count > 60_000
            || asked.items.contains {
                !fits($0.code, 64) || !fits($0.name) || !fits($0.category)
                    || !(0...100_000_000_000_000).contains($0.listed.fen)
            }
        try refuse([
            (.textOutOfRange, !fits(asked.name)), (.catalogueInvalid, isOdd),
            (.cataloguePublished, catalogues[asked.name] != nil),
        ])
        catalogues[asked.name] = asked.items
        return NoFields()
    }

    /// What speaks against the things that are bought.
    func unwanted(_ use: ModelUse, _ voucher: ModelVoucher, _ batch: ModelBatch) -> [(Refusal, Bool)] {
        guard let goods = batch.rule.goods else { return [] }
        let items = use.details?.items ?? []
        guard !items.isEmpty else { return [(.itemsRequired, true)] }
        let catalogue = catalogues[goods.catalogue] ?? []
        let known = items.map { item in catalogue.first { $0.code == item.code } }
        guard !known.contains(nil) else { return [(.itemUnknown, true)] }
        let isMinor = minors[voucher.holder].map { self.now < $0 } ?? false
        let date = today.civil
        let past = purchases.filter { $0.year == date.year && $0.month == date.month }
        func bought(_ code: String) -> Int {
            items.filter { $0.code == code }.reduce(0) { $0 + Int($1.quantity) }
                + past.filter { $0.limitsTitles && $0.programme == batch.programme && $0.code == code }
                .reduce(0) { $0 + $1.quantity }
        }
        let mine = past.filter { $0.limitsPeople && $0.holder == voucher.holder }
            .reduce(0) { $0 + $1.quantity }
        let wanted = items.reduce(0) { $0 + Int($1.quantity) }
        return [
            (
                .itemExcluded,
                !goods.items.isEmpty && items.contains { !goods.items.contains($0.code ?? "") }
            ),
            (.listedPriceDiffers, zip(items, known).contains { $0.listed != $1?.listed }),
            (
                .minorsExcluded,
                isMinor && known.contains { goods.adultsOnly.contains($0?.category ?? "") }
            ),
            (
                .titleMonthLimit,
                goods.titleMonth.map { limit in
                    items.contains { bought($0.code ?? "") > Int(limit) }
                } ?? false
            ),
            (.personMonthLimit, goods.personMonth.map { mine + wanted > Int($0) } ?? false),
        ]
    }

    mutating func countGoods(_ use: ModelUse, _ voucher: ModelVoucher) {
        guard let batch = batches[voucher.batch], let goods = batch.rule.goods else { return }
        let date = today.civil
        for item in use.details?.items ?? [] {
            purchases.append(
                ModelPurchase(
                    programme: batch.programme, holder: voucher.holder, year: date.year, month: date.month,
                    code: item.code ?? "", quantity: Int(item.quantity),
                    limitsTitles: goods.titleMonth != nil,
                    limitsPeople: goods.personMonth != nil))
        }
    }
}
