import CBOR
import LedgerDomain
import LedgerStorage

/// Somewhere outside that is told of events, found by the number of the event that made it.
struct WebhookRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.webhook
    /// How long what was removed is remembered, and its making may be retried.
    static let memory = 30 * Instant.day

    var address = ""
    /// The types that it wants to hear of; all where there are none.
    var types: [OperationType] = []
    /// The first event that it has not been told of.
    var next: UInt64 = 0
    /// How often in a row it was not taken.
    var failures: UInt64 = 0
    /// When it is tried again; a process that is about to try moves it on, so that no other does.
    var dueAt = Instant(microseconds: 0)
    /// What went wrong last; empty where nothing did.
    var fault = ""
    /// When it was removed; its record stays for a while, so that a late retry of its making brings nothing back.
    var removedAt: Instant?

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &address)
        try coder.field(1, &types)
        try coder.field(2, &next)
        try coder.field(3, &failures)
        try coder.field(4, &dueAt)
        try coder.field(5, &fault)
        try coder.field(6, &removedAt)
    }

    var recordExpiry: Instant? { removedAt?.adding(2 * WebhookRecord.memory) }
}
