import LedgerDomain
import Reconciliation
import StatementFormats
import Testing

@Suite("Files of rules: how sides are matched, when reports are due")
struct MatchRulesFileTests {
    @Test("The rules that ship are read in their order, and those for the bank apart")
    func shipped() throws {
        let file = try MatchRulesFile(fixture("mappings/rules.yaml"))
        #expect(file.rules.steps == [.reference, .near(seconds: 600), .groups(size: 4, days: 1)])
        #expect(file.rules.tolerance == 0 && file.rules.reportsDays)
        #expect(file.bankRules.steps == [.reference, .totals(days: 2)])
    }

    @Test("Without a part for the bank its rules are the same")
    func alike() throws {
        let file = try MatchRulesFile(Array("tolerance: 1\ndays: ignore\nsteps:\n  - by: reference\n".utf8))
        #expect(file.rules == MatchRules(steps: [.reference], tolerance: 1, reportsDays: false))
        #expect(file.bankRules == file.rules)
    }

    @Test(
        "What is wrong is told with its line",
        arguments: [
            ("steps:\n  - by: magic\n", 2, "magic"),
            ("steps:\n  - by: reference\n    minutes: 3\n", 2, "minutes"),
            ("steps:\n  - by: groups\n    size: 9\n", 3, "2 to 6"),
            ("tolerance: -1\nsteps:\n  - by: reference\n", 1, "0 to 10000"),
            ("steps: reference\n", 1, "list"),
        ])
    func faults(text: String, line: Int, word: String) {
        let error = #expect(throws: ProgrammeFileError.self) { _ = try MatchRulesFile(Array(text.utf8)) }
        let found = error?.faults.first
        #expect(
            found?.line == line && found?.description.contains(word) == true, "\(String(describing: found))")
    }

    @Test("A report is due so many months after its period, on its day")
    func due() throws {
        let calendar = try ReportCalendar(fixture("reports/calendar.yaml"))
        let dues = try calendar.duties.map { duty in
            duty.due(try #require(BusinessDay(text: duty.kind == .year ? "2019-12-31" : "2020-01-31"))).text
        }
        #expect(dues == ["2020-02-25", "2020-02-05", "2020-02-10", "2020-03-28"])
        #expect(calendar.duties[1].begins == [3, 6, 9, 12])
        #expect(calendar.duties[0].begins == Array(1...12))
    }
}
