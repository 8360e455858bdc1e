package import LedgerDomain

extension ProgrammeRule {
    /// The rule in plain sentences, for who has to approve it and does not read rule files.
    package var sentences: [Sentence] {
        [given] + bounds + conditions.sentences + (claims?.sentences ?? [])
            + (goods?.sentences ?? []) + (points?.sentences ?? []) + limits.sentences + [
                refund.sentence, lapse.sentence,
            ]
    }

    /// What a voucher gives.
    private var given: Sentence {
        let faces = faces.map { "\($0.yuan)" }.joined(separator: "、")
        let amounts = self.faces.map { $0.yuan }.joined(separator: ", ")
        let from =
            threshold > .zero
            ? ("账单满 \(threshold.yuan) 元时，", " if that is at least \(threshold.yuan) yuan")
            : ("", "")
        if let thresholds {
            let tiers = zip(thresholds, self.faces)
            return Sentence(
                "满减券：" + tiers.map { "满 \($0.yuan) 元减 \($1.yuan) 元" }.joined(separator: "，") + "，用一次。",
                tiers.map { "\($1.yuan) off a bill of at least \($0.yuan)" }.joined(separator: ", ")
                    + " yuan, once.")
        }
        switch kind {
        case .threshold:
            return Sentence(
                "满减券：\(from.0)从账单里减去券面金额（\(faces) 元），用一次。",
                "The face (\(amounts) yuan) is taken off the bill\(from.1), once.")
        case .percentage:
            return Sentence(
                "按比例：补贴账单的 \(rate.percent)，最多 \(faces) 元，用一次。",
                "\(rate.percent) of the bill is given, at most \(amounts) yuan, once.")
        case .balance:
            return Sentence(
                "储值：\(from.0)从余额（\(faces) 元）里付，用多少扣多少，用完为止。",
                "It pays for bills from its balance (\(amounts) yuan)\(from.1), while something is left.")
        case .count:
            let cap = useCap?.yuan ?? "0.00"
            return Sentence(
                "次券：\(from.0)可用 \(uses ?? 0) 次，每次最多 \(cap) 元；一次没用足的部分收回。",
                "It pays at most \(cap) yuan of a bill\(from.1), \(uses ?? 0) times; what a use leaves of that lapses."
            )
        }
    }

    private var bounds: [Sentence] {
        var sentences = ratios.map { line in
            let chinese = "\(line.category ?? "其他类别")\(line.channel.map { "、\($0)支付" } ?? "")"
            let english =
                (line.category ?? "all other categories") + (line.channel.map { " paid by \($0)" } ?? "")
            return Sentence(
                "\(chinese)：补贴不超过账单的 \(line.ratio.percent)。",
                "For \(english) it gives at most \(line.ratio.percent) of the bill.")
        }
        if minimumOwnPayment > .zero {
            sentences.append(
                Sentence(
                    "居民至少自付 \(minimumOwnPayment.yuan) 元。",
                    "The resident pays at least \(minimumOwnPayment.yuan) yuan."))
        }
        if let topUp {
            sentences.append(
                Sentence(
                    "居民自己充值至少 \(topUp.yuan) 元才配套，一笔充值只配套一次。",
                    "A resident who tops up at least \(topUp.yuan) yuan gets one, and each top-up is matched once."
                ))
        }
        if bothSides == true {
            sentences.append(
                Sentence(
                    "同一笔消费可以既用券又享受演出方补贴。", "A sale may be subsidised by a voucher and by an award as well."))
        }
        if wholeOnly == true {
            sentences.append(
                Sentence("账单不够用足的，一分也不补。", "A bill that is too small for all of it gets nothing."))
        }
        if step > Amount(fen: 1) {
            sentences.append(
                Sentence(
                    "补贴向下取整到 \(step.yuan) 元的整数倍。", "It is rounded down to a multiple of \(step.yuan) yuan."))
        }
        return sentences
    }
}

extension RuleConditions {
    fileprivate var sentences: [Sentence] {
        var sentences = [
            Sentence(
                "领取后 \(validity.length.chinese)内有效。",
                "It is good for \(validity.length.english) after it was claimed.")
        ]
        if let from {
            sentences.append(Sentence("\(from.text) 起可用。", "It may be used from \(from.text) on."))
        }
        if let until {
            sentences.append(Sentence("\(until.text) 起不能再用。", "It may not be used from \(until.text) on."))
        }
        if let hours {
            let text = "\(clock(hours.from))-\(clock(hours.to))"
            sentences.append(Sentence("每天 \(text) 可用。", "It may be used from \(text) every day."))
        }
        if !weekdays.isEmpty {
            let names = ["一", "二", "三", "四", "五", "六", "日"]
            let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
            let places = weekdays.map { Int($0) - 1 }.filter(names.indices.contains)
            sentences.append(
                Sentence(
                    "只在星期\(places.map { names[$0] }.joined(separator: "、"))可用。",
                    "It may be used on \(places.map { days[$0] }.joined(separator: ", ")) only."))
        }
        for (chinese, english, list) in [
            ("只用于这些类别：", "It is for these categories only: ", categories),
            ("只用于这些网点：", "It is for these outlets only: ", outlets),
            ("只用于这些区划里的网点：", "It is for outlets in these divisions only: ", regions.map(\.description)),
        ] where !list.isEmpty {
            sentences.append(
                Sentence(
                    chinese + list.joined(separator: "、") + "。", english + list.joined(separator: ", ") + ".")
            )
        }
        if ruralOnly == true {
            sentences.append(Sentence("只能在农村网点使用。", "It is for rural outlets only."))
        }
        return sentences
    }

    private func clock(_ minute: UInt16) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }
}

extension RuleClaims {
    fileprivate var sentences: [Sentence] {
        var sentences: [Sentence] = []
        if let scope {
            sentences.append(
                Sentence(
                    "与其他“\(scope)”活动互斥：手中有或用过其中一个活动的券，就不能领另一个的。",
                    "It excludes the other programmes of the scope “\(scope)”: who has or used a voucher of one gets none of another."
                ))
        }
        if !guarded.isEmpty {
            sentences.append(
                Sentence(
                    "这些人须由监护人代领：\(guarded.joined(separator: "、"))。",
                    "A guardian claims for these groups: \(guarded.joined(separator: ", "))."))
        }
        if let proxied {
            sentences.append(
                Sentence("一人最多替 \(proxied) 人代领。", "One person claims for at most \(proxied) others."))
        }
        return sentences
    }
}

extension RuleGoods {
    fileprivate var sentences: [Sentence] {
        var sentences = [
            Sentence(
                "只能买“\(catalogue)”里的商品，按目录标价，逐件写明编号。",
                "It is for things of the catalogue “\(catalogue)” at their listed prices, named by their codes."
            )
        ]
        if !items.isEmpty {
            sentences.append(
                Sentence(
                    "其中只有：\(items.joined(separator: "、"))。",
                    "Of these only: \(items.joined(separator: ", "))."))
        }
        if !adultsOnly.isEmpty {
            sentences.append(
                Sentence(
                    "未成年人不能买：\(adultsOnly.joined(separator: "、"))。",
                    "Minors may not buy of: \(adultsOnly.joined(separator: ", "))."))
        }
        if let titleMonth {
            sentences.append(
                Sentence("同一品种每月最多 \(titleMonth) 件。", "At most \(titleMonth) of one title a month."))
        }
        if let personMonth {
            sentences.append(
                Sentence("每人每月最多 \(personMonth) 件。", "One person gets at most \(personMonth) a month."))
        }
        return sentences
    }
}

extension RulePoints {
    fileprivate var sentences: [Sentence] {
        let names = activities.map { "\($0.name) \($0.points) 分" }.joined(separator: "，")
        let english = activities.map { "\($0.name) \($0.points)" }.joined(separator: ", ")
        return [
            Sentence(
                "参加活动得积分：\(names)；\(lifetime.length.chinese)内有效。",
                "Activities earn points: \(english), good for \(lifetime.length.english)."
            ),
            Sentence(
                "\(rate) 积分换 1 元面额的券；积分不能换现金。",
                "\(rate) points buy one yuan of a voucher's face; points are never cash."),
        ]
    }
}

extension RuleLimits {
    fileprivate var sentences: [Sentence] {
        var sentences: [Sentence] = []
        if let personAmount {
            sentences.append(
                Sentence(
                    "每人手中的和已用的券，面额合计不超过 \(personAmount.yuan) 元。",
                    "One person's vouchers, outstanding or used, come to at most \(personAmount.yuan) yuan."))
        }
        for (limit, chinese, english) in [
            (personVouchers, "每人最多 %d 张。", "One person has at most %d of them."),
            (personDay, "每人每天最多用 %d 次。", "One person uses at most %d a day."),
            (personMerchant, "每人在同一家商户最多用 %d 次。", "One person uses at most %d at one merchant."),
        ] {
            guard let limit else { continue }
            sentences.append(
                Sentence(chinese.replacing("%d", with: "\(limit)"), english.replacing("%d", with: "\(limit)"))
            )
        }
        if let merchantDay {
            sentences.append(
                Sentence(
                    "每家商户每天最多核销 \(merchantDay.yuan) 元补贴。",
                    "One merchant redeems at most \(merchantDay.yuan) yuan of subsidy a day."))
        }
        sentences.append(
            oneVoucherPerSale
                ? Sentence("一笔消费只能用一张券。", "One sale takes one voucher.")
                : Sentence("一笔消费可以用多张券。", "One sale may take several vouchers."))
        return sentences
    }
}

extension RefundRule {
    fileprivate var sentence: Sentence {
        switch self {
        case .forfeit:
            Sentence("退款后券不退回，补贴收回。", "After a refund the voucher stays used; the subsidy is taken back.")
        case .reinstateWhenWhole:
            Sentence(
                "过期前一次全额退款，券恢复可用；部分退款不恢复。",
                "One refund of the whole bill before expiry makes the voucher usable again; a part of it does not."
            )
        case .reinstate:
            Sentence("过期前退多少，券里回多少。", "What is refunded before expiry returns to the voucher.")
        }
    }
}

extension LapseDestination {
    fileprivate var sentence: Sentence {
        switch self {
        case .batch:
            Sentence("过期、没用完和退回的钱回到本批次，供下一轮领取。", "What is not used returns to the batch, for a later round.")
        case .programme: Sentence("过期、没用完和退回的钱回到活动。", "What is not used returns to the programme.")
        }
    }
}

extension Ratio {
    /// `30%`, `12.5%`.
    fileprivate var percent: String {
        let (whole, rest) = (basisPoints / 100, basisPoints % 100)
        guard rest > 0 else { return "\(whole)%" }
        return rest % 10 == 0 ? "\(whole).\(rest / 10)%" : "\(whole).\(rest < 10 ? "0" : "")\(rest)%"
    }
}

extension Int64 {
    /// Microseconds as people say them, in the largest unit that is whole.
    fileprivate var length: Sentence {
        if self % Instant.day == 0 {
            return Sentence("\(self / Instant.day) 天", "\(self / Instant.day) days")
        }
        if self % Instant.hour == 0 {
            return Sentence("\(self / Instant.hour) 小时", "\(self / Instant.hour) hours")
        }
        return Sentence("\(self / Instant.minute) 分钟", "\(self / Instant.minute) minutes")
    }
}
