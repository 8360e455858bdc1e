import ArgumentParser
import Foundation
import LedgerDomain
import LedgerService

extension ReportGroup {
    struct Journal: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the book as a journal for hledger, with balance assertions.",
            discussion: """
                An entry for each day, fund and kind of posting; with --detail one for each event, down to the voucher. At the end
                the postings must lead to what the books hold. `hledger -f FILE check` adds everything up again.

                Example: wenhui report journal --from 2018-06-01 --through 2018-06-30 --output june.journal
                """)
        @OptionGroup var options: GlobalOptions
        @Option(help: "The first business day.", transform: Typed.day) var from: BusinessDay
        @Option(help: "The last business day.", transform: Typed.day) var through: BusinessDay
        @Option(help: "The file to write; it must not exist.") var output: String
        @Flag(help: "One entry for each event.") var detail = false

        func validate() throws {
            guard from <= through else { throw ValidationError("--from is after --through.") }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            guard !FileManager.default.fileExists(atPath: output),
                FileManager.default.createFile(atPath: output, contents: nil),
                let file = FileHandle(forWritingAtPath: output)
            else {
                throw CommandFailure.usage(
                    "\(output) exists already or cannot be written. Name another file.")
            }
            defer { try? file.close() }
            let summary: LedgerService.JournalSummary
            do {
                summary = try service.journal(from: from, through: through, detail: detail) {
                    try file.write(contentsOf: Data($0.utf8))
                }
            } catch {
                // Half a journal would look like a whole one.
                try? FileManager.default.removeItem(atPath: output)
                throw error
            }
            var report = Report()
            report.add("file", "file 文件", .text(output))
            report.add("movements", "events that moved money 资金事件", .number(summary.movements))
            report.add("events", "true after events 截至事件", .event(summary.events))
            return report
        }
    }
}
