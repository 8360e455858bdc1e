/// A calendar month in Asia/Shanghai, counted from year 0.
package struct Month: Hashable, Sendable, Codable {
    package var number: Int32

    package init(of day: BusinessDay) {
        let date = day.civil
        number = Int32(date.year * 12 + date.month - 1)
    }
}

/// One title in one programme and month.
package struct TitleMonth: Hashable, Sendable, Codable {
    package var programme: ProgrammeID
    package var code: String
    package var month: Month
}

/// One person in one month.
package struct PersonMonth: Hashable, Sendable, Codable {
    package var person: PersonID
    package var month: Month
}

extension LedgerState {
    /// Why a rule cannot name what it names, or `nil`: its catalogue has been published and has its codes and categories.
    func catalogueRefusal(of rule: ProgrammeRule) -> Refusal? {
        guard let goods = rule.goods else { return nil }
        guard let items = catalogues.first(where: { $0.name == goods.catalogue })?.items else {
            return .catalogueUnknown
        }
        let categories = Set(items.values.map(\.category))
        let isThere =
            goods.items.allSatisfy { items[$0] != nil } && goods.adultsOnly.allSatisfy(categories.contains)
        return isThere ? nil : .catalogueLacks
    }

    /// Why what is bought is not paid for, or `nil`; in order of precedence.
    func goodsRefusal(of sale: Sale, _ voucher: Voucher, _ goods: RuleGoods, at instant: Instant) -> Refusal?
    {
        guard let items = sale.details?.items, !items.isEmpty else { return .itemsRequired }
        let catalogue = catalogues.first { $0.name == goods.catalogue }?.items ?? [:]
        let known = items.compactMap { item in item.code.flatMap { catalogue[$0] } }
        guard known.count == items.count else { return .itemUnknown }
        guard goods.items.isEmpty || known.allSatisfy({ goods.items.contains($0.code) }) else {
            return .itemExcluded
        }
        guard zip(items, known).allSatisfy({ $0.listed == $1.listed }) else { return .listedPriceDiffers }
        if let grown = minors[people[voucher.person].pseudonym], instant < grown,
            known.contains(where: { goods.adultsOnly.contains($0.category) })
        {
            return .minorsExcluded
        }
        let month = Month(of: businessDay(of: instant))
        let programme = batches[voucher.batch].programme
        if let limit = goods.titleMonth {
            for item in known {
                let wanted = items.reduce(0) { $0 + ($1.code == item.code ? Int($1.quantity) : 0) }
                let key = TitleMonth(programme: programme, code: item.code, month: month)
                if Int(titles[key] ?? 0) + wanted > Int(limit) { return .titleMonthLimit }
            }
        }
        if let limit = goods.personMonth {
            let key = PersonMonth(person: voucher.person, month: month)
            if Int(personMonths[key] ?? 0) + sale.copies > Int(limit) { return .personMonthLimit }
        }
        return nil
    }

    /// Counts what was bought where a rule limits it.
    mutating func count(_ details: SaleDetails?, _ id: VoucherID, on day: BusinessDay) {
        let voucher = vouchers[id]
        let batch = batches[voucher.batch]
        guard let goods = rule(of: batch).goods, let items = details?.items else { return }
        let month = Month(of: day)
        for item in items {
            if goods.titleMonth != nil, let code = item.code {
                titles[TitleMonth(programme: batch.programme, code: code, month: month), default: 0] +=
                    item.quantity
            }
            if goods.personMonth != nil {
                personMonths[PersonMonth(person: voucher.person, month: month), default: 0] += item.quantity
            }
        }
    }
}

extension Sale {
    /// How many things are bought.
    fileprivate var copies: Int { (details?.items ?? []).reduce(0) { $0 + Int($1.quantity) } }
}
