/// One merchant in one fund.
package struct MerchantFund: Hashable, Sendable, Codable {
    package var merchant: MerchantID
    package var fund: FundID

    package init(_ merchant: MerchantID, _ fund: FundID) {
        self.merchant = merchant
        self.fund = fund
    }
}

/// What a merchant is owed of a fund and no settlement has taken yet, by business day.
package struct Unsettled: Equatable, Sendable, Codable {
    package struct Day: Equatable, Sendable, Codable {
        package var day: BusinessDay
        package var amount: Amount
    }

    /// Redemptions, ascending by day.
    package private(set) var days: [Day] = []
    /// Recoveries less refunds; a settlement takes all of it, whatever its day.
    package var adjustment = Amount.zero

    package init() {}

    package var total: Amount { days.reduce(adjustment) { $0 + $1.amount } }
    /// Whether a settlement through `day` would take anything.
    package func hasEntries(through day: BusinessDay) -> Bool {
        adjustment != .zero || days.contains { $0.day <= day }
    }

    /// What a settlement through `day` would take.
    package func net(through day: BusinessDay) -> Amount {
        days.reduce(adjustment) { $1.day <= day ? $0 + $1.amount : $0 }
    }

    mutating func add(_ amount: Amount, on day: BusinessDay) {
        if let last = days.indices.last, days[last].day == day {
            days[last].amount += amount
        } else if let index = days.firstIndex(where: { $0.day >= day }) {
            if days[index].day == day {
                days[index].amount += amount
            } else {
                days.insert(Day(day: day, amount: amount), at: index)
            }
        } else {
            days.append(Day(day: day, amount: amount))
        }
    }

    /// Removes and returns what a settlement through `day` takes.
    mutating func take(through day: BusinessDay) -> Unsettled {
        var taken = Unsettled()
        taken.days = days.filter { $0.day <= day }
        taken.adjustment = adjustment
        days.removeAll { $0.day <= day }
        adjustment = .zero
        return taken
    }

    /// Gives back what ``take(through:)`` took.
    mutating func restore(_ taken: Unsettled) {
        for entry in taken.days { add(entry.amount, on: entry.day) }
        adjustment += taken.adjustment
    }
}
