package import CBOR

/// Who makes the chance of a lottery, and until when they must have said their seeds.
package struct LotteryPlan: CBORFields, Equatable, Sendable {
    /// Two to eight different principals in the order in which they reveal, the operator first.
    package var parties: [Principal] = []
    /// From this instant on no seed is taken any more; a draw that lacks one is void.
    package var revealBy = Instant(microseconds: 0)

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &parties)
        try coder.field(2, &revealBy)
    }

    /// Whether a batch whose entries end at `until` can be drawn like this.
    func isSound(until: Instant) -> Bool {
        (2...8).contains(parties.count) && Set(parties).count == parties.count && revealBy > until
    }
}
