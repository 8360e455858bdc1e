/// Something in a rule that cannot be meant; the edge adds line and file.
package struct RuleFault: Error, Equatable, Sendable {
    /// The field, as the rule file spells it, such as `limits.person.amount`.
    package var field: String
    /// What would be right, in English.
    package var expected: String
}

extension ProgrammeRule {
    /// Everything about the rule that cannot be meant; empty for a rule the core can run.
    package var faults: [RuleFault] {
        var faults: [RuleFault] = []
        func require(_ holds: Bool, _ field: String, _ expected: String) {
            if !holds { faults.append(RuleFault(field: field, expected: expected)) }
        }
        let faceLimit = Amount(fen: 100_000_000)
        let hasCap = kind == .percentage || kind == .count
        require(!faces.isEmpty, hasCap ? "cap" : "faces", "at least one amount in yuan")
        require(
            faces.allSatisfy { $0 > .zero && $0 <= faceLimit }, hasCap ? "cap" : "faces",
            "amounts of 0.01 to 1,000,000.00 yuan")
        require(Set(faces).count == faces.count, "faces", "each face once")
        require(threshold >= .zero && threshold <= .limit, "threshold", "an amount in yuan")
        if kind == .percentage {
            require(faces.count == 1, "cap", "one amount")
            require(rate > .zero && rate <= .whole, "rate", "more than 0 % and at most 100 %")
            require(threshold == .zero, "threshold", "nothing: a percentage has no threshold")
        } else {
            require(rate == .zero, "rate", "nothing: only a percentage has a rate")
        }
        if kind == .count {
            require(uses.map { (1...100).contains($0) } ?? false, "uses", "1 to 100")
            require(faces.count == 1, "cap", "one amount")
            require(
                uses.map { $0 > 0 && (faces.first?.fen ?? 0) % Int64($0) == 0 } ?? true, "cap",
                "the same for every use")
        } else {
            require(uses == nil, "uses", "nothing: only the kind count has uses")
        }
        require(
            wholeOnly == nil || wholeOnly == true && kind != .percentage && kind != .balance, "whole-only",
            "true, for a threshold or a count; otherwise nothing")
        require(
            wholeOnly != true || step.fen <= 1
                || faces.allSatisfy { ($0.fen / Int64(uses ?? 1)) % step.fen == 0 },
            "step", "what divides every face, for nothing but whole faces are given")
        require(
            topUp.map { kind == .balance && $0.isMovable } ?? true, "top-up",
            "an amount in yuan, for the kind balance")
        require(
            thresholds.map { list in
                kind == .threshold && list.count == faces.count && threshold == .zero
                    && list.allSatisfy { $0 > .zero && $0 <= .limit }
            } ?? true, "thresholds", "one amount for each face, instead of threshold")
        require(step > .zero && step <= (faces.max() ?? step), "step", "0.01 up to the largest face")
        require(
            ratios.allSatisfy { $0.ratio > .zero && $0.ratio <= .whole }, "ratios",
            "more than 0 % and at most 100 %")
        require(minimumOwnPayment >= .zero && minimumOwnPayment <= .limit, "own-payment", "an amount in yuan")
        require(
            conditions.validity > 0 && conditions.validity <= 3660 * Instant.day, "validity",
            "from one minute to ten years")
        if let from = conditions.from, let until = conditions.until {
            require(from < until, "until", "an instant after from")
        }
        if let hours = conditions.hours {
            require(hours.from < 1440 && hours.to <= 1440 && hours.from != hours.to, "hours", "08:00-22:00")
        }
        require(conditions.weekdays.allSatisfy { (1...7).contains($0) }, "weekdays", "1 (Monday) to 7")
        require(
            points?.isSound ?? true, "points",
            "up to 100 activities of 1 to 1,000,000 points, a lifetime up to ten years, and a rate")
        require(points == nil || claims?.scope == nil, "points", "nothing where the programme has a scope")
        require(
            goods?.isSound ?? true, "goods",
            "a catalogue's name; each item and category once; limits of at least 1")
        require(bothSides != false, "both-sides", "true, or nothing")
        require(conditions.ruralOnly != false, "rural-only", "true, or nothing")
        if let amount = limits.personAmount {
            require(amount >= (faces.min() ?? amount), "limits.person.amount", "at least the smallest face")
        }
        for (value, field) in [
            (limits.personVouchers, "limits.person.vouchers"), (limits.personDay, "limits.person.day"),
            (limits.personMerchant, "limits.person.merchant"),
        ] { require(value != 0, field, "at least 1") }
        if let amount = limits.merchantDay {
            require(amount > .zero, "limits.merchant.day", "a positive amount in yuan")
        }
        if let claims {
            require(claims != RuleClaims(), "claims", "at least one of scope, guarded and proxied")
            require(claims.scope?.isGroup ?? true, "claims.scope", "1 to 32 bytes")
            require(
                claims.guarded.count <= 8 && claims.guarded.allSatisfy(\.isGroup)
                    && Set(claims.guarded).count == claims.guarded.count, "claims.guarded",
                "up to eight groups, each once")
            require(claims.proxied != 0, "claims.proxied", "at least 1")
        }
        return faults
    }
}
