import LedgerDomain
import LedgerStorage

/// Adds a period's events up, along every dimension at once.
struct FiguresFold {
    private typealias Dimension = PeriodFigures.Dimension

    /// What figures are about while they are added up.
    private struct Sum {
        var figures = Figures()
        /// Everybody whom they are about, and those who bought something.
        var people = Crowd()
        var buyers = Crowd()

        mutating func add(_ figures: Figures, _ place: Attribution) {
            self.figures += figures
            guard let person = place.person, let programme = place.programme else { return }
            people.insert(person, of: programme)
            if figures.sales > 0 { buyers.insert(person, of: programme) }
        }

        mutating func add(_ other: Sum) {
            figures += other.figures
            people.formUnion(other.people)
            buyers.formUnion(other.buyers)
        }
    }

    /// A kind of posting, or of what undoes it.
    private struct Movement: Hashable {
        var kind: Posting.Kind
        var undoes: Bool

        var name: String { undoes ? "undo \(kind)" : "\(kind)" }
    }

    private struct Branch: Hashable, Comparable {
        var fund: FundID
        var programme: ProgrammeID

        static func < (one: Branch, other: Branch) -> Bool {
            (one.fund, one.programme) < (other.fund, other.programme)
        }
    }

    private struct Leaf: Hashable {
        var branch: Branch
        var town: String
    }

    private let places: FigurePlaces
    /// By everything that an event belongs to but the person: most dimensions are told apart only once, at the end.
    private var sums: [Attribution: Sum] = [:]
    /// Those who took or used a voucher.
    private var people: Set<PersonID> = []
    private var moved: [FundID: [Movement: Amount]] = [:]
    private var leaves: [Leaf: (subsidy: Amount, returned: Amount, awarded: Amount)] = [:]
    private var branches: [Branch: ProgrammeFlow] = [:]

    init(_ places: FigurePlaces) { self.places = places }

    /// Takes what an event's postings move.
    mutating func take(_ postings: [Posting], _ place: Attribution) {
        for posting in postings where !posting.debit.kind.countsPoints {
            let movement = Movement(kind: posting.kind, undoes: posting.undoes)
            moved[posting.fund, default: [:]][movement, default: .zero] += posting.amount
            guard let programme = posting.programme ?? place.programme else { continue }
            let branch = Branch(fund: posting.fund, programme: programme)
            branches[branch, default: ProgrammeFlow()].take(posting)
            let leaf = Leaf(branch: branch, town: place.outlet.map { places.town(of: $0) } ?? "")
            switch posting.kind {
            case .redeem, .absorb:
                leaves[leaf, default: (.zero, .zero, .zero)].subsidy += posting.amount
            case .refund: leaves[leaf, default: (.zero, .zero, .zero)].returned += posting.amount
            case .award:
                leaves[leaf, default: (.zero, .zero, .zero)].awarded +=
                    posting.undoes ? -posting.amount : posting.amount
            default: break
            }
        }
    }

    /// Adds an event's figures to everything that they belong to.
    mutating func add(_ figures: Figures, _ place: Attribution) {
        if let person = place.person, figures.vouchersClaimed + figures.sales > 0 { people.insert(person) }
        var cell = place
        (cell.person, cell.voucher) = (nil, nil)
        sums[cell, default: Sum()].add(figures, place)
    }

    /// The figures of what was taken.
    func figures(
        _ kind: FiledReport.Kind, from: BusinessDay, through: BusinessDay, events: UInt64,
        chains: [PeriodFigures.FundChain], held: [ProgrammeBalance], transfers: [PeriodFigures.Transfer]
    ) -> PeriodFigures {
        let ledger = places.ledger
        var total = Sum()
        var cuts: [Dimension: [String: Sum]] = [:]
        for (cell, sum) in sums {
            total.add(sum)
            for (dimension, key) in places.keys(of: cell) {
                cuts[dimension, default: [:]][key, default: Sum()].add(sum)
            }
        }
        let cells = cuts.map { dimension, sums in
            let cells = sums.sorted { $0.key < $1.key }.map { key, sum in
                PeriodFigures.Cell(
                    key: key, figures: sum.figures, people: sum.people.count, buyers: sum.buyers.count)
            }
            return (dimension.rawValue, cells)
        }
        let budget = leaves.sorted {
            ($0.key.branch, $0.key.town) < ($1.key.branch, $1.key.town)
        }.map { leaf, amounts in
            PeriodFigures.BudgetLeaf(
                fund: leaf.branch.fund.text(in: ledger), programme: leaf.branch.programme.text(in: ledger),
                town: leaf.town, subsidy: amounts.subsidy, returned: amounts.returned,
                awarded: amounts.awarded)
        }
        return PeriodFigures(
            ledger: ledger.description, kind: "\(kind)", from: from.text, through: through.text,
            events: events, total: total.figures, people: people.count, crowd: total.people.count,
            cells: Dictionary(uniqueKeysWithValues: cells), funds: chains, programmes: programmes(held),
            budget: budget, transfers: transfers)
    }

    /// What programmes had, what moved, and what they hold at the end.
    private func programmes(_ held: [ProgrammeBalance]) -> [PeriodFigures.ProgrammeBudget] {
        let closing = Dictionary(grouping: held) { Branch(fund: $0.fund, programme: $0.programme) }
        return Set(closing.keys).union(branches.keys).sorted().compactMap { branch in
            let flow = branches[branch] ?? ProgrammeFlow()
            let accounts = closing[branch] ?? []
            let left = accounts.reduce(Amount.zero) { $0 + $1.amount }
            let opening = left - flow.allocated + flow.reclaimed + flow.spent
            guard !accounts.isEmpty || flow != ProgrammeFlow() else { return nil }
            return PeriodFigures.ProgrammeBudget(
                fund: branch.fund.text(in: places.ledger),
                programme: branch.programme.text(in: places.ledger), opening: opening,
                allocated: flow.allocated, reclaimed: flow.reclaimed, spent: flow.spent,
                closing: Dictionary(uniqueKeysWithValues: accounts.map { ("\($0.kind)", $0.amount) }))
        }
    }

    /// What was posted for a fund, by the kind of posting.
    func moved(_ fund: FundID) -> [String: Amount] {
        Dictionary(uniqueKeysWithValues: (moved[fund] ?? [:]).map { ($0.key.name, $0.value) })
    }
}
