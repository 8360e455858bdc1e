/// 分录, with the event that posted it.
package struct PostingRow: Equatable, Sendable {
    package var event: UInt64
    package var line: UInt32
    package var posting: Posting

    package init(event: UInt64, line: UInt32, posting: Posting) {
        self.event = event
        self.line = line
        self.posting = posting
    }
}

/// A command that the core refused.
package struct RefusalRow: Equatable, Sendable {
    package var event: UInt64
    package var type: OperationType
    package var refusal: Refusal
    package var instant: Instant
    package var principal: Principal

    package init(
        event: UInt64, type: OperationType, refusal: Refusal, instant: Instant, principal: Principal
    ) {
        self.event = event
        self.type = type
        self.refusal = refusal
        self.instant = instant
        self.principal = principal
    }
}
