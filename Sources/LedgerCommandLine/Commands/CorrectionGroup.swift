import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui correction`: subsidy that should not have been given, taken back by a new entry.
struct CorrectionGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correction",
        abstract: "Corrections (更正): take subsidy back that a redemption should not have been given.",
        discussion: """
            A correction is an entry of today, whatever month the redemption is of; it says which redemption it corrects.
            Example: wenhui correction list
            """,
        subcommands: [Propose.self, Approve.self, Reject.self, List.self])

    struct Propose: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a correction, with the reason and what shows it.",
            discussion: """
                Example: wenhui correction propose 12 5.00 --reason 商户少报五元 --evidence 对账单.csv --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The redemption.") var redemption: String
        @Argument(help: "Yuan of its subsidy.", transform: Typed.amount) var amount: Amount
        @Option(help: "What is corrected and why.") var reason: String
        @Option(help: "A file that shows it; the ledger keeps its SHA-256.") var evidence: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: RedemptionID = try service.identifier(redemption)
            let digest = try evidence.map { Octets(SHA256Digest.of(try readFile($0))) }
            let receipt = try await service.perform(
                ProposeCorrection.with {
                    ($0.redemption, $0.amount, $0.reason, $0.evidence) = (id, amount, reason, digest)
                }, call)
            var report = Report()
            report.add("correction", "correction 更正", .id(receipt.accepted.correction, service.ledger))
            report.add("amount", "amount 金额", .amount(amount))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Post a correction, as a second person.",
            discussion: "Example: wenhui correction approve 1 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The correction.") var correction: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: CorrectionID = try service.identifier(correction)
                return ApproveCorrection.with { $0.correction = id }
            }
        }
    }

    struct Reject: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn a proposed correction down.",
            discussion: "Example: wenhui correction reject 1 --reason 依据不足 --as finance.approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The correction.") var correction: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, nil) { service in
                let id: CorrectionID = try service.identifier(correction)
                return RejectCorrection.with { ($0.correction, $0.reason) = (id, reason) }
            }
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List corrections.", discussion: "Example: wenhui correction list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let views = try service.query { (model) throws(StorageError) in
                try model.corrections(service.ledger)
            }
            var table = ReportTable(
                "Corrections 更正",
                [
                    ("correction", "correction"), ("redemption", "redemption 核销"), ("amount", "amount 金额"),
                    ("reason", "reason 原因"), ("maker", "maker 经办"), ("status", "status 状态"),
                    ("decidedBy", "decided by 审批"), ("note", "note 备注"),
                ])
            for view in views {
                table.append([
                    .id(view.row.id, service.ledger), .id(view.row.redemption, service.ledger),
                    .amount(view.row.amount), .text(view.row.reason), .text(view.row.maker.name),
                    .text("\(view.status)"), view.decidedBy.map { .text($0.name) } ?? .none,
                    .text(view.note),
                ])
            }
            var report = Report()
            report.add("corrections", table)
            return report
        }
    }
}
