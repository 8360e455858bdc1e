package import CBOR

/// When and where a voucher may be used. An empty list allows everything.
package struct RuleConditions: Equatable, Sendable, Codable {
    /// Microseconds from the claim to the instant from which a redemption is refused.
    package var validity: Int64 = 0
    /// No use before this instant.
    package var from: Instant?
    /// No use from this instant on, however long the voucher would be valid.
    package var until: Instant?
    /// Daily hours on a Shanghai clock.
    package var hours: DailyHours?
    /// ISO weekdays, 1 Monday … 7 Sunday.
    package var weekdays: [UInt8] = []
    /// Outlet categories, as the registry writes them.
    package var categories: [String] = []
    /// Platform ids of the outlets that take part (试点网点).
    package var outlets: [String] = []
    /// GB/T 2260 divisions; an outlet in or under one of them takes part.
    package var regions: [LedgerCode] = []
    /// Whether rural outlets alone take part; `nil` for no.
    package var ruralOnly: Bool?

    package init() {}
}

/// Hours of a day in minutes since midnight; `to` is excluded. A range over midnight has `from` > `to`.
package struct DailyHours: Equatable, Sendable, Codable {
    package var from: UInt16 = 0
    package var to: UInt16 = 1440

    package init() {}
    package init(from: UInt16, to: UInt16) {
        self.from = from
        self.to = to
    }

    package func contains(minute: Int) -> Bool {
        from <= to ? (Int(from)..<Int(to)).contains(minute) : minute >= Int(from) || minute < Int(to)
    }
}

extension DailyHours: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &from)
        try coder.field(1, &to)
    }
}

extension RuleConditions: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &validity)
        try coder.field(1, &from)
        try coder.field(2, &until)
        try coder.field(3, &hours)
        try coder.field(4, &weekdays)
        try coder.field(5, &categories)
        try coder.field(6, &outlets)
        try coder.field(7, &regions)
        try coder.field(8, &ruralOnly)
    }
}
