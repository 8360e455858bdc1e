import ArgumentParser
import AuditLog
import Foundation
import LedgerDomain
import LedgerService

extension AuditGroup {
    struct VerifyLog: FreeCommand {
        static let configuration = CommandConfiguration(
            commandName: "verify",
            abstract:
                "Verify a published log and replay every event of it; needs no data folder and no secret.",
            discussion: """
                Example: wenhui audit verify ./log-370782 --key wenhui/370782+…
                Without --key the keys that come with the log are used: compare them with ones you got elsewhere.
                """)
        @Argument(help: "The folder or the address of the log.") var place: String
        @OptionGroup var trust: TrustOptions
        @Option(name: .customLong("token-file"), help: "A file with an auditor's token, for an address.")
        var tokenFile: String?
        @Flag(help: "Print one JSON document instead of tables; amounts in fen.") var json = false

        /// Verifies everything and says what was found; throws at the first thing that is wrong.
        func report() async throws -> Report {
            let started = Date()
            let published = try PublishedLog(place, tokenFile: tokenFile)
            let (log, areOwn) = try trust.log(offered: published.file)
            let policy = try trust.policy(offered: published.file)
            let audit = LogAudit(published, log: log, policy: policy)
            let checkpoint = try audit.open(checkpoint: try published.checkpoint())
            let progress = Progress("verify \(log.origin)")
            let state = try audit.verify(checkpoint) { progress.show(Int($0), of: Int($1)) }
            if let stray = try published.strayFile(size: state.size) { throw stray }
            let seconds = Date().timeIntervalSince(started)
            var report = Report()
            report.add("origin", "log 日志", .text(log.origin.description))
            report.add("verified", "verified 验证通过", .flag(true))
            report.add("events", "events 事件", .event(state.size))
            report.add("root", "root 根", .text(checkpoint.checkpoint.head.root.base64))
            let signatures = checkpoint.signers.map { "\($0.type)" }.joined(separator: ", ")
            report.add("signatures", "signed by 签名", .text(signatures))
            report.add("cosignatures", "cosigned by 见证", .text(names(of: checkpoint, policy)))
            report.add("practice", "practice 演练", .flag(state.profile?.practice ?? false))
            report.add("elapsed", "elapsed 用时", .text(String(format: "%.1f s", seconds)))
            if !areOwn {
                report.add(
                    "note", "keys 公钥",
                    .text("they came with the log: compare \(log.keys.map(\.text).joined(separator: ", "))"))
            }
            report.add("trialBalance", balances(state))
            return report
        }

        private func names(of checkpoint: SignedCheckpoint, _ policy: WitnessPolicy) -> String {
            let names = checkpoint.cosignatures.map(\.key.name.description)
            return names.isEmpty ? "nobody 无" : names.joined(separator: ", ")
        }

        /// Every fund's balances, recomputed from the events alone.
        private func balances(_ state: LedgerState) -> ReportTable {
            var table = ReportTable(
                "Balances recomputed from the log 由日志重算的余额",
                [
                    ("fund", "fund"), ("treasury", "treasury 国库"), ("unallocated", "fund 未分配"),
                    ("remitted", "remitted 已拨出"), ("programme", "programme 活动"), ("batch", "batch 批次"),
                    ("voucher", "voucher 券"), ("payable", "payable 应付"), ("clearing", "clearing 在途"),
                ])
            for (id, fund) in state.funds.enumerated {
                table.append([
                    .text("\(id.rawValue) \(fund.level)"), .amount(fund.treasury), .amount(fund.balance),
                    .amount(fund.totals.remitted), .amount(fund.totals.programme), .amount(fund.totals.batch),
                    .amount(fund.totals.voucher), .amount(fund.totals.payable), .amount(fund.totals.clearing),
                ])
            }
            return table
        }
    }
}
