import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService

/// `wenhui lottery`: a draw that nobody can bend and anybody can check.
struct LotteryGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lottery",
        abstract: "Lotteries (摇号): commit, enter, freeze, reveal, issue, publish, verify.",
        discussion: """
            Each party commits itself to a secret seed before anybody enters; entries end and the list is frozen; \
            then the seeds are revealed, the operator's first. Anyone can do the draw again from what is published.

            Example: wenhui lottery verify lottery-1 --key wenhui/370782+…
            """,
        subcommands: [
            Commit.self, Enter.self, Freeze.self, Reveal.self, VoidOne.self, IssueWon.self, Show.self,
            Publish.self, Verify.self,
        ])

    struct Commit: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Commit a party to its seed; makes the seed's file where there is none.",
            discussion: """
                Keep the file secret until you reveal it. A party elsewhere sends its commitment alone.

                Example: wenhui lottery commit 4 --seed-file operator.seed --as officer
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String
        @Option(help: "The file that keeps the seed: 64 hexadecimal digits.") var seedFile: String?
        @Option(help: "SHA-256 of a seed that is kept elsewhere: 64 hexadecimal digits.")
        var commitment: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let bound: Octets
            switch (seedFile, commitment) {
            case (let path?, nil): bound = LotteryDraw.commitment(to: try seed(madeIn: path))
            case (nil, let text?): bound = try digest(text, "--commitment")
            default: throw CommandFailure.usage("Name either --seed-file or --commitment.")
            }
            let receipt = try await service.perform(
                CommitSeed.with {
                    $0.batch = id
                    $0.commitment = bound
                }, call)
            var report = Report()
            report.add("commitment", "commitment 承诺", .text(bound.bytes.hexadecimal))
            report.addReceipt(receipt, call)
            return report
        }

        /// The seed in a file, which is made with 32 random bytes where it is missing.
        private func seed(madeIn path: String) throws -> Octets {
            if FileManager.default.fileExists(atPath: path) { return try digest(seedText(path), path) }
            let seed = SecureRandom.bytes(LotteryDraw.length)
            let made = FileManager.default.createFile(
                atPath: path, contents: Data((seed.hexadecimal + "\n").utf8),
                attributes: [.posixPermissions: 0o600])
            guard made else { throw CommandFailure(.fault, "fault", "\(path) cannot be written.") }
            return Octets(seed)
        }
    }

    struct Enter: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Enter a resident into a batch's lottery (报名).",
            discussion: "Example: wenhui lottery enter 4 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String
        @OptionGroup var claimant: ClaimantOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let (receipt, mark) = try await service.enter(
                try service.identifier(batch), for: claimant.resident, proxy: claimant.proxy,
                channel: claimant.channel, call)
            var report = Report()
            report.add("number", "number 报名号", .number(Int(receipt.accepted.number)))
            report.add("mark", "mark 标记", .text(mark.bytes.hexadecimal))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Freeze: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Freeze the list of entries once their time is over (封存名单).",
            discussion: "Example: wenhui lottery freeze 4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let receipt = try await service.perform(FreezeLottery.with { $0.batch = id }, call)
            var report = Report()
            report.add("entries", "entries 报名数", .number(Int(receipt.accepted.count)))
            report.add("root", "root 名单根", .text(receipt.accepted.root.bytes.hexadecimal))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Reveal: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reveal a party's seed, in the parties' order; the last one makes the draw (揭示种子).",
            discussion: "Example: wenhui lottery reveal 4 --seed-file operator.seed --as officer")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String
        @Option(help: "The file that keeps the seed.") var seedFile: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let seed = try digest(seedText(seedFile), seedFile)
            let receipt = try await service.perform(
                RevealSeed.with {
                    $0.batch = id
                    $0.seed = seed
                }, call)
            var report = Report()
            if let draw = receipt.accepted.draw, let winners = receipt.accepted.winners {
                report.add("draw", "draw 摇号值", .text(draw.bytes.hexadecimal))
                report.add("winners", "winners 中签数", .number(Int(winners)))
            } else {
                report.add(
                    "draw", "draw 摇号值", .text("not yet: another party reveals after this one 还有参与方未揭示"))
            }
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct VoidOne: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "void",
            abstract: "Declare a lottery void that was not drawn in its time (作废).",
            discussion: "Example: wenhui lottery void 4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let receipt = try await service.perform(VoidLottery.with { $0.batch = id }, call)
            var report = Report()
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct IssueWon: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "issue",
            abstract: "Issue the vouchers of all who won and have none yet (发放中签券).",
            discussion: "Example: wenhui lottery issue 4")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let progress = Progress("issue")
            return try await service.issueWon(try service.identifier(batch), call) {
                progress.show($0, of: $1)
            }.report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show how far a lottery is; with --resident, one resident's entry.",
            discussion: "Example: wenhui lottery show 4 --resident 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The batch.") var batch: String
        @Option(help: "The resident's identity number.") var resident: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: BatchID = try service.identifier(batch)
            guard let lottery = try service.state({ $0.lotteries[id] }) else {
                throw ServiceError.refused(.releaseMismatch, event: nil)
            }
            var report = lottery.report
            if let resident {
                let entry = try service.lotteryEntry(of: resident, in: id)
                report.add("number", "number 报名号", entry.map { .number(Int($0.number)) } ?? .none)
                report.add("mark", "mark 标记", entry.map { .text($0.mark.bytes.hexadecimal) } ?? .none)
                report.add("outcome", "outcome 结果", entry.map { .text($0.outcome.text(lottery)) } ?? .none)
            }
            return report
        }
    }

    struct Publish: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write what everybody may see of a frozen or drawn lottery into a new folder.",
            discussion: "Example: wenhui lottery publish 4 lottery-4")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The batch.") var batch: String
        @Argument(help: "The folder to make.") var folder: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let publication = try service.publication(of: try service.identifier(batch))
            try publication.write(to: folder)
            var report = Report()
            report.add("folder", "folder 目录", .text(folder))
            report.add("entries", "entries 报名数", .number(publication.marks.count))
            report.add("winners", "winners 中签数", publication.winners.map { .number($0.count) } ?? .none)
            report.add("steps", "steps with receipts 步骤回执", .number(publication.steps.count))
            return report
        }
    }

    struct Verify: FreeCommand {
        static let configuration = CommandConfiguration(
            abstract: "Do a published lottery again and compare; needs no data folder and no network.",
            discussion: """
                With the log's verifier key it also verifies that the list was frozen before any seed was known.

                Example: wenhui lottery verify lottery-4 --key wenhui/370782+…
                """)
        @Argument(help: "The published folder.") var folder: String
        @OptionGroup var trust: TrustOptions
        @Flag(help: "Print one JSON document instead of tables; amounts in fen.") var json = false

        func report() async throws -> Report {
            let knows = !trust.keys.isEmpty || trust.keyFile != nil
            let log = knows ? try trust.log { _ in nil }.log : nil
            let policy = try trust.policy { _ in nil }
            let verdict = try LotteryPublication(reading: folder).verify(log: log, policy: policy)
            var report = Report()
            report.add("verified", "verified 验证通过", .flag(true))
            report.add("entries", "entries 报名数", .number(verdict.entries))
            report.add("root", "root 名单根", .text(verdict.root.bytes.hexadecimal))
            report.add("draw", "draw 摇号值", verdict.draw.map { .text($0.bytes.hexadecimal) } ?? .none)
            report.add("winners", "winners 中签数", verdict.winners.map { .number($0) } ?? .none)
            report.add("void", "void 作废", .flag(verdict.isVoid))
            report.add(
                "steps", "steps in the log 日志步骤",
                verdict.steps.map { .number($0) }
                    ?? .text("not checked: name the log's key with --key 未核对，请用 --key 指定日志公钥"))
            return report
        }
    }
}

/// The digits in a seed's file.
private func seedText(_ path: String) throws -> String {
    String(decoding: try readFile(path), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
}

private func digest(_ text: String, _ name: String) throws -> Octets {
    guard let digest = Octets(digest: text) else {
        throw CommandFailure.usage("\(name): it must be 64 hexadecimal digits.")
    }
    return digest
}

extension Lottery {
    fileprivate var report: Report {
        var report = Report()
        report.add("phase", "phase 阶段", .text(phase))
        report.add("entries", "entries 报名数", .number(entrants.count))
        report.add("winners", "winners 中签数", .number(outcomes.count { $0 != .open }))
        report.add("issued", "issued 已发放", .number(outcomes.count { $0 == .issued }))
        report.add("revealBy", "reveal by 揭示期限", .instant(revealBy))
        var table = ReportTable(
            "Parties 参与方", [("party", "party"), ("commitment", "commitment 承诺"), ("seed", "seed 种子")])
        for party in parties {
            table.append([
                .text(party.principal.name), party.commitment.map { .text($0.bytes.hexadecimal) } ?? .none,
                party.seed.map { .text($0.bytes.hexadecimal) } ?? .none,
            ])
        }
        report.add("parties", table)
        return report
    }

    private var phase: String {
        if isVoid { return "void 作废" }
        if draw != nil { return "drawn 已摇号" }
        if root != nil { return "frozen 已封存" }
        return isCommitted ? "entries open 报名" : "commitments 待承诺"
    }
}

extension Lottery.Outcome {
    fileprivate func text(_ lottery: Lottery) -> String {
        switch self {
        case .open: lottery.draw == nil ? "waiting 等待摇号" : "not won 未中签"
        case .won: "won 中签"
        case .issued: "won, voucher issued 中签，已发放"
        }
    }
}
