import LedgerDomain
import LedgerService
import LedgerTesting
import StatementFormats
import Testing

@Suite("Risks: exactly what was planted into an honest season is told")
struct RiskScanTests {
    @Test("Whatever is planted is told once, and nothing else", arguments: propertySeeds)
    func planted(_ seed: UInt64) {
        var season = PlantedSeason(seed: seed)
        season.trade()
        let honest = season.findings()
        #expect(honest.isEmpty, "\(honest.map(\.signal))")
        let wanted = season.plant()
        let found = season.findings()
        let told = found.map { "\($0.signal.rawValue) \($0.subject.text(in: season.ledger))" }
        #expect(told.sorted() == wanted.keys.sorted())
        for finding in found {
            let key = "\(finding.signal.rawValue) \(finding.subject.text(in: season.ledger))"
            #expect(finding.events == wanted[key], "\(key)")
        }
        #expect(Set(found.map(\.id)).count == found.count)
        // In another order they are the same.
        var shuffled = season
        shuffled.shuffle()
        #expect(shuffled.findings().map(\.id) == found.map(\.id))
        // Every list that has a finding's day tells it alike; one of other days does not.
        for finding in found {
            let place = finding.day.days - season.first.days
            let alone = season.findings(days: place...place).filter { $0.id == finding.id }
            #expect(alone.map(\.events) == [finding.events] && alone[0].count == finding.count)
        }
    }

    @Test("One below a threshold nothing is told, on it something is")
    func edges() throws {
        for signal in RiskSignal.allCases {
            var season = PlantedSeason(seed: 1)
            season.plant(signal, short: true)
            #expect(season.findings().isEmpty, "\(signal)")
            season = PlantedSeason(seed: 1)
            season.plant(signal, short: false)
            #expect(season.findings().map(\.signal) == [signal])
            #expect(season.findings(RiskRules([])).isEmpty)
        }
    }

    @Test("A burst is told of its day, also where it goes on over midnight")
    func bursts() throws {
        let rule = try RiskRules(
            Array("risks: [{signal: device-velocity, count: 3, within: 10m}]".utf8))
        var season = PlantedSeason(seed: 2)
        for minute in [0, 4, 8, 12, 16, 60, 64, 68, 100] { season.sell(terminal: 1, minute: minute) }
        // 23:55, 23:59 and 0:03; what comes at 0:30 is no part of it.
        for minute in [1_435, 1_439, 1_443, 1_470] { season.sell(terminal: 2, minute: minute) }
        let found = season.findings(rule)
        #expect(found.map(\.count) == [8, 3, 3])
        #expect(found.first?.reason.english == "8; told from 3 within 10 minutes")
        #expect(found[1].events == found[2].events && found[1].id != found[2].id)
        // What is uploaded later is added to the finding of its day, under the same number.
        season.sell(terminal: 1, minute: 20)
        let later = season.findings(rule)
        #expect(later.map(\.id) == found.map(\.id) && later[0].count == 9)
    }

    @Test("The usual price is what others take in that month; three of them make it")
    func prices() throws {
        let rule = try RiskRules(Array("risks: [{signal: above-price, count: 1, share: 50%}]".utf8))
        for (others, paid, isTold) in [
            ([1_000, 1_000, 1_000] as [Int64], 1_501 as Int64, true), ([1_000, 1_000, 1_000], 1_500, false),
            ([1_000, 1_000], 9_000, false), ([500, 1_000, 4_000], 1_501, true),
            ([500, 1_000, 4_000], 1_500, false),
            // Nine sales at the dear shop itself make nothing usual.
            ([1_000, 1_000, 1_000], Amount.limit.fen, true),
        ] {
            var season = PlantedSeason(seed: 3)
            for (place, price) in others.enumerated() {
                season.sell(outlet: UInt32(10 + place), day: place, minute: 600, item: ("诗集", price))
            }
            for place in 0..<9 { season.sell(outlet: 1, day: 9, minute: 60 * place, item: ("诗集", paid)) }
            let found = season.findings(rule).filter { $0.subject == .outlet(OutletID(1)) }
            #expect(found.map(\.count) == (isTold ? [9] : []), "\(others) \(paid)")
        }
    }

    @Test("A family's phone is no collector, however many programmes it takes part in")
    func family() {
        var season = PlantedSeason(seed: 4)
        season.collect(people: 9, programmes: 3)
        #expect(season.findings().isEmpty)
        season.collect(people: 10, programmes: 1)
        #expect(season.findings().map(\.count) == [10])
    }
}

/// A season's facts, made up: outlets with their tills, and people who each buy once a day.
struct PlantedSeason {
    let ledger = LedgerCode(370_782)
    private var random: SeededGenerator
    private var facts = RiskFacts()
    private var relations: [Pseudonym: Set<MerchantID>] = [:]
    private var event: UInt64 = 0
    private var person: UInt64 = 1_000
    /// 1 June 2030.
    let first = BusinessDay(days: 22_066)

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// What is found of some of its thirty days, all unless told.
    func findings(_ rules: RiskRules = .usual, days: ClosedRange<Int32> = 0...29) -> [RiskFinding] {
        RiskScan(ledger: ledger, facts: facts, relations: relations).findings(
            rules, from: BusinessDay(days: first.days + days.lowerBound),
            through: BusinessDay(days: first.days + days.upperBound))
    }

    mutating func shuffle() {
        facts.sales.shuffle(using: &random)
        facts.prices.shuffle(using: &random)
        facts.abovePrices.shuffle(using: &random)
        facts.collected.shuffle(using: &random)
    }

    /// Thirty days of honest trade at outlets 1 to 8.
    mutating func trade() {
        // At six it is day again.
        for _ in 0..<3 { sell(outlet: 9, minute: 6 * 60) }
        let items = ["诗集", "小说", "绘本"]
        for day in 0..<30 {
            for outlet in 1...8 {
                for sale in 0..<Int.random(in: 5...15, using: &random) {
                    let item = Int.random(in: 0..<items.count, using: &random)
                    let fair = Int64(3_000 + 1_000 * item)
                    sell(
                        outlet: UInt32(outlet), terminal: UInt32(outlet), cashier: "a",
                        day: day, minute: 9 * 60 + sale * 45 + Int.random(in: 0..<20, using: &random),
                        bill: Int64.random(in: 11_000...30_000, using: &random),
                        item: (items[item], fair + Int64.random(in: -300...300, using: &random)))
                }
            }
        }
    }

    /// Plants some signals; returns what must be told: signal and subject, with the events.
    mutating func plant() -> [String: [UInt64]] {
        var wanted: [String: [UInt64]] = [:]
        for signal in RiskSignal.allCases where Bool.random(using: &random) {
            let begin = event
            let subject = plant(signal, short: false)
            wanted["\(signal.rawValue) \(subject.text(in: ledger))"] = Array(begin..<event)
        }
        return wanted
    }

    /// Plants one signal at an outlet of its own: just what is told, or one less.
    @discardableResult
    mutating func plant(_ signal: RiskSignal, short: Bool) -> RiskSubject {
        guard let rule = RiskRules.usual.rules.first(where: { $0.signal == signal }),
            let place = RiskSignal.allCases.firstIndex(of: signal)
        else { preconditionFailure("every signal is looked for") }
        let count = rule.count - (short ? 1 : 0)
        let outlet = OutletID(UInt32(100 + place))
        let day = Int.random(in: 0..<28, using: &random)
        person += 1_000
        let culprit = Pseudonym(person)
        // The last of them comes at the very end of the window.
        func minute(_ place: Int) -> Int {
            600 + (place == rule.count - 1 ? Int(rule.within / Instant.minute) : 0)
        }
        switch signal {
        case .residentVelocity:
            for place in 0..<count {
                sell(
                    outlet: outlet.rawValue + UInt32(100 * place), person: culprit, day: day,
                    minute: minute(place))
            }
            return .resident(culprit)
        case .deviceVelocity:
            for place in 0..<count {
                sell(outlet: outlet.rawValue, terminal: 99, day: day, minute: minute(place))
            }
            return .terminal(TerminalID(99))
        case .outletVelocity:
            for place in 0..<count { sell(outlet: outlet.rawValue, day: day, minute: minute(place)) }
            return .outlet(outlet)
        case .cashierVelocity:
            for place in 0..<count {
                sell(outlet: outlet.rawValue, cashier: "z", day: day, minute: minute(place))
            }
            return .cashier(outlet, "z")
        case .oddHours:
            let night = [23 * 60 + 1, 30, 5 * 60 + 59]
            for place in 0..<count { sell(outlet: outlet.rawValue, day: day, minute: night[place]) }
            return .outlet(outlet)
        case .thresholdHugging:
            for place in 0..<count {
                sell(outlet: outlet.rawValue, day: day, minute: 600 + 10 * place, bill: 10_200)
            }
            return .outlet(outlet)
        case .splitSales:
            for place in 0..<count {
                sell(outlet: outlet.rawValue, person: culprit, day: day, minute: minute(place))
            }
            return .residentAt(culprit, outlet)
        case .abovePrice:
            for place in 0..<count {
                facts.abovePrices.append((outlet, mark(day: day, minute: 600 + place, merchant: outlet)))
            }
            return .outlet(outlet)
        case .oneCollector:
            for place in 0..<count {
                facts.collected.append(
                    (
                        .proxy(culprit), ProgrammeID(1), Pseudonym(person + 1 + UInt64(place)),
                        mark(day: day, minute: 600)
                    ))
            }
            return .proxy(culprit)
        case .ownShop:
            if short {
                sell(outlet: outlet.rawValue, person: Pseudonym(person + 1), day: day, minute: 600)
            } else {
                sell(outlet: outlet.rawValue, person: culprit, day: day, minute: 600)
            }
            relations[culprit] = [MerchantID(outlet.rawValue)]
            return .residentOf(culprit, MerchantID(outlet.rawValue))
        case .expiryBurst:
            for place in 0..<count {
                sell(
                    outlet: outlet.rawValue, day: day, minute: 600 + 10 * place,
                    validFor: Instant.day)
            }
            return .outlet(outlet)
        }
    }

    /// One phone with credentials of so many people in each of so many programmes.
    mutating func collect(people: UInt64, programmes: UInt32) {
        for programme in 1...programmes {
            for person in 1...people {
                facts.collected.append(
                    (
                        .phone("\(people)"), ProgrammeID(programme),
                        Pseudonym(UInt64(programme) * 1_000 + person), mark(day: 1, minute: 600)
                    ))
            }
        }
    }

    mutating func sell(
        outlet: UInt32 = 90, terminal: UInt32 = 0, cashier: String? = nil, person: Pseudonym? = nil,
        day: Int = 0, minute: Int, bill: Int64 = 20_000, item: (String, Int64)? = nil,
        validFor: Int64 = 90 * Instant.day
    ) {
        if person == nil { self.person += 1 }
        let mark = mark(day: day, minute: minute, merchant: OutletID(outlet))
        facts.sales.append(
            RiskSale(
                mark: mark, outlet: OutletID(outlet), terminal: TerminalID(terminal), cashier: cashier,
                person: person ?? Pseudonym(self.person), bill: Amount(fen: bill),
                threshold: Amount(fen: 10_000), expiry: mark.instant.adding(validFor)))
        if let item {
            facts.prices.append(
                RiskPrice(
                    mark: mark, outlet: OutletID(outlet), item: item.0, paid: Amount(fen: item.1)))
        }
    }

    private mutating func mark(day: Int, minute: Int, merchant: OutletID? = nil) -> RiskMark {
        defer { event += 1 }
        let begin = BusinessDay(days: first.days + Int32(day)).start
        let instant = begin.adding(Int64(minute) * Instant.minute)
        return RiskMark(
            event: event, instant: instant, day: instant.calendarDay,
            merchant: merchant.map { MerchantID($0.rawValue) } ?? .none, amount: Amount(fen: 3_000))
    }
}
