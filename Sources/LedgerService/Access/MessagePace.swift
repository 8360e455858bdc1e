import LedgerDomain

/// How many messages went to one place today: ten at most, a minute apart at least.
struct MessagePace: Equatable {
    var sentAt = Instant(microseconds: 0)
    var sent: UInt64 = 0

    static let messagesPerDay: UInt64 = 10

    /// Counts one more.
    ///
    /// - Throws: ``ServiceError/tooOften(until:now:)`` where it is too soon.
    mutating func send(at now: Instant) throws(ServiceError) {
        if now.calendarDay != sentAt.calendarDay { sent = 0 }
        let next = sentAt.adding(Instant.minute)
        guard now >= next else { throw .tooOften(until: next, now: now) }
        guard sent < MessagePace.messagesPerDay else {
            throw .tooOften(until: now.adding(Instant.hour), now: now)
        }
        sent += 1
        sentAt = now
    }
}
