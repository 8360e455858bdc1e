import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService

extension AuditGroup {
    struct Conflicts: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Vouchers that were spent twice offline: who paid, and which phones are convicted.",
            discussion: """
                Every signature is verified again from the log. Two sales that one phone signed under one counter
                prove the double spend to anybody.
                Example: wenhui audit conflicts
                """)
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            var table = ReportTable(
                "Offline conflicts 离线冲突",
                [
                    ("event", "event 事件"), ("instant", "at 时间"), ("voucher", "voucher 消费券"),
                    ("credential", "credential 凭证"), ("counter", "counter 序号"), ("outlet", "outlet 网点"),
                    ("subsidy", "subsidy 补贴"), ("absorbed", "programme paid 活动垫付"),
                    ("twin", "same counter as 同序号事件"), ("proven", "proven 证实"),
                ])
            for conflict in try service.offlineConflicts() {
                table.append([
                    .event(conflict.event), .instant(conflict.instant),
                    .id(conflict.voucher, service.ledger),
                    .text(conflict.credential.bytes.hexadecimal), .number(Int(conflict.counter)),
                    .id(conflict.outlet, service.ledger), .amount(conflict.subsidy),
                    .flag(conflict.isAbsorbed), conflict.twin.map { .event($0) } ?? .none,
                    .flag(conflict.isProven),
                ])
            }
            var report = Report()
            report.add("conflicts", table)
            return report
        }
    }
}
