/// Matches three sides pair by pair, for the service that reconciles; a pure function of its inputs.
package enum ThreeWayMatcher {
    /// Reconciles ledger, channel and bank.
    ///
    /// - Parameters:
    ///   - rules: how the ledger is matched with the channel, and what is left of it with the bank.
    ///   - bankRules: how the channel is matched with the bank, which often knows a day's total only.
    package static func match(
        ledger: Statement, channel: Statement, bank: Statement, _ rules: MatchRules, bankRules: MatchRules
    ) throws(ReconciliationError) -> ThreeWayResult {
        let first = try Matcher.match(ledger: ledger, statement: channel, rules)
        let second = try Matcher.match(ledger: channel, statement: bank, bankRules)
        let rest = try Matcher.match(
            ledger: Statement(
                name: ledger.name,
                lines: first.discrepancies.filter { $0.kind == .short }.compactMap(\.ledger)),
            statement: Statement(
                name: bank.name,
                lines: second.discrepancies.filter { $0.kind == .long }.compactMap(\.statement)),
            rules)
        let found = differences(first, second, rest)
        return ThreeWayResult(
            channel: first, bank: second, rest: rest,
            differences: completed(found, ledger, bank).sorted(by: precedes))
    }

    private static func differences(
        _ first: ReconciliationResult, _ second: ReconciliationResult, _ rest: ReconciliationResult
    ) -> [ThreeWayDifference] {
        // Lines of one side are told apart by their numbers.
        let unledgered = lines(first, .long, \.statement)
        let unbanked = lines(second, .short, \.ledger)
        let ledgerAlone = lines(rest, .short, \.ledger)
        let bankAlone = lines(rest, .long, \.statement)
        var found: [ThreeWayDifference] = []
        for discrepancy in first.discrepancies {
            switch discrepancy.kind {
            case .short:
                guard let line = discrepancy.ledger, ledgerAlone.contains(line.line) else { continue }
                found.append(.init(kind: .single, ledger: line, channel: nil, bank: nil))
            case .long:
                guard let line = discrepancy.statement else { continue }
                let isAlone = unbanked.contains(line.line)
                found.append(.init(kind: isAlone ? .single : .long, ledger: nil, channel: line, bank: nil))
            default:
                found.append(
                    .init(
                        kind: discrepancy.kind, ledger: discrepancy.ledger, channel: discrepancy.statement,
                        bank: nil))
            }
        }
        for discrepancy in second.discrepancies {
            switch discrepancy.kind {
            case .short:
                guard let line = discrepancy.ledger, !unledgered.contains(line.line) else { continue }
                found.append(.init(kind: .short, ledger: nil, channel: line, bank: nil))
            case .long:
                guard let line = discrepancy.statement, bankAlone.contains(line.line) else { continue }
                found.append(.init(kind: .single, ledger: nil, channel: nil, bank: line))
            // The first pair has told the channel's duplicates.
            case .duplicate where discrepancy.statement == nil: continue
            default:
                found.append(
                    .init(
                        kind: discrepancy.kind, ledger: nil, channel: discrepancy.ledger,
                        bank: discrepancy.statement))
            }
        }
        return found + withoutChannel(first, rest, ledgerAlone)
    }

    /// What ledger and bank have and the channel lacks, whether they agree on it or not.
    private static func withoutChannel(
        _ first: ReconciliationResult, _ rest: ReconciliationResult, _ ledgerAlone: Set<Int>
    ) -> [ThreeWayDifference] {
        var found: [ThreeWayDifference] = []
        var told: Set<Int> = []
        for discrepancy in rest.discrepancies where discrepancy.kind != .short && discrepancy.kind != .long {
            if let line = discrepancy.ledger { told.insert(line.line) }
            found.append(
                .init(
                    kind: discrepancy.kind, ledger: discrepancy.ledger, channel: nil,
                    bank: discrepancy.statement))
        }
        for discrepancy in first.discrepancies where discrepancy.kind == .short {
            guard let line = discrepancy.ledger, !ledgerAlone.contains(line.line), !told.contains(line.line)
            else { continue }
            found.append(.init(kind: .short, ledger: line, channel: nil, bank: nil))
        }
        return found
    }

    /// Adds the side that agrees, where one side of three lacks something; it is found by its reference.
    private static func completed(
        _ found: [ThreeWayDifference], _ ledger: Statement, _ bank: Statement
    ) -> [ThreeWayDifference] {
        let ours = ReferencedLines(ledger, found.compactMap { $0.lacksBank ? $0.channel : nil })
        let theirs = ReferencedLines(
            bank, found.compactMap { $0.lacksChannel ? $0.ledger : $0.lacksLedger ? $0.channel : nil })
        return found.map { difference in
            let (kind, channel) = (difference.kind, difference.channel)
            if difference.lacksBank {
                return .init(kind: kind, ledger: ours[channel], channel: channel, bank: nil)
            }
            if difference.lacksLedger {
                return .init(kind: kind, ledger: nil, channel: channel, bank: theirs[channel])
            }
            guard difference.lacksChannel else { return difference }
            return .init(kind: kind, ledger: difference.ledger, channel: nil, bank: theirs[difference.ledger])
        }
    }

    private static func lines(
        _ result: ReconciliationResult, _ kind: Discrepancy.Kind,
        _ side: KeyPath<Discrepancy, StatementLine?>
    ) -> Set<Int> {
        Set(result.discrepancies.lazy.filter { $0.kind == kind }.compactMap { $0[keyPath: side]?.line })
    }

    private static func precedes(_ left: ThreeWayDifference, _ right: ThreeWayDifference) -> Bool {
        func rank(_ difference: ThreeWayDifference) -> Int {
            Discrepancy.Kind.allCases.firstIndex(of: difference.kind) ?? 0
        }
        func places(_ difference: ThreeWayDifference) -> [Int] {
            [difference.ledger, difference.channel, difference.bank].map { $0?.line ?? -1 }
        }
        guard left.kind == right.kind else { return rank(left) < rank(right) }
        let (leftKey, rightKey) = (ReferenceKey(left.reference), ReferenceKey(right.reference))
        guard leftKey == rightKey else { return leftKey < rightKey }
        return places(left).lexicographicallyPrecedes(places(right))
    }
}

extension ThreeWayDifference {
    fileprivate var lacksLedger: Bool { kind == .long }
    fileprivate var lacksChannel: Bool { kind == .short && channel == nil }
    fileprivate var lacksBank: Bool { kind == .short && channel != nil }
}

/// Lines of a side by the references of others.
private struct ReferencedLines {
    private struct Key: Hashable {
        var reference: String
        var kind: StatementLine.Kind

        init?(_ line: StatementLine?) {
            guard let line, !line.reference.isEmpty else { return nil }
            (reference, kind) = (line.reference, line.kind)
        }
    }

    private var lines: [Key: StatementLine] = [:]

    init(_ side: Statement, _ wanted: [StatementLine]) {
        let keys = Set(wanted.compactMap(Key.init))
        guard !keys.isEmpty else { return }
        for line in side.lines {
            if let key = Key(line), keys.contains(key), lines[key] == nil { lines[key] = line }
        }
    }

    subscript(line: StatementLine?) -> StatementLine? { Key(line).flatMap { lines[$0] } }
}
