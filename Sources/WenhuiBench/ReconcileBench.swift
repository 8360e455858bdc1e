import ArgumentParser
import Foundation
import LedgerDomain
import Reconciliation
import StatementFormats

/// `tools/bench reconcile` calls it: matches a bill with a ledger's lines, both from files, and says what it found.
struct ReconcileBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "match-bill", abstract: "Match a WeChat bill with a ledger's lines in CSV, by reference."
    )
    @Argument(help: "The bill.") var bill: String
    @Argument(help: "The ledger's lines: reference, amount, time, kind.") var ledger: String

    func run() async throws {
        let mapping = try StatementMapping(
            """
            name: ledger
            columns: { reference: reference, amount: amount, time: time, refund: kind }
            refunds: [refund]
            """.utf8)
        let started = Date()
        let mine = try StatementImport.read(ledger, as: .mapped(mapping), cutOff: 0)
        let ledgerRead = Date()
        let theirs = try StatementImport.read(bill, as: .weChat(.bill), cutOff: 0)
        let billRead = Date()
        let result = try Matcher.match(ledger: mine.statement, statement: theirs.statement)
        let counts = Discrepancy.Kind.allCases.map { "\($0.rawValue) \(result.count(of: $0))" }
        print("matched \(result.matched.count), " + counts.joined(separator: ", "))
        func seconds(_ from: Date, _ to: Date) -> String {
            String(format: "%.2f", to.timeIntervalSince(from))
        }
        print(
            "ledger read \(seconds(started, ledgerRead)) s, bill read \(seconds(ledgerRead, billRead)) s, matched \(seconds(billRead, Date())) s"
        )
    }
}
