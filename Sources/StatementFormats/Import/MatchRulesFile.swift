package import Reconciliation

/// 对账规则: how sides are matched, in order; from YAML.
package struct MatchRulesFile: Hashable, Sendable {
    /// The ledger with the channel, or with merchants' orders.
    package var rules: MatchRules
    /// The channel with the bank; as ``rules`` where the file says nothing of it.
    package var bankRules: MatchRules

    package init(rules: MatchRules, bankRules: MatchRules) {
        (self.rules, self.bankRules) = (rules, bankRules)
    }

    /// Reads rules; what is wrong in them is told with its line.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let keys = document.mapping(root, ["tolerance", "days", "steps", "bank"], required: ["steps"])
        rules = MatchRulesFile.rules(keys, &document)
        bankRules = rules
        if let bank = keys["bank"] {
            bankRules = MatchRulesFile.rules(
                document.mapping(bank, ["tolerance", "days", "steps"], required: ["steps"]), &document)
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
    }

    private static func rules(_ keys: [String: RuleValue], _ document: inout RuleDocument) -> MatchRules {
        var rules = MatchRules(steps: [])
        rules.tolerance = Int64(document.value(keys["tolerance"], RuleDocument.whole(0...10_000)) ?? 0)
        rules.reportsDays = document.value(keys["days"], answers.value(of:)) ?? true
        for item in document.list(keys["steps"], "by: reference, near, groups or totals") {
            if let step = step(item, &document) { rules.steps.append(step) }
        }
        return rules
    }

    private static func step(_ item: RuleValue, _ document: inout RuleDocument) -> MatchRules.Step? {
        let keys = document.mapping(item, ["by", "minutes", "size", "days"], required: ["by"])
        let minutes = document.value(keys["minutes"], RuleDocument.whole(0...1_440))
        let size = document.value(keys["size"], RuleDocument.whole(2...6))
        let days = document.value(keys["days"], RuleDocument.whole(0...31))
        guard let word = document.value(keys["by"], words.value(of:)) else { return nil }
        let takes: Set<String> =
            switch word {
            case .reference: []
            case .near: ["minutes"]
            case .groups: ["size", "days"]
            case .totals: ["days"]
            }
        for key in ["minutes", "size", "days"] where keys[key] != nil && !takes.contains(key) {
            document.fault(item, "has \(key), which \(word) does not take")
        }
        switch word {
        case .reference: return .reference
        case .near: return .near(seconds: Int64(minutes ?? 10) * 60)
        case .groups: return .groups(size: size ?? 4, days: Int32(days ?? 1))
        case .totals: return .totals(days: Int32(days ?? 1))
        }
    }

    private enum Word { case reference, near, groups, totals }

    private static let words = Choice([
        "reference": Word.reference, "near": .near, "groups": .groups, "totals": .totals,
    ])
    private static let answers = Choice(["compare": true, "ignore": false])
}
