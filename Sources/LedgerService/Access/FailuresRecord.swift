import CBOR
import LedgerDomain
import LedgerStorage

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

extension OfficeRecords {
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where too much has failed under this key lately.
    func demandPatience(_ key: [UInt8], at now: Instant) throws(ServiceError) {
        if let until = try find(FailuresRecord.self, key, at: now)?.until, now < until {
            throw .tooOften(until: until, now: now)
        }
    }

    /// Counts a try before it is made, so that many at once are many; ``forgive(_:at:)`` takes it back.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where too many have failed lately.
    func attempt(
        _ key: [UInt8], at now: Instant, allowed: UInt64 = FailuresRecord.allowed
    ) throws(ServiceError) {
        try change(FailuresRecord.self, key, at: now) { record throws(ServiceError) in
            var failures = record ?? FailuresRecord()
            if let until = failures.until, now < until { throw .tooOften(until: until, now: now) }
            failures.add(at: now, allowed: allowed)
            record = failures
        }
    }

    /// Takes back a try that came to nothing.
    func takeBack(_ key: [UInt8], at now: Instant) throws(ServiceError) {
        try change(FailuresRecord.self, key, at: now) { record in
            guard let count = record?.count, count > 0 else { return }
            record?.count = count - 1
            record?.until = nil
        }
    }

    /// Counts a failure; whether nobody is let in for a while now.
    func fail(
        _ key: [UInt8], at now: Instant, allowed: UInt64 = FailuresRecord.allowed
    ) throws(ServiceError) -> Bool {
        try change(FailuresRecord.self, key, at: now) { record in
            var failures = record ?? FailuresRecord()
            failures.add(at: now, allowed: allowed)
            record = failures
            return failures.until != nil
        }
    }

    func forgive(_ key: [UInt8], at now: Instant) throws(ServiceError) {
        try change(FailuresRecord.self, key, at: now) { $0 = nil }
    }
}
