import ArgumentParser
import AuditLog
import Foundation
import LedgerService

extension AuditGroup {
    struct FollowLog: FreeCommand {
        static let configuration = CommandConfiguration(
            commandName: "follow",
            abstract: "Compare a log with what it showed last time; refuses a fork and a rollback.",
            discussion: """
                Example: wenhui audit follow ./log-370782 --state ./seen --key wenhui/370782+…
                """)
        @Argument(help: "The folder or the address of the log.") var place: String
        @OptionGroup var trust: TrustOptions
        @Option(help: "The file that remembers the last checkpoint; made at the first time.") var state:
            String
        @Option(name: .customLong("token-file"), help: "A file with an auditor's token, for an address.")
        var tokenFile: String?
        @Flag(help: "Print one JSON document instead of tables.") var json = false

        func report() async throws -> Report {
            let published = try PublishedLog(place, tokenFile: tokenFile)
            let (log, _) = try trust.log(offered: published.file)
            let policy = try trust.policy(offered: published.file)
            let audit = LogAudit(published, log: log, policy: policy)
            var follower = CheckpointFollower(origin: log.origin)
            if FileManager.default.fileExists(atPath: state) {
                follower = CheckpointFollower(after: try kept(log))
            }
            let next = try audit.open(checkpoint: try published.checkpoint())
            let before = follower.last?.checkpoint.head
            let result = follower.follow(next, proof: try audit.consistency(from: before, to: next))
            var report = Report()
            report.add("origin", "log 日志", .text(log.origin.description))
            switch result {
            case .advanced(let from, let to):
                try keep(next, in: state)
                report.add("result", "result 结果", .text(before == nil ? "first seen 首次" : "grown 增长"))
                report.add("from", "from 原", .event(from.size))
                report.add("size", "events 事件", .event(to.size))
            case .unchanged(let head):
                report.add("result", "result 结果", .text("unchanged 未变"))
                report.add("size", "events 事件", .event(head.size))
            case .rollback(let from, let to):
                try keep(next, in: "\(state).refused")
                throw AuditFault.fork("it went back from \(from.size) events to \(to.size)\(evidence)")
            case .fork, .unproven:
                try keep(next, in: "\(state).refused")
                throw AuditFault.fork(
                    "it does not continue the \(before?.size ?? 0) events seen before\(evidence)")
            case .foreign(let origin):
                throw AuditFault.checkpoint("it is of another log, \(origin)")
            }
            return report
        }

        private var evidence: String {
            "; keep \(state) and \(state).refused: both are signed, and together they are the proof"
        }

        /// The checkpoint that was seen last time.
        private func kept(_ log: KnownLog) throws -> SignedCheckpoint {
            do {
                return try SignedCheckpoint(opening: try readFile(state), of: log)
            } catch let error as CheckpointOpeningError {
                throw CommandFailure.usage("\(state) is no checkpoint of this log: \(error).")
            }
        }

        private func keep(_ checkpoint: SignedCheckpoint, in file: String) throws {
            do {
                try Data(checkpoint.bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
            } catch {
                throw CommandFailure(
                    .fault, "fault", "\(file) cannot be written: \((error as NSError).localizedDescription)")
            }
        }
    }
}
