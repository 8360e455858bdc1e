import ArgumentParser
import LedgerBootstrap
import LedgerDomain
import LedgerHTTP

/// `wenhui backup`: a copy that can be restored, made while the ledger works.
struct BackupCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract:
            "Copy log, vault and keys while everything runs, and replay the copy; later runs add what is new.",
        discussion: "Example: wenhui backup ./wenhui-backup")
    @OptionGroup var options: GlobalOptions
    @Argument(help: "The backup's folder; made the first time.") var folder: String

    func run(_ session: Session) async throws -> Report {
        let progress = Progress("verify")
        // Whoever serves tills meanwhile comes first.
        Niceness.much.takeOn()
        let parts = try Backup(folder).run(from: session.system) { _, done, total in
            progress.show(Int(done), of: Int(total))
        }
        var table = ReportTable(
            "Backup 备份",
            [
                ("ledger", "ledger"), ("events", "events 事件"), ("added", "added 新增"),
                ("origin", "log 日志"), ("root", "root 根"),
            ])
        for part in parts {
            table.append([
                .text("\(part.ledger)"), .event(part.events), .event(part.added), .text(part.origin),
                .text(part.root),
            ])
        }
        var report = Report()
        report.add("folder", "folder 目录", .text(folder))
        report.add("verified", "verified 验证通过", .flag(true))
        report.add("ledgers", table)
        return report
    }
}

/// `wenhui restore`: a data folder from a backup and from the tiles of the folder that is lost.
struct RestoreCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Make a data folder from a backup; a folder in its place gives its tiles and is put aside.",
        discussion: "Example: wenhui restore ./wenhui-backup --data ./wenhui-data")
    @Argument(help: "The backup's folder.") var backup: String
    @Option(help: "The data folder to make or to replace.") var data = DataFolder.usual
    @Flag(
        name: .customLong("accept-loss"),
        help: "Go on without acknowledged events that nothing holds any more.")
    var acceptLoss = false
    @Flag(help: "Print one JSON document instead of tables.") var json = false

    func report() async throws -> Report {
        let progress = Progress("replay")
        let (parts, aside) = try Restore(backup, to: data).run(acceptingLoss: acceptLoss) { _, done in
            progress.show(Int(done), of: Int(done) + 1)
        }
        var table = ReportTable(
            "Restored 恢复",
            [
                ("ledger", "ledger"), ("events", "events 事件"), ("fromTiles", "from tiles 取自日志文件"),
                ("lost", "lost 丢失"), ("origin", "log 日志"),
            ])
        for part in parts {
            table.append([
                .text("\(part.ledger)"), .event(part.events), .event(part.fromTiles), .event(part.lost),
                .text(part.origin),
            ])
        }
        var report = Report()
        report.add("data", "folder 数据目录", .text(data))
        if let aside { report.add("aside", "old folder 原目录", .text(aside)) }
        report.add("ledgers", table)
        return report
    }
}
