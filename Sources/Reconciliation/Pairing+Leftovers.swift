/// What the references leave: matched by amount, place and time, or as sums.
extension Pairing {
    /// Lines that could be one transaction but for time.
    private struct Likeness: Hashable {
        var amount: Int64
        var place: String
        var isRefund: Bool
    }

    /// The most lines alike that are told apart by time; more of them say nothing.
    private static var crowd: Int { 64 }

    /// Pairs lines of the same amount and place by time, the nearest first.
    mutating func matchNear(within seconds: Int64) throws(ReconciliationError) {
        var mine: [Likeness: [Int]] = [:]
        var theirs: [Likeness: [Int]] = [:]
        for line in waiting(ledger, ledgerWaits) { mine[likeness(ledger, line), default: []].append(line) }
        for line in waiting(statement, statementWaits) {
            theirs[likeness(statement, line), default: []].append(line)
        }
        var found: [(distance: Int64, left: Int, right: Int)] = []
        for (key, lefts) in mine {
            guard let rights = theirs[key], lefts.count <= Self.crowd, rights.count <= Self.crowd else {
                continue
            }
            for left in lefts {
                for right in rights {
                    let distance = distance(ledger.rows[left], statement.rows[right])
                    if distance <= seconds { found.append((distance, left, right)) }
                }
            }
        }
        found.sort { ($0.distance, $0.left, $0.right) < ($1.distance, $1.left, $1.right) }
        for (_, left, right) in found where ledgerWaits[left] && statementWaits[right] {
            if rules.reportsDays, ledger.rows[left].day != statement.rows[right].day {
                ledgerWaits[left] = false
                statementWaits[right] = false
                try pair(left, right)
            } else {
                try link(.near, [left], [right])
            }
        }
    }

    /// Finds single lines that are the sum of several of the other side.
    mutating func matchGroups(of size: Int, within days: Int32) throws(ReconciliationError) {
        let mine = waiting(ledger, ledgerWaits), theirs = waiting(statement, statementWaits)
        let myDays = Dictionary(grouping: mine) { ledger.rows[$0].day }
        let theirDays = Dictionary(grouping: theirs) { statement.rows[$0].day }
        for right in theirs {
            let near = near(statement.rows[right].day, within: days, myDays).filter { ledgerWaits[$0] }
            if let lefts = sum(statement, right, over: ledger, near, size: size) {
                try link(.groups, lefts, [right])
            }
        }
        for left in mine where ledgerWaits[left] {
            let near = near(ledger.rows[left].day, within: days, theirDays).filter { statementWaits[$0] }
            if let rights = sum(ledger, left, over: statement, near, size: size) {
                try link(.groups, [left], rights)
            }
        }
    }

    /// Finds lines of the statement that are all that the ledger has left of a day at a place.
    mutating func matchTotals(within days: Int32) throws(ReconciliationError) {
        struct Key: Hashable { var day: Int32, place: String }
        var groups: [Key: [Int]] = [:]
        for line in waiting(ledger, ledgerWaits) {
            let row = ledger.rows[line]
            groups[Key(day: row.day, place: ledger.places[Int(row.place)]), default: []].append(line)
            if row.place != 0 { groups[Key(day: row.day, place: ""), default: []].append(line) }
        }
        for right in waiting(statement, statementWaits) {
            let row = statement.rows[right]
            let place = statement.places[Int(row.place)]
            for later in 0...max(0, days) {
                let key = Key(day: row.day - later, place: place)
                let lines = (groups[key] ?? []).filter { ledgerWaits[$0] }
                guard lines.count > 1 else { continue }
                let sum = lines.reduce(Int128(0)) { $0 + Int128(ledger.rows[$1].amount) }
                guard (sum - Int128(row.amount)).magnitude <= UInt128(rules.tolerance) else { continue }
                try link(.totals, lines, [right])
                break
            }
        }
    }

    /// The lines of a side that wait and moved money, in their order.
    private func waiting(_ side: Statement, _ waits: [Bool]) -> [Int] {
        waits.indices.filter { waits[$0] && !side.rows[$0].hasFailed }
    }

    private func likeness(_ side: Statement, _ line: Int) -> Likeness {
        let row = side.rows[line]
        return Likeness(amount: row.amount, place: side.places[Int(row.place)], isRefund: row.isRefund)
    }

    /// How far two lines are apart, in seconds; in whole days where one side knows no time.
    private func distance(_ left: Statement.Row, _ right: Statement.Row) -> Int64 {
        guard left.second > 0, right.second > 0 else {
            return Int64(abs(Int64(left.day) - Int64(right.day))) * 86_400
        }
        return abs(Int64(left.second) - Int64(right.second))
    }

    /// The lines of the days around a day; none where there are so many that a sum would say nothing.
    private func near(_ day: Int32, within days: Int32, _ lines: [Int32: [Int]]) -> [Int] {
        let span = max(0, min(days, 31))
        let days = day &- span...max(day &- span, day &+ span)
        let count = days.reduce(0) { $0 + (lines[$1]?.count ?? 0) }
        return count <= Self.throng ? days.flatMap { lines[$0] ?? [] } : []
    }

    /// The most lines that are looked through for a sum, the most that it is made of, and the most sums that are tried.
    private static var throng: Int { 4_096 }
    private static var candidates: Int { 24 }
    private static var budget: Int { 50_000 }

    /// The only choice of two to `size` waiting lines of `other` that adds up to a line; `nil` where there is none, or
    /// more than one, or too many to tell.
    private func sum(
        _ side: Statement, _ line: Int, over other: Statement, _ lines: [Int], size: Int
    ) -> [Int]? {
        let target = side.rows[line]
        let place = side.places[Int(target.place)]
        var near = lines.filter { candidate in
            let row = other.rows[candidate]
            let there = other.places[Int(row.place)]
            return row.isRefund == target.isRefund && (place.isEmpty || there.isEmpty || place == there)
                && row.amount.magnitude < target.amount.magnitude
        }
        // Among more of them, that one choice adds up would say nothing of the others.
        guard (2...Self.candidates).contains(near.count) else { return nil }
        near.sort { (distance(other.rows[$0], target), $0) < (distance(other.rows[$1], target), $1) }
        var search = SubsetSum(
            amounts: near.map { Int128(other.rows[$0].amount) }, target: Int128(target.amount),
            tolerance: Int128(rules.tolerance), size: size, budget: Self.budget)
        return search.only().map { $0.map { near[$0] }.sorted() }
    }
}

/// Looks for the choices of a few numbers that add up, with a bound on how many it tries.
private struct SubsetSum {
    let amounts: [Int128]
    let target: Int128
    let tolerance: Int128
    let size: Int
    var budget: Int
    private var found: [[Int]] = []

    init(amounts: [Int128], target: Int128, tolerance: Int128, size: Int, budget: Int) {
        (self.amounts, self.target, self.tolerance) = (amounts, target, tolerance)
        (self.size, self.budget) = (size, budget)
    }

    /// The one choice that adds up; `nil` where there are more, or the bound came first.
    mutating func only() -> [Int]? {
        search(from: 0, [], 0)
        return budget > 0 && found.count == 1 ? found[0] : nil
    }

    private mutating func search(from start: Int, _ chosen: [Int], _ sum: Int128) {
        if chosen.count >= 2, (sum - target).magnitude <= tolerance.magnitude { found.append(chosen) }
        guard chosen.count < size, found.count < 2 else { return }
        for next in start..<max(start, amounts.count) {
            budget -= 1
            guard budget > 0, found.count < 2 else { return }
            // All have one sign: beyond the target there is nothing to find.
            guard (sum + amounts[next]).magnitude <= target.magnitude + tolerance.magnitude else { continue }
            search(from: next + 1, chosen + [next], sum + amounts[next])
        }
    }
}
