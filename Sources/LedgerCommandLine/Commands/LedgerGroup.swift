import ArgumentParser
import Cryptography
import LedgerBootstrap
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui ledger`: opens ledgers, lists them and changes their bounds.
struct LedgerGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger", abstract: "Open and list ledgers (账簿); change their bounds.",
        discussion: "Example: wenhui ledger list",
        subcommands: [Open.self, List.self, Set.self])

    struct Open: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a ledger.",
            discussion: """
                Example: wenhui ledger open 370782 --name 潍坊市诸城市 --practice
                Example: wenhui ledger open 370782 --name 潍坊市诸城市 --profile guomi
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The GB/T 2260 code.", transform: Typed.ledger) var code: LedgerCode
        @Option(help: "The jurisdiction's name.") var name: String
        @Flag(help: "Mark it 演练: demonstration people, and a clock that can be set.") var practice = false
        @Option(help: "The algorithms that it signs and seals with, for ever: international or guomi (国密).")
        var profile = CryptographicProfile.international

        func run(_ session: Session) async throws -> Report {
            let service = try session.system.service(code)
            guard let principal = Principal(acting.principal) else {
                throw CommandFailure.usage("--as takes a name of 1 to 64 bytes.")
            }
            if acting.clock != nil, !practice { throw ServiceError.practiceOnly("--clock") }
            let call = Call(
                principal, key: acting.key ?? "open/\(code)/\(principal.name)", at: acting.clock
            )
            let receipt = try await service.perform(
                OpenLedger.with {
                    $0.code = code
                    $0.name = name
                    $0.practice = practice
                    $0.algorithms = profile
                }, call)
            var report = Report()
            report.add("ledger", "ledger 账簿", .text("\(code)"))
            report.add("name", "name 名称", .text(practice ? "\(name)（演练）" : name))
            report.add("profile", "profile 密码算法", .text(profile.rawValue))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the ledgers.", discussion: "Example: wenhui ledger list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Ledgers 账簿",
                [
                    ("code", "code"), ("name", "name 名称"), ("practice", "演练"),
                    ("profile", "profile 密码算法"), ("events", "events 事件"),
                ])
            for service in try session.services(options) {
                let (profile, size) = try service.state { ($0.profile, $0.size) }
                table.append([
                    .text("\(service.ledger)"), .text(profile?.name ?? ""),
                    .flag(profile?.practice ?? false), .text(service.algorithms.rawValue), .number(Int(size)),
                ])
            }
            var report = Report()
            report.add("ledgers", table)
            return report
        }
    }

    struct Set: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a bound: "
                + Setting.allCases.map(\.name).joined(separator: ", ") + ".",
            discussion: """
                Amounts in yuan, durations in minutes.
                Example: wenhui ledger set allocation.maximum 2000000.00
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The setting.") var setting: String
        @Argument(help: "Its new value.") var value: String

        func run(_ session: Session) async throws -> Report {
            guard let setting = Setting.allCases.first(where: { $0.name == setting }) else {
                throw CommandFailure.usage(
                    "There is no setting \(setting). There are: "
                        + Setting.allCases.map(\.name).joined(separator: ", "))
            }
            let number = try setting.typed(value)
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(
                ChangeSetting.with {
                    $0.setting = setting
                    $0.value = number
                }, call)
            var report = Report()
            report.add("setting", "setting 设置", .text(setting.name))
            report.add("value", "value 值", setting.cell(number))
            report.addReceipt(receipt, call)
            return report
        }
    }
}

extension Setting {
    /// The value that somebody typed.
    fileprivate func typed(_ value: String) throws -> Int64 {
        switch unit {
        case .amount:
            guard let amount = value == "0" ? Amount.zero : try? Amount(yuan: value) else {
                throw CommandFailure.usage("\(name) takes an amount in yuan, such as 50.00.")
            }
            return amount.fen
        case .duration:
            guard let minutes = Int64(value), (0...100_000).contains(minutes) else {
                throw CommandFailure.usage("\(name) takes whole minutes, such as 15.")
            }
            return minutes * Instant.minute
        case .flag:
            guard let flag = ["no": Int64(0), "yes": 1][value] else {
                throw CommandFailure.usage("\(name) is yes or no.")
            }
            return flag
        }
    }

    fileprivate func cell(_ value: Int64) -> Cell {
        switch unit {
        case .amount: .amount(Amount(fen: value))
        case .duration: .text("\(value / Instant.minute) min")
        case .flag: .flag(value == 1)
        }
    }
}

extension CryptographicProfile: ExpressibleByArgument {}
