/// What a party or an officer did for a lottery, as the read model keeps it.
package struct LotteryStepRow: Equatable, Sendable {
    package var batch: BatchID
    package var event: UInt64
    package var type: OperationType
    package var principal: Principal
    package var instant: Instant
    /// The commitment, the root or the seed; empty for what has none.
    package var value: Octets

    package init(
        batch: BatchID, event: UInt64, type: OperationType, principal: Principal, instant: Instant,
        value: Octets
    ) {
        self.batch = batch
        self.event = event
        self.type = type
        self.principal = principal
        self.instant = instant
        self.value = value
    }

    init(batch: BatchID, _ type: OperationType, _ value: Octets, _ context: Context) {
        self.init(
            batch: batch, event: context.number, type: type, principal: context.principal,
            instant: context.instant, value: value)
    }
}

/// An entry of a lottery as the read model keeps it.
package struct LotteryEntryRow: Equatable, Sendable {
    package var batch: BatchID
    package var number: UInt32
    package var pseudonym: Pseudonym
    package var event: UInt64

    package init(batch: BatchID, number: UInt32, pseudonym: Pseudonym, event: UInt64) {
        self.batch = batch
        self.number = number
        self.pseudonym = pseudonym
        self.event = event
    }
}
