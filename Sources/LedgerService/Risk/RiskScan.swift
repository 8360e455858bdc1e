package import LedgerDomain
package import StatementFormats

/// Finds what thresholds tell in a period's facts. The same facts and thresholds give the same findings.
///
/// What is told of a business day, or of a month, follows from what was sold within some days of it: which days are asked for
/// changes nothing but which findings are handed out.
package struct RiskScan: Sendable {
    private let ledger: LedgerCode
    private let facts: RiskFacts
    /// Whoever is close to which merchants.
    private let relations: [Pseudonym: Set<MerchantID>]

    package init(ledger: LedgerCode, facts: RiskFacts, relations: [Pseudonym: Set<MerchantID>]) {
        (self.ledger, self.facts, self.relations) = (ledger, facts, relations)
    }

    /// What is found of some days and of the months that they are in, the earliest first.
    package func findings(
        _ rules: RiskRules, from: BusinessDay, through: BusinessDay
    ) -> [RiskFinding] {
        rules.rules.flatMap { rule in
            findings(rule).filter { finding in
                let begin = rule.signal.isMonthly ? from.firstOfMonth : from
                return begin <= finding.day && finding.day <= through
            }
        }.sorted { ($0.from, $0.id) < ($1.from, $1.id) }
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
        case .expiryBurst: days(rule) { $0.mark.instant.adding(rule.within) >= $0.expiry }
        case .abovePrice: prices(rule)
        case .oneCollector: collectors(rule)
        case .ownShop: ownShops(rule)
        }
    }

    /// Days of one subject with redemptions that come closer together than the rule allows, also over midnight.
    private func bursts(
        _ rule: RiskRules.Rule, of subject: (RiskSale) -> RiskSubject?
    ) -> [RiskFinding] {
        var marks: [RiskSubject: [RiskMark]] = [:]
        for sale in facts.sales {
            if let subject = subject(sale) { marks[subject, default: []].append(sale.mark) }
        }
        return marks.flatMap { subject, marks in
            marks.bursts(of: rule.count, within: rule.within).map { day, burst in
                RiskFinding(rule, subject, burst, of: day, in: ledger)
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
            guard tally.marks.count >= rule.count, part >= tally.total * Int(rule.share.basisPoints) else {
                return nil
            }
            return RiskFinding(
                rule, .outlet(key.outlet), tally.marks, of: key.day, total: tally.total, in: ledger)
        }
    }

    /// Outlets' days with sales above the listed price, refused or offline, or far above what others take for the same
    /// thing in that month.
    private func prices(_ rule: RiskRules.Rule) -> [RiskFinding] {
        var marks: [OutletDay: Set<RiskMark>] = [:]
        for above in facts.abovePrices {
            marks[OutletDay(outlet: above.outlet, day: above.mark.day), default: []].insert(above.mark)
        }
        let items = Dictionary(grouping: facts.prices) {
            ItemMonth(item: $0.item, month: $0.mark.day.firstOfMonth)
        }
        for prices in items.values {
            for price in prices.above(rule.share) {
                let key = OutletDay(outlet: price.outlet, day: price.mark.day)
                marks[key, default: []].insert(price.mark)
            }
        }
        return marks.compactMap { key, marks in
            marks.count < rule.count
                ? nil : RiskFinding(rule, .outlet(key.outlet), Array(marks), of: key.day, in: ledger)
        }
    }

    /// Whoever takes the vouchers of many people in one month.
    private func collectors(_ rule: RiskRules.Rule) -> [RiskFinding] {
        let groups = Dictionary(grouping: facts.collected) {
            SubjectMonth(subject: $0.collector, month: $0.mark.day.firstOfMonth)
        }
        return groups.compactMap { key, collected in
            // Whoever takes part in two programmes is two to the ledger: they are counted where there are most.
            let people =
                Dictionary(grouping: collected, by: \.programme).values
                .map { Set($0.map(\.person)).count }.max() ?? 0
            guard people >= rule.count else { return nil }
            return RiskFinding(
                rule, key.subject, collected.map(\.mark), of: key.month, count: people, in: ledger)
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
            marks.count < rule.count
                ? nil : RiskFinding(rule, key.subject, marks, of: key.month, in: ledger)
        }
    }

    private struct OutletDay: Hashable {
        var outlet: OutletID
        var day: BusinessDay
    }

    private struct ItemMonth: Hashable {
        var item: String
        var month: BusinessDay
    }

    private struct SubjectMonth: Hashable {
        var subject: RiskSubject
        var month: BusinessDay
    }
}

extension RiskSignal {
    /// Whether it adds up over a month; the others are of one day.
    fileprivate var isMonthly: Bool { self == .oneCollector || self == .ownShop }
}

extension [RiskMark] {
    /// The days that have a mark of a stretch in which `count` marks lie within so many microseconds, each with all marks
    /// of such stretches.
    func bursts(of count: Int, within window: Int64) -> [BusinessDay: [RiskMark]] {
        let marks = sorted { ($0.instant, $0.event) < ($1.instant, $1.event) }
        let days = Set(marks.map(\.day))
        var found: [BusinessDay: (marks: [RiskMark], end: Int)] = [:]
        for last in marks.indices where last + 1 >= count {
            let first = last + 1 - count
            let (begin, end) = (marks[first], marks[last])
            guard end.instant.microseconds - begin.instant.microseconds <= window else { continue }
            for number in begin.day.days...Swift.max(begin.day, end.day).days {
                let day = BusinessDay(days: number)
                guard days.contains(day) else { continue }
                let known = found[day]?.end ?? 0
                found[day, default: ([], 0)].marks += marks[Swift.max(first, known)...last]
                found[day]?.end = last + 1
            }
        }
        return found.mapValues(\.marks)
    }
}

extension [RiskPrice] {
    /// Those that are more than a share above what other merchants usually take, their median; where three other sales
    /// are not there, nothing is usual.
    fileprivate func above(_ share: Ratio) -> [RiskPrice] {
        let all = sorted { ($0.paid, $0.mark.event) < ($1.paid, $1.mark.event) }
        var places: [MerchantID: [Int]] = [:]
        for (place, price) in all.enumerated() { places[price.mark.merchant, default: []].append(place) }
        return places.values.flatMap { own -> [RiskPrice] in
            let others = all.count - own.count
            guard others >= 3 else { return [] }
            // The median of the others, in the order of all: as far on as there are own ones before it.
            var median = others / 2
            for place in own where place <= median { median += 1 }
            let limit = all[median].paid + share.of(all[median].paid)
            return own.map { all[$0] }.filter { $0.paid > limit }
        }
    }
}
