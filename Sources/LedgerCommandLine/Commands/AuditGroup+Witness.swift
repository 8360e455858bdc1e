import ArgumentParser
import AuditLog
import Foundation
import LedgerHTTP
import LedgerService

extension AuditGroup {
    struct Policy: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show which witnesses the log asks, or set it from a C2SP tlog-policy file.",
            discussion: """
                Example: wenhui audit policy
                Example: wenhui audit policy ./witnesses
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The file to set it from; shown where it is left out.") var file: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            if let file {
                do {
                    try service.setPolicy(try WitnessPolicy(try readFile(file)))
                } catch let error as WitnessPolicyError {
                    throw CommandFailure.usage("\(file), \(error)")
                }
            }
            return Report(document: try service.policy().bytes)
        }
    }

    struct Cosign: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ask the witnesses of the policy to cosign the log's head, and publish what they say.",
            discussion: "Example: wenhui audit cosign")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let policy = try service.policy()
            let witnesses = policy.witnesses.filter { $0.url != nil }
            guard !witnesses.isEmpty else {
                throw CommandFailure.usage(
                    "No witness has an address. Set them with: wenhui audit policy FILE")
            }
            var checkpoint = try service.checkpoint()
            var table = ReportTable("Witnesses 见证", [("witness", "witness"), ("result", "result 结果")])
            var missing: [String] = []
            for witness in witnesses {
                let name = String(decoding: witness.name.bytes, as: UTF8.self)
                do {
                    let client = try WitnessClient(
                        key: witness.key, url: String(decoding: witness.url ?? [], as: UTF8.self))
                    checkpoint = try await client.cosign(checkpoint) { first, second in
                        try service.consistency(first: first, second: second)
                    }
                    table.append([.text(name), .text("cosigned 已见证")])
                } catch {
                    missing.append(error.sentence)
                    table.append([.text(name), .text(error.sentence)])
                }
            }
            if try !service.attach(checkpoint) {
                throw CommandFailure(.fault, "log-grew", "The log has grown meanwhile. Ask again.")
            }
            guard policy.isSatisfied(by: checkpoint.cosignatures) else {
                throw CommandFailure(
                    .fault, "witness", "The policy asks for more. " + missing.joined(separator: "\n"))
            }
            var report = Report()
            report.add("size", "events 事件", .event(checkpoint.checkpoint.head.size))
            report.add("cosignatures", "cosigned by 见证", .number(checkpoint.cosignatures.count))
            report.add("missing", "somebody missing 有缺", .flag(!missing.isEmpty))
            report.add("witnesses", table)
            return report
        }
    }
}
