package import AuditLog
import Cryptography
package import LedgerDomain

extension LotteryPublication {
    /// What follows from the published files alone.
    package struct Verdict: Equatable, Sendable {
        package var entries: Int
        package var winners: Int?
        package var isVoid: Bool
        /// The steps whose place in the log was verified; `nil` where no key of the log was given.
        package var steps: Int?
        package var root: Octets
        package var draw: Octets?
    }

    /// Does the whole lottery again: list, root, commitments, draw, ranks; and with the log's key, that the log has every
    /// step, each before the next.
    ///
    /// - Parameter log: whose receipts are believed; `nil` leaves unanswered whether the list was frozen before the seeds
    ///   were known.
    package func verify(log: KnownLog?, policy: WitnessPolicy) throws(LotteryFault) -> Verdict {
        try demand(record.format == LotteryRecord.format, Self.recordName, "it is of another format")
        let root = try verifiedRoot()
        let draw = try verifiedDraw(root)
        if let log { try verifySteps(log, policy, root, draw) }
        return Verdict(
            entries: marks.count, winners: winners?.count, isVoid: record.isVoid,
            steps: log == nil ? nil : steps.count, root: root, draw: draw)
    }

    private func verifiedRoot() throws(LotteryFault) -> Octets {
        try demand(Set(marks).count == marks.count, Self.entriesName, "a mark stands in it twice")
        try demand(
            record.entries == marks.count, Self.entriesName,
            "it has \(marks.count) entries, and the record says \(record.entries)")
        var tree = CompactRange()
        for mark in marks { tree.append(LotteryDraw.leaf(mark)) }
        let root = Octets(tree.root.bytes)
        try demand(
            Octets(digest: record.root) == root, Self.entriesName,
            "its root is \(root.bytes.hexadecimal), and the record says \(record.root)")
        return root
    }

    /// The draw that the seeds give, compared with the record and the list of winners; `nil` where seeds are missing.
    private func verifiedDraw(_ root: Octets) throws(LotteryFault) -> Octets? {
        var seeds: [Octets] = []
        for party in record.parties {
            guard let text = party.seed else { continue }
            guard let seed = Octets(digest: text),
                LotteryDraw.commitment(to: seed) == Octets(digest: party.commitment)
            else {
                throw LotteryFault(
                    file: Self.recordName,
                    reason: "the seed of \(party.name) is not the one that was committed to")
            }
            seeds.append(seed)
        }
        guard seeds.count == record.parties.count, !record.isVoid else {
            try demand(
                record.draw == nil && winners == nil, Self.recordName,
                "it was drawn although a party has not revealed its seed")
            return nil
        }
        try demand(seeds.count >= 2, Self.recordName, "it has fewer than two parties")
        let draw = LotteryDraw.draw(
            LedgerCode(record.ledger), BatchID(record.batch), root: root, seeds: seeds)
        try demand(
            record.draw.flatMap { Octets(digest: $0) } == draw, Self.recordName,
            "the draw is not what follows from the list and the seeds, \(draw.bytes.hexadecimal)")
        let places = min(marks.count, Int(record.quota))
        try demand(
            record.winners == places, Self.recordName, "\(places) win, not \(record.winners ?? 0)")
        let expected = LotteryDraw.winners(draw, entries: marks.count, places: places)
        guard let winners else { throw LotteryFault(file: Self.winnersName, reason: "it cannot be read") }
        for (place, number) in expected.enumerated() where place >= winners.count || winners[place] != number
        {
            throw LotteryFault(
                file: Self.winnersName, reason: "line \(place + 2) must be entry \(number), by its rank")
        }
        try demand(winners.count == expected.count, Self.winnersName, "it has more than \(places) winners")
        return draw
    }

    /// Whether the log has every step as the record says, in an order in which nobody could grind.
    private func verifySteps(
        _ log: KnownLog, _ policy: WitnessPolicy, _ root: Octets, _ draw: Octets?
    ) throws(LotteryFault) {
        var course = Course()
        for step in steps {
            let name = "\(Self.receiptsName)/\(step.event).tlog-proof"
            let receipt: LedgerReceipt
            do {
                receipt = try LedgerReceipt(step.receipt, log: log, policy: policy)
            } catch {
                throw LotteryFault(file: name, reason: "\(error)")
            }
            try demand(receipt.number == step.event, name, "it is of event \(receipt.number)")
            try demand(receipt.event.record.refusal == nil, name, "the ledger refused this step")
            try course.take(receipt.event, BatchID(record.batch), name)
        }
        try demand(
            course.parties.map(\.name) == record.parties.map(\.name), Self.recordName,
            "its parties are not those of the proposal in the log")
        try demand(course.quota == record.quota, Self.recordName, "its quota is not the log's")
        for party in course.parties {
            let said = record.parties.first { $0.name == party.name }
            try demand(
                course.commitments[party] == said.flatMap { Octets(digest: $0.commitment) },
                Self.recordName, "the commitment of \(party.name) is not the log's")
            try demand(
                course.seeds[party] == said?.seed.flatMap { Octets(digest: $0) }, Self.recordName,
                "the seed of \(party.name) is not the log's")
        }
        try demand(course.root == root, Self.recordName, "the frozen root is not the log's")
        try demand(course.draw == draw, Self.recordName, "the draw is not the log's")
        try demand(
            course.isVoid == record.isVoid, Self.recordName, "whether it is void, the log says otherwise")
    }

    /// What the log's steps say, one after another.
    private struct Course {
        var parties: [Principal] = []
        var quota: UInt32 = 0
        var until = Instant(microseconds: .max)
        var commitments: [Principal: Octets] = [:]
        var seeds: [Principal: Octets] = [:]
        var root: Octets?
        var draw: Octets?
        var isVoid = false

        mutating func take(_ event: Event, _ batch: BatchID, _ file: String) throws(LotteryFault) {
            switch event.record.command {
            case let asked as ProposeBatch:
                let given = (event.record as? Record<ProposeBatch>)?.verdict
                try demand(parties.isEmpty, file, "a second proposal")
                try demand((try? given?.get().batch) == batch, file, "it is of another batch")
                parties = asked.lottery?.parties ?? []
                quota = asked.quota
                until = asked.until
            case let asked as CommitSeed:
                try demand(asked.batch == batch, file, "it is of another batch")
                try demand(root == nil, file, "a commitment after the list was frozen")
                try demand(commitments[event.principal] == nil, file, "a second commitment of one party")
                commitments[event.principal] = asked.commitment
            case let asked as FreezeLottery:
                try demand(asked.batch == batch, file, "it is of another batch")
                try demand(root == nil, file, "the list was frozen before")
                try demand(event.instant >= until, file, "the list was frozen before entries were over")
                try demand(commitments.count == parties.count, file, "frozen without every commitment")
                root = try? (event.record as? Record<FreezeLottery>)?.verdict.get().root
            case let asked as RevealSeed:
                try demand(asked.batch == batch, file, "it is of another batch")
                try demand(root != nil, file, "a seed was revealed before the list was frozen")
                try demand(
                    parties.count > seeds.count && parties[seeds.count] == event.principal, file,
                    "a seed was revealed out of order")
                seeds[event.principal] = asked.seed
                draw = try? (event.record as? Record<RevealSeed>)?.verdict.get().draw
            case let asked as VoidLottery:
                try demand(asked.batch == batch, file, "it is of another batch")
                isVoid = true
            default:
                throw LotteryFault(file: file, reason: "it is no step of a lottery")
            }
        }
    }
}

private func demand(_ holds: Bool, _ file: String, _ reason: String) throws(LotteryFault) {
    if !holds { throw LotteryFault(file: file, reason: reason) }
}
