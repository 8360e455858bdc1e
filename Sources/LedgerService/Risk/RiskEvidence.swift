package import AuditLog
import Cryptography
import Foundation
package import LedgerDomain
package import StatementFormats

/// 证据包: what shows a risk to somebody who trusts nobody: what was found by which thresholds, and the events with the proofs
/// that the log has them.
package struct RiskEvidence: Sendable {
    /// One file of the pack, by its path in it.
    package struct File: Sendable {
        package var path: String
        package var bytes: [UInt8]
    }

    package let files: [File]

    /// The file that says what was found.
    package static let summary = "finding.json"

    package static func receipt(of event: UInt64) -> String { "events/\(event).tlog-proof" }
}

extension Risks {
    /// The pack of one risk.
    package func evidence(of risk: Risk) throws(ServiceError) -> RiskEvidence {
        let finding = risk.finding
        var files = [
            RiskEvidence.File(
                path: RiskEvidence.summary,
                bytes: RiskEvidence.Summary(finding, in: service.ledger).bytes),
            RiskEvidence.File(path: "events.csv", bytes: try events(of: finding).csv),
        ]
        for event in finding.events {
            files.append(
                RiskEvidence.File(
                    path: RiskEvidence.receipt(of: event), bytes: try service.receiptFile(of: event)))
        }
        let keys = try service.verifierKeys().map { "\($0.text)\n" }.joined()
        files.append(RiskEvidence.File(path: LogFileName.keys, bytes: Array(keys.utf8)))
        return RiskEvidence(files: files)
    }

    /// A risk's events, a line for each.
    package func events(of finding: RiskFinding) throws(ServiceError) -> Workbook.Sheet {
        let ledger = service.ledger
        var sheet = Workbook.Sheet(
            "证据 evidence",
            [
                .init("事件 event"), .init("时间 time"), .init("类型 type"), .init("网点 outlet"),
                .init("终端 terminal"), .init("收银员 cashier"), .init("消费券 voucher"), .init("订单 order"),
                .init("消费 bill", isSummed: true), .init("补贴 subsidy", isSummed: true),
                .init("拒绝原因 refused because"),
            ])
        for number in finding.events {
            guard let event = try service.storedEvents(from: number, limit: 1).first else { continue }
            let subject = RecordedEvent(number: number, event: event).subject
            var (terminal, cashier) = ("", "")
            for change in event.changes(number: number) {
                switch change {
                case .redemption(let row) where row.terminal != .none:
                    terminal = row.terminal.text(in: ledger)
                case .saleDetails(let row): cashier = row.details.cashier ?? ""
                default: break
                }
            }
            sheet.append([
                .number(Int(clamping: number)), .instant(event.instant), .text("\(event.record.type)"),
                .text(subject.outlet.map { $0.text(in: ledger) } ?? ""),
                .text(terminal), .text(cashier),
                .text(subject.voucher.map { $0.text(in: ledger) } ?? ""), .text(subject.order ?? ""),
                subject.bill.map { .amount($0) } ?? .none, subject.subsidy.map { .amount($0) } ?? .none,
                .text(event.record.refusal?.sentence.chinese ?? ""),
            ])
        }
        return sheet
    }
}

extension RiskEvidence {
    /// What was found, as a file: JSON with sorted keys, amounts in fen.
    package struct Summary: Codable, Equatable, Sendable {
        package static let format = "wenhui-risk-evidence/1"

        package var format = Summary.format
        package var ledger: String
        package var risk: String
        package var signal: String
        package var subject: String
        package var merchants: [String]
        package var from: String
        package var through: String
        package var count: Int
        package var total: Int
        package var amount: Amount
        package var reason: String
        package var reasonEnglish: String
        package var events: [UInt64]

        init(_ finding: RiskFinding, in ledger: LedgerCode) {
            self.ledger = ledger.description
            risk = finding.id
            signal = finding.signal.rawValue
            subject = finding.subject.text(in: ledger)
            merchants = finding.merchants.map { $0.text(in: ledger) }
            (from, through) = (finding.from.text, finding.through.text)
            (count, total, amount) = (finding.count, finding.total, finding.amount)
            (reason, reasonEnglish) = (finding.reason.chinese, finding.reason.english)
            events = finding.events
        }

        fileprivate var bytes: [UInt8] {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
            guard let data = try? encoder.encode(self) else {
                preconditionFailure("texts and whole numbers are what JSON can hold")
            }
            return [UInt8](data) + [0x0A]
        }
    }

    /// Checks a pack offline: every event that it names is in the log that the keys sign for. What it says of them beside
    /// that is for the reader to see in the events.
    ///
    /// - Parameter read: a file of the pack by its path.
    /// - Throws: ``AuditFault``.
    package static func verify(
        log: KnownLog, policy: WitnessPolicy, read: (String) throws -> [UInt8]
    ) throws -> (summary: Summary, receipts: [LedgerReceipt]) {
        guard let summary = try? JSONDecoder().decode(Summary.self, from: Data(try read(Self.summary))),
            summary.format == Summary.format
        else { throw AuditFault.file(Self.summary, "it is no finding of a risk") }
        let origin = "wenhui/\(summary.ledger)"
        guard "\(log.origin)" == origin || "\(log.origin)".hasPrefix(origin + "/") else {
            throw AuditFault.file(
                Self.summary, "it is about ledger \(summary.ledger), and the key is that of \(log.origin)")
        }
        guard !summary.events.isEmpty, Set(summary.events).count == summary.events.count else {
            throw AuditFault.file(Self.summary, "its events are none, or stand twice")
        }
        let receipts = try summary.events.map { event in
            let receipt = try LedgerReceipt(try read(Self.receipt(of: event)), log: log, policy: policy)
            guard receipt.number == event else {
                throw AuditFault.file(Self.receipt(of: event), "it is about event \(receipt.number)")
            }
            return receipt
        }
        return (summary, receipts)
    }
}
