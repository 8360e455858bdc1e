package import LedgerDomain

/// 风险阈值: from where on something is put on the risk list; from YAML. What a file leaves out is not looked for.
package struct RiskRules: Equatable, Sendable {
    /// A signal with its thresholds; what does not matter for it is zero.
    package struct Rule: Equatable, Sendable {
        package var signal: RiskSignal
        /// So many redemptions, refusals or, for one collector, people.
        package var count: Int
        /// Within so many microseconds; for vouchers about to expire, so long before.
        package var within: Int64 = 0
        /// The hours that are odd.
        package var hours = DailyHours(from: 0, to: 0)
        /// Bills at most so much above what is asked for.
        package var margin = Amount.zero
        /// At least so much of an outlet's redemptions of the day; for prices, so much above the usual one.
        package var share = Ratio.zero

        /// The keys that its file may have beside the signal and the count.
        var keys: [String] { Rule.keys(of: signal) }

        fileprivate static func keys(of signal: RiskSignal) -> [String] {
            switch signal {
            case .residentVelocity, .deviceVelocity, .outletVelocity, .cashierVelocity, .splitSales:
                ["within"]
            case .oddHours: ["hours"]
            case .thresholdHugging: ["margin", "share"]
            case .abovePrice: ["share"]
            case .oneCollector, .ownShop: []
            case .expiryBurst: ["within", "share"]
            }
        }
    }

    /// One for each signal that is looked for.
    package var rules: [Rule]

    package init(_ rules: [Rule]) { self.rules = rules }

    /// What holds where a county has written none.
    package static let usual = RiskRules([
        Rule(signal: .residentVelocity, count: 4, within: Instant.hour),
        Rule(signal: .deviceVelocity, count: 20, within: 10 * Instant.minute),
        Rule(signal: .outletVelocity, count: 60, within: 10 * Instant.minute),
        Rule(signal: .cashierVelocity, count: 20, within: 10 * Instant.minute),
        Rule(signal: .oddHours, count: 3, hours: DailyHours(from: 23 * 60, to: 6 * 60)),
        Rule(
            signal: .thresholdHugging, count: 20, margin: Amount(fen: 200), share: Ratio(basisPoints: 8_000)),
        Rule(signal: .splitSales, count: 3, within: 15 * Instant.minute),
        Rule(signal: .abovePrice, count: 3, share: Ratio(basisPoints: 5_000)),
        Rule(signal: .oneCollector, count: 10),
        Rule(signal: .ownShop, count: 1),
        Rule(
            signal: .expiryBurst, count: 20, within: Instant.day, share: Ratio(basisPoints: 8_000)),
    ])
}

extension RiskRules {
    /// Reads thresholds; what is wrong in them is told with its line.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let keys = document.mapping(root, ["risks"], required: ["risks"])
        rules = []
        for item in document.list(keys["risks"], "signal, count") {
            guard let rule = RiskRules.rule(item, &document) else { continue }
            if rules.contains(where: { $0.signal == rule.signal }) {
                document.fault(item, "\(rule.signal.rawValue) stands twice")
            }
            rules.append(rule)
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
    }

    /// A rule; what it leaves out is as usual.
    private static func rule(_ item: RuleValue, _ document: inout RuleDocument) -> Rule? {
        let known = ["within", "hours", "margin", "share"]
        let keys = document.mapping(item, ["signal", "count"] + known, required: ["signal"])
        let count = document.value(keys["count"], RuleDocument.whole(1...100_000))
        let within = document.value(keys["within"], Validity.init(entered:))
        let hours = document.value(keys["hours"], DailyHours.init(entered:))
        let margin = document.value(keys["margin"], Amount.init(entered:))
        let share = document.value(keys["share"], Ratio.init(entered:))
        guard let signal = document.value(keys["signal"], signal(entered:)),
            var rule = usual.rules.first(where: { $0.signal == signal })
        else { return nil }
        for key in known where keys[key] != nil && !rule.keys.contains(key) {
            document.fault(item, "has \(key), which \(signal.rawValue) does not take", allowed: rule.keys)
        }
        let longest: Int64 = signal == .expiryBurst ? 31 : 7
        if rule.keys.contains("within"), let within, within.microseconds > longest * Instant.day {
            document.fault(item, "looks over more than \(longest) days")
        }
        rule.count = count ?? rule.count
        rule.within = within?.microseconds ?? rule.within
        rule.hours = hours ?? rule.hours
        rule.margin = margin ?? rule.margin
        rule.share = share ?? rule.share
        return rule
    }

    private static func signal(entered text: String) throws(TextFault) -> RiskSignal {
        if let signal = RiskSignal(rawValue: text.lowercased()) { return signal }
        let allowed = RiskSignal.allCases.map(\.rawValue)
        throw TextFault(
            message: Suggestion.sentence("“\(text)” is not known", for: text, among: allowed),
            allowed: allowed)
    }
}

extension RiskRules.Rule {
    /// From where on something is told, as an officer reads it.
    package var condition: Sentence {
        let minutes = within / Instant.minute
        switch signal {
        case .residentVelocity, .deviceVelocity, .outletVelocity, .cashierVelocity, .splitSales:
            return Sentence("\(minutes) 分钟内 \(count) 笔", "\(count) within \(minutes) minutes")
        case .oddHours:
            return Sentence("一日内 \(hours.text) 之间 \(count) 笔", "\(count) a day between \(hours.text)")
        case .thresholdHugging:
            return Sentence(
                "一日内 \(count) 笔且占 \(share.percent) 超出门槛不到 \(margin.yuan) 元",
                "\(count) and \(share.percent) of a day at most \(margin.yuan) yuan above the threshold")
        case .abovePrice:
            return Sentence(
                "一日内 \(count) 笔高于标价或比他店价格高 \(share.percent)",
                "\(count) a day above the listed price, or \(share.percent) above that of others")
        case .oneCollector: return Sentence("一月内为 \(count) 人领券", "\(count) people's vouchers in a month")
        case .ownShop: return Sentence("一月内 \(count) 笔", "\(count) in a month")
        case .expiryBurst:
            let hours = within / Instant.hour
            return Sentence(
                "一日内 \(count) 笔且占 \(share.percent) 在到期前 \(hours) 小时内",
                "\(count) and \(share.percent) of a day within \(hours) hours of expiry")
        }
    }

    /// What was measured beside that.
    ///
    /// - Parameters:
    ///   - measured: how many there were.
    ///   - total: of how many, where a share matters; else zero.
    package func sentence(count measured: Int, of total: Int) -> Sentence {
        let isOfPeople = signal == .oneCollector
        let (part, share) =
            total > 0
            ? ("\(total) 笔中 \(measured)", "\(measured) of \(total)") : ("\(measured)", "\(measured)")
        return Sentence(
            "\(part) \(isOfPeople ? "人" : "笔")；阈值：\(condition.chinese)",
            "\(share)\(isOfPeople ? " people" : ""); told from \(condition.english)")
    }
}

extension DailyHours {
    /// As a rule file writes it: `23:00-06:00`.
    fileprivate var text: String {
        [from, to].map { "\(padded($0 / 60, to: 2)):\(padded($0 % 60, to: 2))" }.joined(separator: "-")
    }
}

extension Ratio {
    /// As a rule file writes it: `30%`, `12.5%`.
    fileprivate var percent: String {
        let rest = basisPoints % 100
        let digits = rest == 0 ? "" : rest % 10 == 0 ? ".\(rest / 10)" : ".\(padded(rest, to: 2))"
        return "\(basisPoints / 100)\(digits)%"
    }
}
