import LedgerDomain

extension RuleDocument {
    /// The largest shares by category and channel; a line that no bill ever reaches is a fault.
    mutating func ratios(_ value: RuleValue?) -> [CategoryRatio] {
        var found: [(ratio: CategoryRatio, line: Int?)] = []
        for item in list(value, "{ category: 演出, channel: 云闪付, ratio: 50% }") {
            let values = mapping(item, ["category", "channel", "ratio"], required: ["ratio"])
            let category = self.value(values["category"], TextLimit.event.check)
            let channel = self.value(values["channel"], TextLimit.channel.check)
            guard let share = self.value(values["ratio"], Ratio.init(entered:)) else { continue }
            let ratio = CategoryRatio(category: category, channel: channel, ratio: share)
            if let earlier = found.first(where: { $0.ratio.covers(ratio) }) {
                let place = earlier.line.map { "line \($0)" } ?? "an earlier one"
                fault(item, "is never reached: the first that fits decides, and \(place) fits the same bills")
            }
            found.append((ratio, item.line))
        }
        return found.map(\.ratio)
    }

    /// When and where a voucher may be used.
    mutating func conditions(_ values: [String: RuleValue]) -> RuleConditions {
        var conditions = RuleConditions()
        conditions.validity = value(values["validity"], Validity.init(entered:))?.microseconds ?? 0
        conditions.from = value(values["from"], Instant.init(entered:))
        conditions.until = value(values["until"], Instant.init(entered:))
        conditions.hours = value(values["hours"], DailyHours.init(entered:))
        conditions.weekdays = self.values(values["weekdays"], "[1, 2, 3]") { text throws(TextFault) in
            guard text.utf8.count == 1, let day = UInt8(text), (1...7).contains(day) else {
                throw TextFault(message: "“\(text)” is not a weekday", allowed: ["1 (Monday) to 7 (Sunday)"])
            }
            return day
        }
        conditions.categories = self.values(values["categories"], "[演出, 图书]", TextLimit.event.check)
        conditions.outlets = self.values(values["outlets"], "[WD-0001, WD-0002]", TextLimit.event.check)
        conditions.regions = self.values(values["regions"], "[370782]") { text throws(TextFault) in
            try LedgerCode(entered: text, practice: true)
        }
        conditions.ruralOnly = value(values["rural-only"], Choice(["true": true]).value)
        return conditions
    }

    /// What is asked of whoever takes vouchers; `nil` where there is no such key.
    mutating func claims(_ value: RuleValue?) -> RuleClaims? {
        guard let value else { return nil }
        let values = mapping(value, ["scope", "guarded", "proxied"])
        var claims = RuleClaims()
        claims.guarded = self.values(values["guarded"], "[minor]", GroupName.check)
        claims.scope = self.value(values["scope"], TextLimit.channel.check)
        claims.proxied = self.value(values["proxied"], Count.init(entered:))?.value
        return claims
    }

    /// What earns points, how long they are good and what they buy; `nil` where there is no such key.
    mutating func points(_ value: RuleValue?) -> RulePoints? {
        guard let value else { return nil }
        let values = mapping(
            value, ["activities", "lifetime", "rate"], required: ["activities", "lifetime", "rate"])
        var points = RulePoints()
        for item in list(values["activities"], "{ name: 讲座, points: 10 }") {
            let parts = mapping(item, ["name", "points"], required: ["name", "points"])
            let name = self.value(parts["name"], TextLimit.order.check)
            let worth = self.value(parts["points"], Count.init(entered:))?.value
            guard let name, let worth else { continue }
            var activity = RulePoints.Activity()
            activity.name = name
            activity.points = worth
            points.activities.append(activity)
        }
        points.lifetime = self.value(values["lifetime"], Validity.init(entered:))?.microseconds ?? 0
        points.rate = self.value(values["rate"], Count.init(entered:))?.value ?? 0
        return points
    }

    /// What may be bought, item by item; `nil` where there is no such key.
    mutating func goods(_ value: RuleValue?) -> RuleGoods? {
        guard let value else { return nil }
        let values = mapping(
            value, ["catalogue", "items", "adults-only", "title-month", "person-month"],
            required: ["catalogue"])
        var goods = RuleGoods()
        goods.catalogue = self.value(values["catalogue"], TextLimit.event.check) ?? ""
        goods.items = self.values(values["items"], "[9787020002207]", TextLimit.order.check)
        goods.adultsOnly = self.values(values["adults-only"], "[成人音像]", TextLimit.event.check)
        goods.titleMonth = self.value(values["title-month"], Count.init(entered:))?.value
        goods.personMonth = self.value(values["person-month"], Count.init(entered:))?.value
        return goods
    }

    /// How much one person, one day and one merchant may take.
    mutating func limits(_ value: RuleValue?) -> RuleLimits {
        var limits = RuleLimits()
        let values = mapping(value, ["person", "merchant", "one-voucher-per-sale"])
        let person = mapping(values["person"], ["amount", "vouchers", "day", "merchant"])
        let merchant = mapping(values["merchant"], ["day"])
        limits.personAmount = self.value(person["amount"], Amount.init(entered:))
        limits.personVouchers = self.value(person["vouchers"], Count.init(entered:))?.value
        limits.personDay = self.value(person["day"], Count.init(entered:))?.value
        limits.personMerchant = self.value(person["merchant"], Count.init(entered:))?.value
        limits.merchantDay = self.value(merchant["day"], Amount.init(entered:))
        limits.oneVoucherPerSale =
            self.value(values["one-voucher-per-sale"], Choice(["true": true, "false": false]).value)
            ?? limits.oneVoucherPerSale
        return limits
    }
}

extension CategoryRatio {
    /// Whether every bill that `other` fits is one that this line fits.
    fileprivate func covers(_ other: CategoryRatio) -> Bool {
        (category == nil || category == other.category) && (channel == nil || channel == other.channel)
    }
}
