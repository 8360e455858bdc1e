package import LedgerDomain

/// The figures of a period of business days, from the log alone: the same ledger gives the same bytes, for ever.
///
/// Nothing in it names a person, a merchant or an outlet but by its number.
package struct PeriodFigures: Codable, Equatable, Sendable {
    /// What figures are cut by.
    package enum Dimension: String, CaseIterable, Codable, Sendable {
        case programme, batch, category, channel, town, region, rural, cluster
        /// 店型: 文化超市, 展销店 …
        case outletClass
        case outlet, merchant
        /// The groups that people were attested to belong to; somebody may be in several, so that these do not add up.
        case group
        case day
    }

    /// The figures of one value of a dimension.
    package struct Cell: Codable, Equatable, Sendable {
        package var key: String
        package var figures: Figures
        /// How many people these figures are about, and how many of them bought something; both counted up to
        /// ``PeriodFigures/crowd`` only.
        package var people: Int
        package var buyers: Int

        /// Whether they are about somebody, and about too few.
        var isSmall: Bool { [people, buyers].contains { (1..<PeriodFigures.crowd).contains($0) } }
    }

    /// What one fund had, what moved, and what it has; by kind of account and of posting (DESIGN §3).
    package struct FundChain: Codable, Equatable, Sendable {
        package var fund: String
        package var level: String
        package var fiscalYear: Int
        package var treasury: String
        /// 指标文号.
        package var document: String
        package var opening: [String: Amount]
        /// What was posted, by the kind of posting; what was undone is `undo` and the kind.
        package var moved: [String: Amount]
        package var closing: [String: Amount]
    }

    /// What one programme had of one fund, what moved, and what it has: a branch of the budget tree. What it had, and was
    /// allocated, less what it gave back and spent, is what it has.
    package struct ProgrammeBudget: Codable, Equatable, Sendable {
        package var fund: String
        package var programme: String
        /// What the programme, its batches and its vouchers held when the period began.
        package var opening: Amount
        /// 分配: what the fund gave it.
        package var allocated = Amount.zero
        /// 收回: what it gave back to the fund.
        package var reclaimed = Amount.zero
        /// What payees were credited with, less what refunds, corrections and claw-backs took back: the sum of its leaves.
        package var spent = Amount.zero
        /// What it holds at the end, by kind of account: not opened yet, not issued yet, issued and not used yet.
        package var closing: [String: Amount]

        /// What it holds at the end.
        package var left: Amount { closing.values.reduce(.zero, +) }
    }

    /// What one fund paid through one programme in one town: a leaf of the budget tree.
    package struct BudgetLeaf: Codable, Equatable, Sendable {
        package var fund: String
        package var programme: String
        /// Empty where the outlet's file names none.
        package var town: String
        package var subsidy: Amount
        /// What refunds and corrections gave back.
        package var returned: Amount
        /// 补贴供, less what was clawed back.
        package var awarded: Amount
    }

    /// Money that went to, or came from, another ledger, up to the period's end.
    package struct Transfer: Codable, Equatable, Sendable {
        /// Whose books have it; `nil` where that is the ledger of the figures.
        package var owner: String?
        package var incoming: Bool
        /// The other ledger.
        package var ledger: String
        /// The event that sent it, in the sender's log.
        package var remit: UInt64
        package var amount: Amount
        /// The business day on which this ledger booked it.
        package var day: String
        package var isUndone: Bool
        /// Whether it was sent back in the period itself; missing where it was not.
        package var undoneNow: Bool?
    }

    /// A ledger whose figures are part of these.
    package struct Source: Codable, Equatable, Sendable {
        package var ledger: String
        /// SHA-256 of its figures, in hexadecimal: what was filed there.
        package var digest: String
    }

    /// A cell about fewer people than this is small (小单元格).
    package static let crowd = 10
    /// What the first field says.
    package static let format = "wenhui-figures/1"

    package var format = PeriodFigures.format
    package var ledger: String
    package var kind: String
    package var from: String
    package var through: String
    /// How many events of the log they are of.
    package var events: UInt64
    /// Whether small cells are left out.
    package var isPublic = false
    package var total: Figures
    /// People who took or used a voucher, each once for each programme.
    package var people: Int
    /// Everybody whom the figures are about, counted up to ``PeriodFigures/crowd`` only.
    package var crowd: Int
    package var cells: [String: [Cell]]
    package var funds: [FundChain]
    package var programmes: [ProgrammeBudget]
    package var budget: [BudgetLeaf]
    package var transfers: [Transfer]
    /// The ledgers that they are summed over; `nil` for one ledger's own.
    package var sources: [Source]?

    package func cells(by dimension: Dimension) -> [Cell] { cells[dimension.rawValue] ?? [] }
}
