extension Discrepancy {
    /// The kinds of difference, for reports and queues.
    ///
    /// The raw value is stored and hashed, so it never changes. Discrepancies are listed in the order of the
    /// cases. Lines that share a reference and differ in more than one respect have the first of `status`,
    /// `amount` and `day` that applies.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        /// 长款: the statement has it and the ledger lacks it.
        case long
        /// 短款: the ledger has it and the statement lacks it.
        case short
        /// 金额不符: both have it, with different amounts.
        case amount
        /// 状态不符: one side says it succeeded, the other that it failed.
        case status
        /// 跨日: both agree on everything but the business day, as happens around the cut-off.
        case day
        /// 重复: the reference has already occurred on the same side.
        case duplicate
        /// 单边账: of three sides one alone has it; two sides never say so.
        case single
    }
}
