import Cryptography
package import LedgerDomain

/// One transfer between two ledgers, as both tell it.
package struct TransferPair: Equatable, Sendable {
    package enum Standing: String, CaseIterable, Sendable {
        case matched
        /// Sent, and not received yet (在途).
        case inTransit = "in-transit"
        /// Received, and never sent.
        case unsent
        /// The amounts differ.
        case amount
        /// One side says that it was sent back.
        case undone
        /// The other ledger's figures are not there.
        case outside

        package var name: Sentence {
            switch self {
            case .matched: Sentence("相符", "matched")
            case .inTransit: Sentence("在途", "sent, not received")
            case .unsent: Sentence("对方未发出", "received, never sent")
            case .amount: Sentence("金额不符", "amounts differ")
            case .undone: Sentence("退回不符", "sent back on one side only")
            case .outside: Sentence("对方不在汇总内", "the other ledger is not here")
            }
        }
    }

    package var sender: String
    package var receiver: String
    /// The event that sent it, in the sender's log.
    package var remit: UInt64
    package var sent: Amount?
    package var received: Amount?
    package var standing: Standing
}

/// Several ledgers' figures as one region's (town, county, city, province), with the transfers among them paired.
package struct RolledFigures: Sendable {
    package var figures: PeriodFigures
    package var pairs: [TransferPair]

    /// Sums figures of one period.
    ///
    /// - Parameter region: the GB/T 2260 code that the sum is of.
    /// - Throws: ``ServiceError/invalid(_:)`` where they are of several periods, of one ledger twice, of one outside the
    ///   region, or for the public in part only.
    package init(_ parts: [PeriodFigures], into region: LedgerCode) throws(ServiceError) {
        guard let first = parts.first else { throw .invalid("There are no figures to sum.") }
        var sum = first
        sum.ledger = region.description
        sum.sources = []
        (sum.total, sum.people, sum.crowd, sum.events) = (Figures(), 0, 0, 0)
        (sum.cells, sum.funds, sum.programmes, sum.budget, sum.transfers) = ([:], [], [], [], [])
        var cells: [String: [String: PeriodFigures.Cell]] = [:]
        for part in parts {
            guard part.kind == first.kind, part.from == first.from, part.through == first.through else {
                throw .invalid(
                    "The figures of \(part.ledger) are of \(part.from) – \(part.through), the first ones of \(first.from) – \(first.through)."
                )
            }
            guard part.isPublic == first.isPublic else {
                throw .invalid(
                    "Some of the figures are those for the public, with small cells merged, and some are not."
                )
            }
            let sources = part.sources ?? [.init(ledger: part.ledger, digest: part.digest.hexadecimal)]
            for source in sources where sum.sources?.contains(where: { $0.ledger == source.ledger }) == true {
                throw .invalid("The figures of \(source.ledger) are there twice.")
            }
            for source in sources where LedgerCode(text: source.ledger).map(region.contains) != true {
                throw .invalid("\(source.ledger) does not lie in \(region).")
            }
            sum.sources? += sources
            sum.total += part.total
            sum.people += part.people
            sum.crowd = max(sum.crowd, part.crowd)
            sum.funds += part.funds
            sum.programmes += part.programmes
            sum.budget += part.budget
            sum.transfers += part.transfers.map { transfer in
                var transfer = transfer
                transfer.owner = transfer.owner ?? part.ledger
                return transfer
            }
            for (dimension, told) in part.cells {
                for cell in told {
                    let key = part.key(of: cell, dimension)
                    var merged =
                        cells[dimension]?[key] ?? .init(key: key, figures: Figures(), people: 0, buyers: 0)
                    merged.figures += cell.figures
                    // Nobody knows who is in both: as many as in the larger one there are at least.
                    merged.people = max(merged.people, cell.people)
                    merged.buyers = max(merged.buyers, cell.buyers)
                    cells[dimension, default: [:]][key] = merged
                }
            }
        }
        for (dimension, told) in cells { sum.cells[dimension] = told.values.sorted { $0.key < $1.key } }
        sum.sources?.sort { $0.ledger < $1.ledger }
        figures = sum
        pairs = sum.transferPairs
    }
}

extension PeriodFigures {
    /// What a cell is called beside other ledgers': towns and clusters may have one name in two counties.
    fileprivate func key(of cell: Cell, _ dimension: String) -> String {
        let isLocal = [Dimension.town.rawValue, Dimension.cluster.rawValue].contains(dimension)
        return isLocal && sources == nil ? "\(ledger) \(cell.key)" : cell.key
    }

    /// What the period's transfers among summed ledgers added to the money received: it came in once.
    package var eliminated: Amount {
        transfers.reduce(.zero) { total, transfer in
            let isInside = sources?.contains { $0.ledger == transfer.ledger } == true
            let isNow = (from...through).contains(transfer.day)
            guard transfer.incoming, isInside else { return total }
            // What comes and goes in one period adds nothing, and what goes in a later one is taken off there.
            let added = isNow ? transfer.amount : .zero
            return total + added - (transfer.undoneNow == true ? transfer.amount : .zero)
        }
    }

    /// The transfers among summed ledgers, each with both its sides.
    fileprivate var transferPairs: [TransferPair] {
        struct Key: Hashable {
            var sender: String
            var receiver: String
            var remit: UInt64
        }
        let inside = Set((sources ?? []).map(\.ledger))
        var sides: [Key: (sent: Transfer?, received: Transfer?)] = [:]
        for transfer in transfers {
            let owner = transfer.owner ?? ledger
            if transfer.incoming {
                let key = Key(sender: transfer.ledger, receiver: owner, remit: transfer.remit)
                sides[key, default: (nil, nil)].received = transfer
            } else {
                let key = Key(sender: owner, receiver: transfer.ledger, remit: transfer.remit)
                sides[key, default: (nil, nil)].sent = transfer
            }
        }
        return sides.sorted {
            ($0.key.sender, $0.key.receiver, $0.key.remit) < ($1.key.sender, $1.key.receiver, $1.key.remit)
        }.map { key, side in
            TransferPair(
                sender: key.sender, receiver: key.receiver, remit: key.remit, sent: side.sent?.amount,
                received: side.received?.amount,
                standing: inside.isSuperset(of: [key.sender, key.receiver])
                    ? TransferPair.Standing(side.sent, side.received) : .outside)
        }
    }
}

extension TransferPair.Standing {
    fileprivate init(_ sent: PeriodFigures.Transfer?, _ received: PeriodFigures.Transfer?) {
        switch (sent, received) {
        case (let sent?, let received?):
            self =
                sent.amount != received.amount
                ? .amount : sent.isUndone != received.isUndone ? .undone : .matched
        case (let sent?, nil): self = sent.isUndone ? .matched : .inTransit
        case (nil, let received?): self = received.isUndone ? .matched : .unsent
        case (nil, nil): self = .matched
        }
    }
}
