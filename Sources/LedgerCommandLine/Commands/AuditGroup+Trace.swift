import ArgumentParser
import AuditLog
import Foundation
import LedgerDomain
import LedgerService

extension AuditGroup {
    struct Trace: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow a voucher's money from the appropriation to the merchant's account.",
            discussion: """
                Example: wenhui audit trace 1
                Example: wenhui audit trace 1 --fen 1 --proofs ./trace-1
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The voucher.") var voucher: String
        @Option(help: "Follow one fen of its face alone, counted from 1.") var fen: Int64?
        @Option(help: "A folder to make, with the proof of every step.") var proofs: String?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: VoucherID = try service.identifier(voucher)
            let trace = try service.trace(id, fen: fen)
            if let proofs { try writeProofs(trace, service, proofs) }
            var table = ReportTable(
                "Trace 追踪 \(id.text(in: service.ledger))",
                [
                    ("event", "leaf 叶子"), ("instant", "at 时间"), ("type", "what 事项"), ("fund", "fund"),
                    ("from", "from 借"), ("to", "to 贷"), ("amount", "amount 金额"),
                ])
            for step in trace.steps {
                let head: [Cell] = [.event(step.event), .instant(step.instant), .text("\(step.type)")]
                if step.postings.isEmpty { table.append(head + [.none, .none, .none, .none]) }
                for posting in step.postings {
                    table.append(
                        head + [
                            .number(Int(posting.fund.rawValue)),
                            .text(posting.debit.text(in: service.ledger)),
                            .text(posting.credit.text(in: service.ledger)), .amount(posting.amount),
                        ])
                }
            }
            var report = Report()
            report.add("steps", table)
            if let proofs {
                report.add(
                    "proofs", "proofs 证明", .text("\(proofs)/LEAF.tlog-proof, each for: wenhui receipt verify")
                )
            }
            return report
        }

        private func writeProofs(_ trace: VoucherTrace, _ service: LedgerService, _ folder: String) throws {
            guard !FileManager.default.fileExists(atPath: folder) else {
                throw CommandFailure.usage("\(folder) exists already. Name a folder that does not.")
            }
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for step in trace.steps {
                let receipt = try service.receipt(of: step.event)
                try Data(receipt.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(step.event).tlog-proof"))
            }
        }
    }
}

extension Account {
    /// The account as people read it: its kind and its owner's number.
    fileprivate func text(in ledger: LedgerCode) -> String {
        switch self {
        case .treasury, .fund: "\(kind)"
        case .remitted(let other): "remitted \(other)"
        case .programme(let id): id.text(in: ledger)
        case .batch(let id): id.text(in: ledger)
        case .voucher(let id): id.text(in: ledger)
        case .payable(let id): "payable \(id.rawValue)"
        case .clearing(let id): id.text(in: ledger)
        case .points(let id): "points \(id.rawValue)"
        case .pointsIssued(let id): "points of \(id.text(in: ledger))"
        }
    }
}
