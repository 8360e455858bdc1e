import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService

/// What is done with one difference.
protocol DifferenceCommand: LedgerCommand {
    var acting: ActingOptions { get }
    var difference: String { get }
    func work(
        _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
    ) async throws
}

extension DifferenceCommand {
    func run(_ session: Session) async throws -> Report {
        let service = try session.service(options)
        let queue = session.differences(service)
        let call = try session.call(acting, service)
        var report = Report()
        let found = try queue.find(difference)
        report.add("difference", "difference 差异", .text(found.shortID))
        try await work(found, queue, call, &report)
        report.add("status", "status 状态", .text(try queue.find(found.id.bytes.hexadecimal).status.rawValue))
        return report
    }
}

extension DifferenceGroup {
    struct Assign: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a difference to somebody, or to nobody.",
            discussion: "Example: wenhui difference assign 4f1c --owner finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Option(help: "The account that works on it; nobody where it is left out.") var owner: String?

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            try queue.assign(found, to: owner)
            report.add("owner", "owner 经办", owner.map { .text($0) } ?? .none)
        }
    }

    struct Note: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write something down.",
            discussion: "Example: wenhui difference note 4f1c 已联系商户核实 --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Argument(help: "1 to 200 bytes.") var text: String

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            try queue.note(text, on: found, call)
        }
    }

    struct Attach: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Add a document that shows something; the queue keeps its name and SHA-256.",
            discussion: "Example: wenhui difference attach 4f1c 回执.pdf --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Argument(help: "The document.") var file: String

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            let digest = Octets(SHA256Digest.of(try readFile(file)))
            try queue.attach(digest, named: URL(filePath: file).lastPathComponent, to: found, call)
            report.add("digest", "SHA-256 摘要", .text(digest.bytes.hexadecimal))
        }
    }

    struct Resolve: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose what puts a difference to rest, for a second person to approve.",
            discussion: """
                A new entry (--posting EVENT), a corrected statement in which it is gone (--statement FILE, whose run is on record),
                or neither: then the note is the reason for which it is right as it is.

                Example: wenhui difference resolve 4f1c --posting 240 --note 已更正 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Option(help: "The event of the new entry.") var posting: UInt64?
        @Option(help: "The corrected statement.") var statement: String?
        @Option(help: "What was found, 1 to 200 bytes; a merchant that disputed it reads it.")
        var note: String

        func validate() throws {
            guard posting == nil || statement == nil else {
                throw ValidationError("--posting and --statement exclude one another.")
            }
        }

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            var remedy = Differences.Remedy.reason
            if let posting { remedy = .posting(posting) }
            if let statement { remedy = .statement(Octets(SHA256Digest.of(try readFile(statement)))) }
            let receipt = try await queue.propose(remedy, for: found, note: note, call)
            report.addReceipt(receipt, call)
        }
    }

    struct Approve: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Put a difference to rest, as a second person.",
            discussion: "Example: wenhui difference approve 4f1c --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Option(help: "The resolution that was looked at; another one is not approved.")
        var resolution: String?

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            let seen: ResolutionID? = try resolution.map { try queue.service.identifier($0) }
            report.addReceipt(try await queue.approve(found, seen: seen, call), call)
        }
    }

    struct Reject: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn down what was proposed for a difference.",
            discussion: "Example: wenhui difference reject 4f1c --reason 凭据不足 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Option(help: "The resolution that was looked at; another one is not turned down.")
        var resolution: String?
        @Option(help: "Why.") var reason: String

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            let seen: ResolutionID? = try resolution.map { try queue.service.identifier($0) }
            report.addReceipt(try await queue.reject(found, seen: seen, reason: reason, call), call)
        }
    }

    struct Reopen: DifferenceCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a difference again for later evidence.",
            discussion:
                "Example: wenhui difference reopen 4f1c --evidence 银行回单.pdf --reason 款项被退回 --as finance")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The difference.") var difference: String
        @Option(help: "The document that shows it.") var evidence: String
        @Option(help: "Why.") var reason: String

        func work(
            _ found: Difference, _ queue: Differences, _ call: Call, _ report: inout Report
        ) async throws {
            let digest = Octets(SHA256Digest.of(try readFile(evidence)))
            let receipt = try await queue.reopen(found, evidence: digest, reason: reason, call)
            report.addReceipt(receipt, call)
            try queue.attach(digest, named: URL(filePath: evidence).lastPathComponent, to: found, call)
        }
    }
}
