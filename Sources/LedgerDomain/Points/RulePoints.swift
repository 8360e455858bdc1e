package import CBOR

/// 积分: what activities earn, how long points are good, and what a voucher costs. Points are never cash.
package struct RulePoints: CBORFields, Equatable, Sendable, Codable {
    /// A public activity and what one unit of it earns: an attendance, or an hour of volunteering.
    package struct Activity: CBORFields, Equatable, Sendable, Codable {
        package var name = ""
        package var points: UInt32 = 0

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(1, &name)
            try coder.field(2, &points)
        }
    }

    package var activities: [Activity] = []
    /// Microseconds from the attestation to the instant from which points are gone.
    package var lifetime: Int64 = 0
    /// The published rate: points for one yuan of a voucher's face.
    package var rate: UInt32 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &activities)
        try coder.field(2, &lifetime)
        try coder.field(3, &rate)
    }

    /// What a voucher of `face` costs, upwards to whole points.
    package func price(of face: Amount) -> Amount {
        Amount(fen: Int64((Int128(face.fen) * Int128(rate) + 99) / 100))
    }

    /// Whether every number and text can be meant.
    var isSound: Bool {
        (1...100).contains(activities.count) && activities.allSatisfy(\.name.isOrderReference)
            && activities.allSatisfy { (1...1_000_000).contains($0.points) }
            && Set(activities.map(\.name)).count == activities.count
            && lifetime > 0 && lifetime <= 3660 * Instant.day && (1...1_000_000).contains(rate)
    }
}
