import LedgerDomain

extension PeriodFigures {
    /// What a merged cell is called.
    package static let rest = "其余"
    /// What may be told of the public: cuts of which none is a part of another, so that no difference of two cells is a cell.
    private static let published: Set<Dimension> = [.programme, .category, .channel, .town, .group, .day]

    /// What of a fund's chain is money between offices and payees, and says nothing of single sales, refunds or expiries.
    private static let publishedPostings = Set(
        [Posting.Kind.appropriate, .receive, .remit, .allocate, .reclaim, .open, .close, .pay, .return]
            .flatMap {
                ["\($0)", "undo \($0)"]
            })
    private static let publishedAccounts: Set = ["treasury", "fund", "remitted"]

    /// The figures as they may be published (统计公告): no cell about fewer than ``crowd`` people.
    ///
    /// Small cells of a dimension are merged with its smallest large one, so that no subtraction brings them back; a
    /// dimension that has small cells only is left out. Totals and cells tell what was claimed and sold alone: what was
    /// given back, taken back or lapsed is often one person's, and so are the accounts that it could be told from.
    /// - Throws: ``ServiceError/invalid(_:)`` where the whole period is about too few, and for a sum: a cell that one ledger
    ///   merged would be the difference between it and the others'.
    package func suppressed() throws(ServiceError) -> PeriodFigures {
        guard sources == nil else {
            throw .invalid(
                "A sum is published as the sum of what its ledgers publish: roll up the figures that --public wrote."
            )
        }
        guard crowd == 0 || crowd >= PeriodFigures.crowd else {
            throw .invalid(
                "The period is about \(crowd) people; fewer than \(PeriodFigures.crowd) are not published.")
        }
        var figures = self
        figures.isPublic = true
        figures.total.keepClaimsAndSales()
        figures.funds = funds.map { fund in
            var fund = fund
            fund.opening = fund.opening.filter { Self.publishedAccounts.contains($0.key) }
            fund.moved = fund.moved.filter { Self.publishedPostings.contains($0.key) }
            fund.closing = fund.closing.filter { Self.publishedAccounts.contains($0.key) }
            return fund
        }
        (figures.programmes, figures.budget) = ([], [])
        figures.cells = [:]
        for dimension in PeriodFigures.published {
            let cells = merged(
                cells(by: dimension).map { cell in
                    var cell = cell
                    cell.figures.keepClaimsAndSales()
                    return cell
                })
            if !cells.isEmpty { figures.cells[dimension.rawValue] = cells }
        }
        return figures
    }

    private func merged(_ cells: [Cell]) -> [Cell] {
        guard cells.contains(where: \.isSmall) else { return cells }
        // One person may be in several small cells, so that only a large one makes the rest large.
        let large = cells.filter { !$0.isSmall && $0.people > 0 && $0.buyers > 0 }
        guard let partner = large.min(by: { $0.figures.sales < $1.figures.sales }) else { return [] }
        var rest = Cell(
            key: PeriodFigures.rest, figures: partner.figures, people: partner.people, buyers: partner.buyers)
        for cell in cells where cell.isSmall { rest.figures += cell.figures }
        return cells.filter { !$0.isSmall && $0.key != partner.key } + [rest]
    }
}

extension Figures {
    /// Forgets what is often one person's.
    fileprivate mutating func keepClaimsAndSales() {
        (vouchersLapsed, lapsed) = (0, .zero)
        (refunds, refundedGross, refundedSubsidy) = (0, .zero, .zero)
        (corrections, corrected, awarded) = (0, .zero, .zero)
    }
}
