import ArgumentParser
import Foundation
import LedgerBootstrap

/// `wenhui init`: makes a data folder with its key, whole or not at all.
struct InitCommand: FreeCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a data folder with a new key.",
        discussion: "Example: wenhui init --data ./wenhui-data")

    @Option(help: "The folder to make.")
    var data = DataFolder.usual

    @Flag(help: "Print one JSON document.")
    var json = false

    func report() async throws -> Report {
        let folder = DataFolder(data)
        try folder.create()
        var report = Report()
        report.add("data", "folder 数据目录", .text(data))
        report.add("keyFile", "key 密钥文件", .text("\(data)/key"))
        if !json {
            report.add(
                "next", "next 下一步",
                .text("back up the key file; then: wenhui ledger open CODE --name NAME"))
        }
        return report
    }
}
