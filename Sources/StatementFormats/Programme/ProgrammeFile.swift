package import LedgerDomain

/// A campaign's rules as an officer writes them, in YAML: the name, the policy document and the rule.
///
/// `Fixtures/programmes/` holds examples with every key explained. Amounts are yuan with at most two decimals,
/// shares are percentages (`30%`), times have an offset. A key that is left out restricts nothing.
package struct ProgrammeFile: Equatable, Sendable {
    /// What people call the programme.
    package let name: String
    /// The number of the policy document.
    package let document: String
    /// The rule, without any ``LedgerDomain/ProgrammeRule/faults``.
    package let rule: ProgrammeRule

    /// Reads a whole file; throws everything that is wrong with it at once.
    package init(_ bytes: some Collection<UInt8>) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        let values = document.mapping(
            root, ProgrammeFile.keys, required: ["name", "document", "kind", "validity", "refund", "lapse"])
        let name = document.value(values["name"], TextLimit.event.check)
        let policy = document.value(values["document"], TextLimit.event.check)
        let rule = document.rule(values, of: root)
        guard let name, let policy, document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
        self.name = name
        self.document = policy
        self.rule = rule
    }

    /// The keys of a rule file, in the order in which they are explained.
    package static let keys = [
        "name", "document", "kind", "faces", "threshold", "thresholds", "rate", "cap", "uses", "step",
        "own-payment",
        "whole-only", "top-up", "ratios",
        "validity", "from", "until", "hours", "weekdays", "categories", "outlets", "regions", "rural-only",
        "claims", "points", "both-sides", "goods", "limits",
        "refund",
        "lapse",
    ]
}

extension RuleDocument {
    /// The rule that a file's values make; whatever is wrong with it is in ``faults``.
    mutating func rule(_ values: [String: RuleValue], of root: RuleValue) -> ProgrammeRule {
        var rule = ProgrammeRule()
        let kind = value(
            values["kind"],
            Choice([
                "threshold": ProgrammeRule.Kind.threshold, "percentage": .percentage, "balance": .balance,
                "count": .count,
            ]).value)
        rule.kind = kind ?? .threshold
        readAmounts(values, into: &rule)
        if let kind { checkKeys(of: kind, values, root) }
        rule.ratios = ratios(values["ratios"])
        rule.conditions = conditions(values)
        rule.claims = claims(values["claims"])
        rule.points = points(values["points"])
        rule.bothSides = value(values["both-sides"], Choice(["true": true]).value)
        rule.goods = goods(values["goods"])
        rule.limits = limits(values["limits"])
        rule.refund =
            value(
                values["refund"],
                Choice([
                    "forfeit": RefundRule.forfeit, "reinstate-when-whole": .reinstateWhenWhole,
                    "reinstate": .reinstate,
                ]).value) ?? .forfeit
        rule.lapse =
            value(
                values["lapse"],
                Choice(["batch": LapseDestination.batch, "programme": .programme]).value) ?? .batch
        if kind != nil { check(rule) }
        return rule
    }

    private mutating func readAmounts(_ values: [String: RuleValue], into rule: inout ProgrammeRule) {
        let form = "[10.00, 20.00]"
        rule.faces = self.values(values["faces"], form, Amount.init(entered:))
        if values["thresholds"] != nil {
            rule.thresholds = self.values(values["thresholds"], form, Amount.init(entered:))
        }
        rule.threshold = value(values["threshold"], Amount.init(entered:)) ?? .zero
        rule.rate = value(values["rate"], Ratio.init(entered:)) ?? .zero
        rule.topUp = value(values["top-up"], Amount.init(entered:))
        rule.wholeOnly = value(values["whole-only"], Choice(["true": true]).value)
        rule.uses = value(values["uses"], Count.init(entered:))?.value
        if let cap = value(values["cap"], Amount.init(entered:)) {
            // As many uses as there may be cannot overflow what a face may be.
            rule.faces = [Amount(fen: cap.fen * Int64(min(rule.uses ?? 1, 1_000)))]
        }
        rule.step = value(values["step"], Amount.init(entered:)) ?? rule.step
        rule.minimumOwnPayment = value(values["own-payment"], Amount.init(entered:)) ?? .zero
    }

    /// Each kind has keys of its own: those it needs, and those that only the other one has.
    private mutating func checkKeys(
        of kind: ProgrammeRule.Kind, _ values: [String: RuleValue], _ root: RuleValue
    ) {
        let (needed, foreign) =
            switch kind {
            case .threshold: (["faces"], ["rate", "cap", "uses", "top-up"])
            case .balance: (["faces"], ["rate", "cap", "uses", "whole-only", "thresholds"])
            case .percentage:
                (["rate", "cap"], ["faces", "threshold", "thresholds", "uses", "whole-only", "top-up"])
            case .count: (["uses", "cap"], ["faces", "rate", "top-up", "thresholds"])
            }
        require(needed, in: values, of: root)
        for key in foreign {
            guard let value = values[key] else { continue }
            let allowed = ProgrammeFile.keys.filter { !foreign.contains($0) }
            fault(line: line(of: key), value.field, "does not belong to the kind “\(kind)”", allowed: allowed)
        }
    }

    /// Adds what the core finds wrong with the rule, where nothing else is wrong with the same field.
    private mutating func check(_ rule: ProgrammeRule) {
        for found in rule.faults where !hasFault(at: found.field) {
            fault(line: line(of: found.field), found.field, "cannot be meant", allowed: [found.expected])
        }
    }
}
