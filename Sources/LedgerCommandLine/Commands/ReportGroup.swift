import ArgumentParser
import LedgerDomain
import LedgerService

/// `wenhui report`: what is told to the treasury, the leadership, the statisticians and the public.
struct ReportGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Reports (报表): figures of a period, filed and signed; the book as a journal for hledger.",
        discussion: """
            Figures are made from the log alone, so that the same ledger always gives the same. `report draft` files them by
            their hash, a second person signs, and a signed month can be closed.

            Example: wenhui report month 2018-06 --output june.xlsx
            """,
        subcommands: [
            Month.self, Quarter.self, HalfYear.self, Year.self, Lines.self, RollUp.self, Draft.self,
            Sign.self, Check.self, List.self, Calendar.self, CloseMonth.self, Journal.self,
            AccountingData.self,
        ])
}

extension FiledReport.Kind: ExpressibleByArgument {
    /// The kind's name in commands: `month`, `quarter`, `half-year`, `year`.
    package init?(argument: String) {
        guard let kind = FiledReport.Kind.allCases.first(where: { $0.argument == argument }) else {
            return nil
        }
        self = kind
    }

    package static var allValueStrings: [String] { allCases.map(\.argument) }

    package var argument: String { self == .halfYear ? "half-year" : "\(self)" }

    /// What a period of it looks like.
    var example: String {
        switch self {
        case .month: "2018-06"
        case .quarter: "2018-Q2, or 2018-03 for March to May"
        case .halfYear: "2018-H1"
        case .year: "2018"
        }
    }

    /// Reads a period of it.
    func period(_ text: String) throws -> ReportPeriod {
        guard let period = ReportPeriod(self, text) else {
            throw ValidationError("期间有误 \(text): for \(argument) it must be such as \(example).")
        }
        return period
    }
}
