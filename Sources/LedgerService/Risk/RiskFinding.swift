import Cryptography
package import LedgerDomain
package import StatementFormats

/// 风险提示: something on the risk list. It says where to look and punishes nobody.
package struct RiskFinding: Sendable {
    /// The day, or a month's first one, and 16 hexadecimal digits of what it is about: `20180605-3fa9c1e2d4b5a697`.
    ///
    /// The same in every list, whatever later events add.
    package let id: String
    /// The business day that it is told of; a month's first one where it adds up over the month.
    package let day: BusinessDay
    package let signal: RiskSignal
    package let subject: RiskSubject
    /// Whose money it is about, each once.
    package let merchants: [MerchantID]
    package let from: Instant
    package let through: Instant
    /// How many there were, and of how many where a share matters.
    package let count: Int
    package let total: Int
    /// What was given for them.
    package let amount: Amount
    /// What was measured, and from where on it is told.
    package let reason: Sentence
    /// The events that show it, in the log's order.
    package private(set) var events: [UInt64]

    /// With only so many of its events, for a list.
    package func with(events limit: Int) -> RiskFinding {
        var short = self
        short.events = Array(events.prefix(limit))
        return short
    }

    /// - Parameters:
    ///   - day: the day that it is told of, or the first of a month.
    ///   - count: how many there were; as many as there are marks unless told.
    init(
        _ rule: RiskRules.Rule, _ subject: RiskSubject, _ marks: [RiskMark], of day: BusinessDay,
        count: Int? = nil, total: Int = 0, in ledger: LedgerCode
    ) {
        let text = ["wenhui-risk/1", "\(ledger)", rule.signal.rawValue, subject.text(in: ledger), day.text]
            .map { "\($0.utf8.count):\($0)" }.joined()
        id = "\(day.digits)-\(SHA256Digest.of(Array(text.utf8)).hexadecimal.prefix(16))"
        signal = rule.signal
        self.day = day
        self.subject = subject
        merchants = Set(marks.map(\.merchant)).subtracting([.none]).sorted()
        let instants = marks.map(\.instant)
        from = instants.min() ?? day.start
        through = instants.max() ?? day.start
        self.count = count ?? marks.count
        self.total = total
        amount = marks.reduce(.zero) { $0 + $1.amount }
        reason = rule.sentence(count: self.count, of: total)
        events = Set(marks.map(\.event)).sorted()
    }

    /// The day that a finding's number names; `nil` where it is no such number.
    static func day(named id: String) -> BusinessDay? {
        let parts = id.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.count == 8, parts[1].utf8.count == 16 else { return nil }
        let digits = parts[0]
        return BusinessDay(text: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
    }
}
