import CBOR
import LedgerDomain
import LedgerStorage

/// A difference as the office keeps it while people work on it; what puts it to rest is in the log.
struct DifferenceRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.difference
    /// The most notes, and the most pieces of evidence, of one difference.
    static let limit = 8

    var counterparty = ""
    var kind = Resolution.Class.long
    /// At most ``referenceLimit`` bytes of it.
    var reference = ""
    var ledger: Difference.Side?
    var statement: Difference.Side?
    /// What the bank says, of three sides.
    var bank: Difference.Side?
    /// The events that recorded the runs that found it first and last; both the event disputed for a dispute.
    var firstRun: UInt64 = 0
    var lastRun: UInt64 = 0
    /// When a run found it first, and last.
    var found = Instant(microseconds: 0)
    var seen = Instant(microseconds: 0)
    /// SHA-256 of the statement that the last run read.
    var source = Octets()
    /// The account that works on it.
    var owner: String?
    var notes: [Difference.Note] = []
    var evidence: [Difference.Evidence] = []

    static let referenceLimit = 200

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &counterparty)
        try coder.field(1, &kind)
        try coder.field(2, &reference)
        try coder.field(3, &ledger)
        try coder.field(4, &statement)
        try coder.field(5, &firstRun)
        try coder.field(6, &lastRun)
        try coder.field(7, &found)
        try coder.field(8, &seen)
        try coder.field(9, &source)
        try coder.field(10, &owner)
        try coder.field(11, &notes)
        try coder.field(12, &evidence)
        try coder.field(13, &bank)
    }
}
