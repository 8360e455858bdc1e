import LedgerDomain

extension PeriodFigures {
    /// What a merged cell is called.
    package static let rest = "其余"
    /// What may be told of the public: cuts of which none is a part of another, so that no difference of two cells is a cell.
    private static let published: Set<Dimension> = [.programme, .category, .channel, .town, .group, .day]

    /// The figures as they may be published (统计公告): no cell about fewer than ``crowd`` people.
    ///
    /// Small cells of a dimension are merged with its smallest large one, so that no subtraction brings them back; a
    /// dimension that has small cells only is left out. Cells tell what was claimed and sold alone: what was given back,
    /// taken back or lapsed is often one person's.
    /// - Throws: ``ServiceError/invalid(_:)`` where the whole period is about too few.
    package func suppressed() throws(ServiceError) -> PeriodFigures {
        guard sources == nil else {
            throw .invalid("A sum of ledgers is published from each ledger's own public figures.")
        }
        guard crowd == 0 || crowd >= PeriodFigures.crowd else {
            throw .invalid(
                "The period is about \(crowd) people; fewer than \(PeriodFigures.crowd) are not published.")
        }
        var figures = self
        figures.isPublic = true
        figures.budget = []
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
