package import LedgerDomain
package import StatementFormats

/// Finds what thresholds tell in a period's facts. The same facts and thresholds give the same findings.
package struct RiskScan: Sendable {
    private let ledger: LedgerCode
    private let facts: RiskFacts
    /// Whoever is close to which merchants.
    private let relations: [Pseudonym: Set<MerchantID>]

    package init(ledger: LedgerCode, facts: RiskFacts, relations: [Pseudonym: Set<MerchantID>]) {
        (self.ledger, self.facts, self.relations) = (ledger, facts, relations)
    }

    /// What is found by all rules, the earliest first.
    package func findings(_ rules: RiskRules) -> [RiskFinding] {
        rules.rules.flatMap(findings).sorted { ($0.from, $0.id) < ($1.from, $1.id) }
    }

    private func findings(_ rule: RiskRules.Rule) -> [RiskFinding] {
        switch rule.signal {
        case .residentVelocity: bursts(rule) { .resident($0.person) }
        case .deviceVelocity: bursts(rule) { $0.terminal == .none ? nil : .terminal($0.terminal) }
        case .outletVelocity: bursts(rule) { .outlet($0.outlet) }
        case .cashierVelocity: bursts(rule) { sale in sale.cashier.map { .cashier(sale.outlet, $0) } }
        case .splitSales: bursts(rule) { .residentAt($0.person, $0.outlet) }
        case .oddHours: days(rule) { rule.hours.contains(minute: $0.mark.instant.minuteOfDay) }
        case .thresholdHugging:
            days(rule, among: { $0.threshold > .zero }) { $0.bill - $0.threshold <= rule.margin }
        case .expiryBurst:
            days(rule) { $0.mark.instant.adding(rule.within) >= $0.expiry }
        case .abovePrice: prices(rule)
        case .oneCollector: collectors(rule)
        case .ownShop: ownShops(rule)
        }
    }

    /// Redemptions of one subject that come closer together than the rule allows; overlapping ones are one.
    private func bursts(
        _ rule: RiskRules.Rule, of subject: (RiskSale) -> RiskSubject?
    ) -> [RiskFinding] {
        var marks: [RiskSubject: [RiskMark]] = [:]
        for sale in facts.sales {
            if let subject = subject(sale) { marks[subject, default: []].append(sale.mark) }
        }
        return marks.flatMap { subject, marks in
            marks.bursts(of: rule.count, within: rule.within).map { burst in
                RiskFinding(
                    rule, subject, burst, named: burst[0].day, key: String(burst[0].event), in: ledger)
            }
        }
    }

    /// Outlets' days on which so many redemptions, and so large a part of them, are as the rule says.
    private func days(
        _ rule: RiskRules.Rule, among counts: (RiskSale) -> Bool = { _ in true },
        _ matches: (RiskSale) -> Bool
    ) -> [RiskFinding] {
        var tallies: [OutletDay: (marks: [RiskMark], total: Int)] = [:]
        for sale in facts.sales where counts(sale) {
            let key = OutletDay(outlet: sale.outlet, day: sale.mark.day)
            tallies[key, default: ([], 0)].total += 1
            if matches(sale) { tallies[key]?.marks.append(sale.mark) }
        }
        return tallies.compactMap { key, tally in
            let part = tally.marks.count * Int(Ratio.whole.basisPoints)
            guard tally.marks.count >= rule.count,
                part >= tally.total * Int(rule.share.basisPoints)
            else { return nil }
            return finding(rule, key, tally.marks, of: tally.total)
        }
    }

    /// Outlets' days with sales above the listed price, refused or offline, or far above what others take for the same thing.
    private func prices(_ rule: RiskRules.Rule) -> [RiskFinding] {
        var marks: [OutletDay: Set<RiskMark>] = [:]
        for above in facts.abovePrices {
            marks[OutletDay(outlet: above.outlet, day: above.mark.day), default: []].insert(above.mark)
        }
        for (_, prices) in Dictionary(grouping: facts.prices, by: \.item) {
            for (merchant, own) in Dictionary(grouping: prices, by: \.mark.merchant) {
                let others = prices.filter { $0.mark.merchant != merchant }.map(\.paid).sorted()
                // What two others take may be chance.
                guard others.count >= 3 else { continue }
                let usual = others[others.count / 2]
                let limit = usual + rule.share.of(usual)
                for price in own where price.paid > limit {
                    marks[OutletDay(outlet: price.outlet, day: price.mark.day), default: []]
                        .insert(price.mark)
                }
            }
        }
        return marks.compactMap { key, marks in
            marks.count < rule.count ? nil : finding(rule, key, marks.sorted { $0.event < $1.event })
        }
    }

    /// Whoever takes the vouchers of many people in one month.
    private func collectors(_ rule: RiskRules.Rule) -> [RiskFinding] {
        let groups = Dictionary(grouping: facts.collected) {
            SubjectMonth(subject: $0.collector, month: $0.mark.day.firstOfMonth)
        }
        return groups.compactMap { key, collected in
            let people = Set(collected.map(\.person)).count
            guard people >= rule.count else { return nil }
            return RiskFinding(
                rule, key.subject, collected.map(\.mark), named: key.month, key: key.month.text,
                count: people, in: ledger)
        }
    }

    /// Whoever redeems at a merchant that they are close to, in one month.
    private func ownShops(_ rule: RiskRules.Rule) -> [RiskFinding] {
        var marks: [SubjectMonth: [RiskMark]] = [:]
        for sale in facts.sales where relations[sale.person]?.contains(sale.mark.merchant) == true {
            let subject = RiskSubject.residentOf(sale.person, sale.mark.merchant)
            marks[SubjectMonth(subject: subject, month: sale.mark.day.firstOfMonth), default: []]
                .append(sale.mark)
        }
        return marks.compactMap { key, marks in
            guard marks.count >= rule.count else { return nil }
            return RiskFinding(
                rule, key.subject, marks, named: key.month, key: key.month.text, in: ledger)
        }
    }

    private func finding(
        _ rule: RiskRules.Rule, _ key: OutletDay, _ marks: [RiskMark], of total: Int = 0
    ) -> RiskFinding {
        RiskFinding(
            rule, .outlet(key.outlet), marks, named: key.day, key: key.day.text, of: total, in: ledger)
    }

    private struct OutletDay: Hashable {
        var outlet: OutletID
        var day: BusinessDay
    }

    private struct SubjectMonth: Hashable {
        var subject: RiskSubject
        var month: BusinessDay
    }
}

extension [RiskMark] {
    /// Stretches in which every mark is one of `count` that lie within so many microseconds.
    func bursts(of count: Int, within window: Int64) -> [[RiskMark]] {
        let marks = sorted { ($0.instant, $0.event) < ($1.instant, $1.event) }
        var found: [[RiskMark]] = []
        var end = 0
        for last in marks.indices where last + 1 >= count {
            let first = last + 1 - count
            guard marks[last].instant.microseconds - marks[first].instant.microseconds <= window else {
                continue
            }
            if first < end, !found.isEmpty {
                found[found.count - 1] += marks[end...last]
            } else {
                found.append([RiskMark](marks[first...last]))
            }
            end = last + 1
        }
        return found
    }
}
