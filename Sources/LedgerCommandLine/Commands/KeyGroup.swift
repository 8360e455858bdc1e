import ArgumentParser
import AuditLog
import Cryptography
import LedgerService
import RedemptionTokens

/// `wenhui key`: the keys that others check our signatures with.
struct KeyGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Keys (密钥): of logs and of tokens; publish, rotate, retire, revoke.",
        discussion: "Example: wenhui key list --note",
        subcommands: [
            List.self, Generate.self, Publish.self, Rotate.self, Retire.self, Revoke.self, Export.self,
        ])

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "The verifier key of every ledger's log, and the keys of its tokens.",
            discussion: "Example: wenhui key list --note")
        @OptionGroup var options: GlobalOptions
        @Flag(help: "Print nothing but the keys, in signed-note form.") var note = false

        func run(_ session: Session) async throws -> Report {
            let services = try session.services(options)
            if note {
                let lines = try services.flatMap { try $0.verifierKeys() }.map { $0.text + "\n" }.joined()
                return Report(document: Array(lines.utf8))
            }
            var table = ReportTable(
                "Verifier keys 验证公钥", [("ledger", "ledger"), ("use", "for 用途"), ("key", "key 公钥")])
            for service in services {
                for key in try service.verifierKeys() {
                    table.append([.text("\(service.ledger)"), .text("log"), .text(key.text)])
                }
            }
            for service in services {
                table.append([
                    .text("\(service.ledger)"), .text("key lists"), .text(service.listKey.bytes.hexadecimal),
                ])
            }
            var report = Report()
            report.add("keys", table)
            report.add("tokens", try KeyGroup.issuerKeyTable(services))
            return report
        }
    }
}
