import LedgerDomain

// Programme rules of every kind, most of them with few conditions so that some sale fits.
extension CommandGenerator {
    mutating func rule(_ model: ReferenceModel) -> ProgrammeRule {
        var rule = ProgrammeRule()
        let kind = number(0...999)
        if kind < 600 {
            rule.kind = kind < 380 ? .threshold : .balance
            if rule.kind == .balance, chance(500) {
                rule.topUp = Amount(fen: pick([20_000, 1_000]) ?? 1_000)
            }
            rule.faces =
                pick([[1_000, 3_000, 5_000], [3_000], [333, 1_000], [1], [2_000, 100_000_000]])
                .map { $0.map { Amount(fen: $0) } } ?? []
            rule.threshold = Amount(fen: pick([0, 5_000, 10_000]) ?? 0)
            if rule.kind == .threshold, chance(200) {
                rule.threshold = .zero
                rule.thresholds = rule.faces.map { Amount(fen: $0.fen * 3) }
            }
        } else if kind < 780 {
            rule.kind = .count
            let uses = number(1...4)
            rule.uses = UInt32(uses)
            rule.faces = [Amount(fen: uses * (pick([3_000, 333, 8_000, 1]) ?? 1))]
        } else {
            rule.kind = .percentage
            rule.faces = [Amount(fen: pick([3_000, 2_500, 10_000]) ?? 3_000)]
            rule.rate = Ratio(
                basisPoints: chance(950) ? pick([3_000, 2_000, 5_000, 3_333, 10_000]) ?? 3_000 : 1)
        }
        if chance(350) {
            rule.step = min(
                Amount(fen: chance(950) ? pick([500, 100, 7]) ?? 100 : 3_000), rule.faces.max() ?? .zero)
        }
        if chance(100), rule.kind == .threshold || rule.kind == .count {
            rule.wholeOnly = true
            rule.step = Amount(fen: 1)
        }
        if chance(400) { rule.ratios = ratios() }
        if chance(250) { rule.minimumOwnPayment = Amount(fen: pick([1, 100, 1_000]) ?? 1) }
        rule.claims = ruleClaims()
        rule.points = rulePoints(rule.claims)
        if chance(100) { rule.bothSides = true }
        rule.goods = ruleGoods(model)
        rule.conditions = conditions(model)
        rule.limits = limits(rule.faces)
        rule.refund = isPoor && chance(600) ? .reinstate : pick(RefundRule.allCases) ?? .forfeit
        rule.lapse = pick(LapseDestination.allCases) ?? .batch
        if chance(60) { spoil(&rule) }
        return rule
    }

    private mutating func ratios() -> [CategoryRatio] {
        (0..<number(1...3)).map { _ in
            CategoryRatio(
                category: chance(600) ? pick(categories) : nil, channel: chance(300) ? pick(channels) : nil,
                ratio: Ratio(basisPoints: pick([2_000, 3_000, 5_000, 3_333, 10_000]) ?? 5_000))
        }
    }

    private mutating func conditions(_ model: ReferenceModel) -> RuleConditions {
        var conditions = RuleConditions()
        let minute: Int64 = 60_000_000
        let day = 1440 * minute
        let short = [10 * minute, 60 * minute, 2 * day, 2 * day, 1]
        conditions.validity = chance(isPoor ? 800 : 350) ? 30 * day : pick(short) ?? day
        if chance(200) { conditions.from = clock.adding(number(-60...6_000) * minute) }
        if chance(150) { conditions.until = clock.adding(number(2_000...20_000) * minute) }
        if chance(100) {
            conditions.hours = pick([
                DailyHours(from: 480, to: 1_320), DailyHours(from: 1_320, to: 600),
                DailyHours(from: 0, to: 1_440), DailyHours(from: 600, to: 660),
            ])
        }
        if chance(80) { conditions.weekdays = pick([[1, 2, 3, 4, 5], [6, 7], [5]]) ?? [] }
        if chance(200) { conditions.categories = Array(categories.shuffled(using: &random).prefix(2)) }
        if chance(150) {
            conditions.outlets = Array(
                model.outlets.values.map(\.platformID).sorted().shuffled(using: &random).prefix(6))
        }
        if chance(200) { conditions.regions = [pick(regions) ?? LedgerCode(370_700)] }
        if chance(120) { conditions.ruralOnly = true }
        return conditions
    }

    private mutating func limits(_ faces: [Amount]) -> RuleLimits {
        let most = faces.max()?.fen ?? 1
        var limits = RuleLimits()
        if chance(300) { limits.personAmount = Amount(fen: most * (pick([1, 2, 3, 6]) ?? 1)) }
        if chance(300) { limits.personVouchers = pick([1, 2, 4, 8]) }
        if chance(300) { limits.personDay = pick([1, 2, 3]) }
        if chance(250) { limits.personMerchant = pick([1, 2, 5]) }
        if chance(250) { limits.merchantDay = Amount(fen: pick([most, 3 * most, 5 * most + 1]) ?? most) }
        limits.oneVoucherPerSale = chance(700)
        return limits
    }

    /// Makes a rule that cannot be meant.
    private mutating func spoil(_ rule: inout ProgrammeRule) {
        switch number(0...9) {
        case 0: rule.faces = []
        case 1: rule.rate = Ratio(basisPoints: pick([0, -1, 10_001]) ?? 0)
        case 2: rule.step = .zero
        case 3: rule.threshold = Amount(fen: -1)
        case 4: rule.conditions.validity = 0
        case 5: rule.conditions.weekdays = [0]
        case 6: rule.limits.personDay = 0
        case 7: rule.uses = pick([0, 3, 101, nil]) ?? nil
        case 3 where chance(500): rule.claims = RuleClaims()
        case 9: rule.thresholds = [Amount(fen: 1)]
        case 8: rule.kind = pick(ProgrammeRule.Kind.allCases) ?? .count
        default: rule.faces.append(Amount(fen: .max))
        }
    }
}
