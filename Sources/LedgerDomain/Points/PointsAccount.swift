/// One person's points in one programme: a balance, and when parts of it expire.
package struct PointsAccount: Equatable, Sendable, Codable {
    /// Points that expire together.
    package struct Lot: Equatable, Sendable, Codable {
        package var expiry: Instant
        package var amount: Amount
    }

    /// All points, expired ones included until they are written off; one point is one.
    package internal(set) var balance = Amount.zero
    /// What the balance is made of, the earliest expiry first.
    package private(set) var lots: [Lot] = []

    package init() {}

    /// What may be exchanged at `instant`.
    package func usable(at instant: Instant) -> Amount {
        lots.reduce(.zero) { instant < $1.expiry ? $0 + $1.amount : $0 }
    }

    /// What is to be written off at `instant`.
    package func expired(at instant: Instant) -> Amount {
        lots.reduce(.zero) { instant >= $1.expiry ? $0 + $1.amount : $0 }
    }

    mutating func earn(_ amount: Amount, until expiry: Instant) {
        let place = lots.firstIndex { $0.expiry > expiry } ?? lots.endIndex
        lots.insert(Lot(expiry: expiry, amount: amount), at: place)
    }

    /// Takes what is good at `instant`, the earliest expiry first.
    mutating func spend(_ amount: Amount, at instant: Instant) {
        var left = amount
        for index in lots.indices where instant < lots[index].expiry {
            let taken = min(left, lots[index].amount)
            lots[index].amount -= taken
            left -= taken
        }
        lots.removeAll { $0.amount == .zero }
    }

    mutating func writeOff(at instant: Instant) { lots.removeAll { instant >= $0.expiry } }
}
