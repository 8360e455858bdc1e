extension ProgrammeRule {
    /// What the rule gives on a bill, or why it gives nothing (DESIGN §3, Rules).
    ///
    /// The least of rate, cap, balance, ratio of the bill and bill − minimum own payment, in whole fen
    /// downwards, then down to the step.
    ///
    /// - Parameter face: the voucher's face, for rules whose faces have a threshold each.
    package func subsidy(
        bill: Amount, available: Amount, face: Amount, category: String, channel: String
    ) -> Result<Amount, Refusal> {
        var amount = available
        switch kind {
        case .threshold, .balance, .count:
            guard bill >= threshold(of: face) else { return .failure(.belowThreshold) }
            if let useCap { amount = min(amount, useCap) }
        case .percentage:
            amount = min(amount, rate.of(bill))
            if let cap = faces.first { amount = min(amount, cap) }
        }
        let whole = amount
        if let ratio = ratio(category: category, channel: channel) { amount = min(amount, ratio.of(bill)) }
        amount = min(amount, bill - minimumOwnPayment)
        amount = Amount(fen: amount.fen / step.fen * step.fen)
        if wholeOnly == true, amount < whole { return .failure(.belowThreshold) }
        return amount > .zero ? .success(amount) : .failure(.noSubsidy)
    }

    /// The first ratio line that fits; `nil` where the rule has none for it.
    package func ratio(category: String, channel: String) -> Ratio? {
        ratios.first {
            ($0.category == nil || $0.category == category) && ($0.channel == nil || $0.channel == channel)
        }?.ratio
    }
}
