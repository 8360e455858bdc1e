import CBOR
import LedgerDomain

/// Points that somebody earned at one time.
struct ModelLot: Sendable {
    var expiry: Instant
    var left: Int64
}

// Points: earned by what was attested, exchanged for vouchers, gone after their time.
extension ReferenceModel {
    /// Makes a person known to a programme; one who comes from another begins anew.
    mutating func join(_ pseudonym: Pseudonym, _ programme: ProgrammeID) {
        let number = people[pseudonym]?.number ?? PersonID(UInt32(people.count + 1))
        guard people[pseudonym]?.programme != programme else { return }
        let vouchers = people[pseudonym]?.vouchers ?? []
        people[pseudonym] = ModelPerson(number: number, programme: programme)
        people[pseudonym]?.vouchers = vouchers
    }

    func usablePoints(_ pseudonym: Pseudonym) -> Int64 {
        (lots[pseudonym] ?? []).reduce(0) { now < $1.expiry ? $0 + $1.left : $0 }
    }

    /// What a voucher of a batch costs: the rate for every yuan of its face, upwards.
    func price(_ batch: ModelBatch) -> Int64? {
        guard let rate = batch.rule.points?.rate else { return nil }
        let product = Int128(batch.face) * Int128(rate)
        return Int64(product / 100) + (product % 100 > 0 ? 1 : 0)
    }

    /// Takes the points that a voucher costs, those first that expire first.
    mutating func exchange(_ asked: Issue, _ price: Int64?) -> PointsPrice? {
        guard let price, let person = people[asked.pseudonym] else { return nil }
        var open = price
        var held = (lots[asked.pseudonym] ?? []).sorted { $0.expiry < $1.expiry }
        for place in held.indices where held[place].expiry > now {
            let taken = min(open, held[place].left)
            held[place].left -= taken
            open -= taken
        }
        lots[asked.pseudonym] = held
        post(
            .exchange, debit: .points(person.number), credit: .pointsIssued(person.programme), .none, price)
        return .with {
            $0.person = person.number
            $0.programme = person.programme
            $0.amount = Amount(fen: price)
        }
    }

    mutating func predict(_ asked: EarnPoints) throws(Refusal) -> EarnPoints.Accepted {
        try refuse([
            (.amountOutOfRange, asked.units < 1 || asked.units > 24),
            (.textOutOfRange, !fits(asked.reference, 64)),
        ])
        guard let programme = programmes[asked.programme] else { throw .unknownProgramme }
        let activity = programme.rule.points?.activities.first { $0.name == asked.activity }
        let attendance = ModelAttendance(pseudonym: asked.pseudonym, reference: asked.reference)
        try refuse([
            (.programmeNotApproved, programme.status == .submitted),
            (.programmeClosed, programme.status == .closed),
            (.programmePaused, programme.status == .paused),
            (.pointsNone, programme.rule.points == nil),
            (.activityUnknown, activity == nil),
            (.activityCounted, attended.contains(attendance)),
            (.notHolder, people[asked.pseudonym].map { $0.programme != asked.programme } ?? false),
        ])
        attended.insert(attendance)
        join(asked.pseudonym, asked.programme)
        let number = people[asked.pseudonym]?.number ?? .none
        let points = Int64(activity?.points ?? 0) * Int64(asked.units)
        let expiry = now.adding(programme.rule.points?.lifetime ?? 0)
        lots[asked.pseudonym, default: []].append(ModelLot(expiry: expiry, left: points))
        post(.earn, debit: .pointsIssued(asked.programme), credit: .points(number), .none, points)
        return .with {
            $0.person = number
            $0.points = Amount(fen: points)
            $0.expiry = expiry
        }
    }

    mutating func predict(_ asked: ExpirePoints) throws(Refusal) -> ExpirePoints.Accepted {
        guard let (pseudonym, person) = people.first(where: { $0.value.number == asked.person }),
            let held = lots[pseudonym]
        else { throw .pointsNone }
        let gone = held.filter { $0.expiry <= now }.reduce(0) { $0 + $1.left }
        try refuse([(.pointsNotExpired, gone == 0)])
        lots[pseudonym] = held.filter { $0.expiry > now }
        post(
            .expire, debit: .points(person.number), credit: .pointsIssued(person.programme), .none, gone)
        return .with {
            $0.programme = person.programme
            $0.pseudonym = pseudonym
            $0.points = Amount(fen: gone)
        }
    }
}

/// Somebody at an activity.
struct ModelAttendance: Hashable, Sendable {
    var pseudonym: Pseudonym
    var reference: String
}
