import AuditLog

/// 摇号: who has entered a batch's draw, and what came of it (DESIGN §4).
package struct Lottery: Equatable, Sendable {
    /// One of those who make the chance.
    package struct Party: Equatable, Sendable, Codable {
        package var principal: Principal
        package var commitment: Octets?
        package var seed: Octets?
    }

    /// What came of an entry.
    package enum Outcome: UInt8, Sendable, Codable {
        case open = 0
        case won, issued
    }

    package let ledger: LedgerCode
    package let batch: BatchID
    package internal(set) var parties: [Party]
    package let revealBy: Instant
    /// Who entered, in the order of their numbers, which count from 1.
    package private(set) var entrants: ContiguousArray<Pseudonym> = []
    package private(set) var outcomes: ContiguousArray<Outcome> = []
    /// The root of the frozen list; `nil` while it may grow.
    package internal(set) var root: Octets?
    /// What the ranks follow from; `nil` before the last seed is revealed.
    package private(set) var draw: Octets?
    package internal(set) var isVoid = false
    /// How many winners have no voucher yet.
    package private(set) var waiting = 0

    private var places = DigestIndex()
    private var tree = CompactRange()

    init(_ plan: LotteryPlan, of batch: BatchID, in ledger: LedgerCode) {
        self.ledger = ledger
        self.batch = batch
        parties = plan.parties.map { Party(principal: $0) }
        revealBy = plan.revealBy
    }

    /// Whether every party has committed itself, so that people may enter.
    package var isCommitted: Bool { parties.allSatisfy { $0.commitment != nil } }

    /// Whether the promise to draw, or what was drawn, still binds the batch; winners keep their places for thirty days.
    func isUnderWay(at instant: Instant) -> Bool {
        guard !isVoid, !entrants.isEmpty else { return false }
        return draw == nil || waiting > 0 && instant < revealBy.adding(30 * Instant.day)
    }

    /// The number of whoever entered, from 1.
    package func number(of pseudonym: Pseudonym) -> UInt32? {
        places.first(pseudonym.rawValue) { entrants[Int($0)] == pseudonym }.map { $0 + 1 }
    }

    /// What came of the entry of that number; `nil` where there is none.
    package func outcome(of number: UInt32) -> Outcome? {
        number >= 1 && number <= entrants.count ? outcomes[Int(number) - 1] : nil
    }

    /// The mark that the published list has for each entry, in order.
    package var marks: [Octets] { entrants.map { LotteryDraw.mark(ledger, batch, $0) } }

    /// The root over the entries so far.
    var currentRoot: Octets { Octets(tree.root.bytes) }

    /// What the draw is once `seed` completes the seeds.
    func draw(completedBy seed: Octets) -> Octets {
        LotteryDraw.draw(
            ledger, batch, root: root ?? currentRoot, seeds: parties.compactMap(\.seed) + [seed])
    }

    mutating func enter(_ pseudonym: Pseudonym) {
        places.insert(pseudonym.rawValue, UInt32(entrants.count))
        entrants.append(pseudonym)
        outcomes.append(.open)
        tree.append(LotteryDraw.leaf(LotteryDraw.mark(ledger, batch, pseudonym)))
    }

    mutating func decide(_ draw: Octets, places: Int) {
        self.draw = draw
        let winners = LotteryDraw.winners(draw, entries: entrants.count, places: places)
        for number in winners { outcomes[Int(number) - 1] = .won }
        waiting = winners.count
    }

    mutating func issue(_ number: UInt32) {
        outcomes[Int(number) - 1] = .issued
        waiting -= 1
    }
}

extension Lottery: Codable {
    private enum CodingKeys: CodingKey {
        case ledger, batch, parties, revealBy, entrants, outcomes, root, draw, isVoid
    }

    /// Reads what was kept, and makes anew what follows from it.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        ledger = try container.decode(LedgerCode.self, forKey: .ledger)
        batch = try container.decode(BatchID.self, forKey: .batch)
        parties = try container.decode([Party].self, forKey: .parties)
        revealBy = try container.decode(Instant.self, forKey: .revealBy)
        for pseudonym in try container.decode([UInt64].self, forKey: .entrants) {
            enter(Pseudonym(pseudonym))
        }
        outcomes = try container.decode(ContiguousArray<Outcome>.self, forKey: .outcomes)
        guard outcomes.count == entrants.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .outcomes, in: container, debugDescription: "one outcome for each entry")
        }
        root = try container.decodeIfPresent(Octets.self, forKey: .root)
        draw = try container.decodeIfPresent(Octets.self, forKey: .draw)
        isVoid = try container.decode(Bool.self, forKey: .isVoid)
        waiting = outcomes.count { $0 == .won }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ledger, forKey: .ledger)
        try container.encode(batch, forKey: .batch)
        try container.encode(parties, forKey: .parties)
        try container.encode(revealBy, forKey: .revealBy)
        try container.encode(entrants.map(\.rawValue), forKey: .entrants)
        try container.encode(outcomes, forKey: .outcomes)
        try container.encodeIfPresent(root, forKey: .root)
        try container.encodeIfPresent(draw, forKey: .draw)
        try container.encode(isVoid, forKey: .isVoid)
    }
}
