package import CBOR

/// Who may take a batch's vouchers, and when: groups, reserves and rounds (优先机制、预留名额、分轮投放).
package struct BatchAccess: CBORFields, Equatable, Sendable, Codable {
    /// So many vouchers that nobody but a group may take.
    package struct Reserve: CBORFields, Equatable, Sendable, Codable {
        package var group = ""
        package var count: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(1, &group)
            try coder.field(2, &count)
        }
    }

    /// So many vouchers that nobody may take before an instant; what comes back to the batch is never held back.
    package struct Round: CBORFields, Equatable, Sendable, Codable {
        package var from = Instant(microseconds: 0)
        package var count: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(1, &from)
            try coder.field(2, &count)
        }
    }

    /// The groups that may take vouchers at all; empty for everybody.
    package var only: [String] = []
    /// The groups that may take vouchers before the batch's window begins …
    package var priority: [String] = []
    /// … from this instant on; there where ``priority`` has a group.
    package var priorityFrom: Instant?
    package var reserves: [Reserve] = []
    /// From this instant on reserves are for everybody; `nil` for the whole time.
    package var reservedUntil: Instant?
    /// The rounds after the first, ascending.
    package var rounds: [Round] = []

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &only)
        try coder.field(2, &priority)
        try coder.field(3, &priorityFrom)
        try coder.field(4, &reserves)
        try coder.field(5, &reservedUntil)
        try coder.field(6, &rounds)
    }

    /// Every group that it speaks of.
    package var groups: Set<String> { Set(only + priority + reserves.map(\.group)) }

    /// Whether a batch can be released like this; a lottery knows neither priority nor reserves nor rounds.
    func isSound(quota: UInt32, release: Release, from: Instant, until: Instant) -> Bool {
        let reserved = reserves.reduce(Int64(0)) { $0 + Int64($1.count) }
        let later = rounds.reduce(Int64(0)) { $0 + Int64($1.count) }
        let lists = [only, priority, reserves.map(\.group)]
        let instants = [from] + rounds.map(\.from) + [until]
        return lists.allSatisfy { $0.count <= 8 && $0.allSatisfy(\.isGroup) && Set($0).count == $0.count }
            && (priorityFrom != nil) == !priority.isEmpty && priorityFrom.map { $0 < from } ?? true
            && reserves.allSatisfy { $0.count > 0 } && reserved <= Int64(quota)
            && (reservedUntil == nil || !reserves.isEmpty)
            && rounds.count <= 100 && rounds.allSatisfy { $0.count > 0 } && later < Int64(quota)
            && zip(instants, instants.dropFirst()).allSatisfy { $0 < $1 }
            && (release != .lottery || priority.isEmpty && reserves.isEmpty && rounds.isEmpty)
    }
}
