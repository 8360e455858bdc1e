/// What three sides say of the same money: the ledger, the channel (or the merchants), the bank.
package struct ThreeWayResult: Hashable, Sendable {
    /// The ledger with the channel.
    package let channel: ReconciliationResult
    /// The channel with the bank; the channel stands where a ledger does.
    package let bank: ReconciliationResult
    /// What the channel lacks: what is left of the ledger, with what is left of the bank.
    package let rest: ReconciliationResult
    /// Everything that not all three agree on, by kind, then by the bytes of the reference, then by line.
    package let differences: [ThreeWayDifference]

    /// Whether the officer may call the sides balanced; a run that matched nothing never says so.
    package var isBalanced: Bool {
        differences.isEmpty && channel.matched.count > 0 && bank.matched.count > 0
    }

    /// The three results as bytes for a caller to hash, one after the other behind a line of their own.
    package var canonicalBytes: [UInt8] {
        Array("wenhui-three-way\t1\n".utf8) + channel.canonicalBytes + bank.canonicalBytes
            + rest.canonicalBytes
    }
}

/// One thing that three sides do not agree on; a side that lacks it is `nil`, and so is one that has it under another
/// reference, or has nothing to do with it.
package struct ThreeWayDifference: Hashable, Sendable {
    /// `single` where one side alone has it, `long` where the ledger alone lacks it, `short` where the channel or the bank
    /// does; the others as between two sides.
    package let kind: Discrepancy.Kind
    package let ledger: StatementLine?
    package let channel: StatementLine?
    package let bank: StatementLine?

    package var reference: String { (ledger ?? channel ?? bank)?.reference ?? "" }
}
