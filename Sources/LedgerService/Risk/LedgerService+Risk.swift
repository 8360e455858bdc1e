import LedgerDomain

extension LedgerService {
    /// What was sold on some business days and in the days around them, as far as risks are told from it.
    ///
    /// Read are the whole months, for what adds up over one, a week more on both sides, for bursts, and the days in which tills
    /// may have uploaded what they sold offline then.
    func riskFacts(from: BusinessDay, through: BusinessDay) throws(ServiceError) -> RiskFacts {
        let first = BusinessDay(days: from.firstOfMonth.days - 7)
        let last = BusinessDay(days: through.lastOfMonth.days + 7 + RiskFacts.uploadDays)
        let range = try events(from: first, through: last)
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var facts = RiskFacts()
        var next = range.lowerBound
        while next < range.upperBound {
            let page = try eventPage(from: next, before: range.upperBound)
            let first = next
            try state { state in
                for (offset, event) in page.enumerated() {
                    facts.take(event, number: first + UInt64(offset), cutOff, state)
                }
            }
            next += UInt64(page.count)
        }
        return facts
    }
}
