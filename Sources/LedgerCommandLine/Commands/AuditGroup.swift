import ArgumentParser
import AuditLog
import Foundation
import LedgerService

/// `wenhui audit`: what lets others check the log without trusting us.
struct AuditGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "The audit log (审计日志): checkpoint, proofs, export, verification.",
        discussion: "Example: wenhui audit verify ./log-370782 --key-file ./log-370782/keys",
        subcommands: [
            ShowCheckpoint.self, Prove.self, Export.self, VerifyLog.self, FollowLog.self, Trace.self,
            Policy.self,
            Cosign.self, Conflicts.self,
        ])

    struct ShowCheckpoint: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "checkpoint",
            abstract: "Print the signed head of the log (检查点), a C2SP signed note.",
            discussion: "Example: wenhui audit checkpoint")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            Report(document: try session.service(options).checkpoint().bytes)
        }
    }

    struct Prove: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prove that an event is in the log, or that one size continues another.",
            discussion: """
                Example: wenhui audit prove 42
                Example: wenhui audit prove --from 100 --to 200
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The event, counted from 0.") var event: UInt64?
        @Option(help: "The smaller size.") var from: UInt64?
        @Option(help: "The larger size; the present one where it is left out.") var to: UInt64?

        func validate() throws {
            guard (event == nil) != (from == nil) else {
                throw ValidationError("Name either an event or --from a size.")
            }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            if let event { return Report(document: try service.receipt(of: event).bytes) }
            let second = try to ?? service.checkpoint().checkpoint.head.size
            let proof = try service.consistency(first: from ?? 0, second: second)
            return Report(document: Array(proof.path.map { $0.base64 + "\n" }.joined().utf8))
        }
    }

    struct Export: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Copy the log into a folder that stands alone, for an auditor.",
            discussion: "Example: wenhui audit export ./log-370782")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The folder to make.") var folder: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let progress = Progress("export \(service.ledger)")
            let checkpoint = try service.export(to: folder) { progress.show($0, of: $1) }
            var report = Report()
            report.add("folder", "folder 目录", .text(folder))
            report.add("events", "events 事件", .event(checkpoint.checkpoint.head.size))
            report.add("root", "root 根", .text(checkpoint.checkpoint.head.root.base64))
            report.add("cosignatures", "cosigned by 见证", .number(checkpoint.cosignatures.count))
            if try !service.policy().isSatisfied(by: checkpoint.cosignatures) {
                report.add(
                    "next", "next 下一步", .text("too few witnesses: wenhui audit cosign, then export again"))
            }
            report.add("key", "verifier key 验证公钥", .text(try service.verifierKey().text))
            for key in try service.verifierKeys().dropFirst() {
                report.add("guomiKey", "by SM2 国密公钥", .text(key.text))
            }
            return report
        }
    }
}

extension Report {
    /// A report that is a document to be kept as it is: a receipt, a proof.
    init(document: [UInt8]) {
        self.init()
        self.document = String(decoding: document, as: UTF8.self)
    }
}
