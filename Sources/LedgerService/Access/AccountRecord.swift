import CBOR
import LedgerDomain
import LedgerStorage

/// How an account proves that it is itself; its roles are the ledger's business.
struct AccountRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.account

    /// By scrypt; `nil` until one is chosen.
    var password: String?
    /// The second factor's secret, sealed.
    var secret: Octets?
    /// The step of the code that was used last; no code is taken twice.
    var usedStep: Int64 = 0
    /// Whether the second factor has been shown to work.
    var isConfirmed = false
    /// The digest of a code with which a password may be chosen, and until when.
    var invitation: Octets?
    var invitationExpiry: Instant?
    /// Sign-ins of earlier generations are over.
    var generation: UInt64 = 0
    /// The event of the invitation that it rests on.
    var event: UInt64 = 0

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &password)
        try coder.field(1, &secret)
        try coder.field(2, &usedStep)
        try coder.field(3, &isConfirmed)
        try coder.field(4, &invitation)
        try coder.field(5, &invitationExpiry)
        try coder.field(6, &generation)
        try coder.field(7, &event)
    }
}

/// How often somebody failed lately; the more often, the longer nobody is let in under that name.
struct FailuresRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.failures

    var count: UInt64 = 0
    /// Until when nothing is tried.
    var until: Instant?
    var last = Instant(microseconds: 0)

    /// So many are forgiven from one address, and so many from everywhere.
    static let allowed: UInt64 = 5
    static let allowedInAll: UInt64 = 100

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &count)
        try coder.field(1, &until)
        try coder.field(2, &last)
    }

    var recordExpiry: Instant? { last.adding(Instant.day) }

    /// One more failure: from the last that is forgiven on a minute, then twice as long each time, an hour at most.
    mutating func add(at now: Instant, allowed: UInt64) {
        count += 1
        last = now
        guard count >= allowed else { return }
        let minutes = min(60, Int64(1) << Int64(min(6, count - allowed)))
        until = now.adding(minutes * Instant.minute)
    }
}

/// Somebody who is signed in, found by the digest of what their browser or phone shows.
struct SignInRecord: OfficeContent, Sendable {
    static let kind = OfficeRecord.Kind.signIn

    /// Empty for a resident.
    var account = ""
    var resident: Octets?
    var generation: UInt64 = 0
    /// When it was used last, to a minute.
    var seenAt = Instant(microseconds: 0)
    var expiry = Instant(microseconds: 0)

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &account)
        try coder.field(1, &resident)
        try coder.field(2, &generation)
        try coder.field(3, &seenAt)
        try coder.field(4, &expiry)
    }

    var recordExpiry: Instant? { expiry }
}
