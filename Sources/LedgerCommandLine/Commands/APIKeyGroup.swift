import ArgumentParser
import Cryptography
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui api-key`: what machines show to `wenhui serve`.
struct APIKeyGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-key", abstract: "Keys of machines (接口密钥): shown once, scoped, expiring.",
        discussion: "Example: wenhui api-key create 市审计局 --scope audit --days 30",
        subcommands: [Create.self, Revoke.self, List.self])

    struct Create: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key; its text is printed here and never again.",
            discussion: "Example: wenhui api-key create 市审计局 --scope audit --days 30")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "Who or what it is for.") var name: String
        @Option(
            name: .customLong("scope"),
            help:
                "What it may do; may be repeated: \(Permission.scopes.map(\.rawValue).joined(separator: ", "))."
        )
        var scopes: [String] = []
        @Option(help: "For which platform's accounts it speaks (openid), such as wechat.")
        var platform: String?
        @Option(help: "How many days it lives.") var days: Int64 = 365

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let wanted = try scopes.map { text in
                guard let scope = Permission.scopes.first(where: { $0.rawValue == text }) else {
                    let known = Permission.scopes.map(\.rawValue).joined(separator: ", ")
                    throw CommandFailure.usage("--scope \(text) is not known. There are: \(known).")
                }
                return scope
            }
            let made = try await AccessKeys(service, session.system.office).make(
                name, scopes: Set(wanted), platform: platform, days: days, call)
            var report = Report()
            report.add("key", "key 密钥（只显示这一次）", .text(made.key.text))
            report.add("id", "number 编号", .text(made.stored.id.bytes.hexadecimal))
            report.add("expiry", "until 有效至", .instant(made.stored.expiry))
            return report
        }
    }

    struct Revoke: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a key for ever (停用).",
            discussion: "Example: wenhui api-key revoke 0123456789abcdef")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The key's number.", transform: Typed.keyID) var number: KeyID

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            try await AccessKeys(service, session.system.office).revoke(
                number, try session.call(acting, service))
            var report = Report()
            report.add("revoked", "revoked 已停用", .flag(true))
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List keys, never their texts.", discussion: "Example: wenhui api-key list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "API keys 接口密钥",
                [
                    ("id", "number 编号"), ("name", "name 名称"), ("scopes", "scopes 权限"),
                    ("createdBy", "by 经办"), ("createdAt", "made 生成"), ("expiry", "until 有效至"),
                    ("revoked", "revoked 停用"),
                ])
            for service in try session.services(options) {
                for key in try AccessKeys(service, session.system.office).all() {
                    table.append([
                        .text(key.id.bytes.hexadecimal), .text(key.name),
                        .text(key.scopes.joined(separator: " ")), .text(key.createdBy.name),
                        .instant(key.createdAt), .instant(key.expiry),
                        key.revokedAt.map { .instant($0) } ?? .none,
                    ])
                }
            }
            var report = Report()
            report.add("keys", table)
            return report
        }
    }
}
