import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// A running programme is never edited: a change is a new version, approved by a second person who sees the difference.
extension ProgrammeGroup {
    struct Revise: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a changed rule file as a new version of a running programme.",
            discussion: """
                Batches that exist, and their vouchers, keep the version that they have; new batches follow the new one.

                Example: wenhui programme revise 1 my-rules.yaml
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String
        @Argument(help: "The rule file (YAML).") var file: String

        func run(_ session: Session) async throws -> Report {
            let changed = try ProgrammeFile(readFile(file))
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: ProgrammeID = try service.identifier(programme)
            let running = try Running(id, service)
            guard changed.name == running.name else {
                throw CommandFailure.usage(
                    "The file's name is “\(changed.name)”; a new version keeps the programme's, “\(running.name)”."
                )
            }
            let receipt = try await service.perform(
                ProposeRule.with {
                    ($0.programme, $0.document, $0.rule) = (id, changed.document, changed.rule)
                }, call)
            var report = Report()
            report.add("version", "version 版本", .number(Int(receipt.accepted.version)))
            let pending = try service.state { $0.programmes[id].pending }
            report.add("proposal", "proposal 待审批摘要", pending.map { .text($0.digest.hex) } ?? .none)
            report.addReceipt(receipt, call)
            report.add(
                "difference", running.difference(to: changed.rule, document: changed.document))
            return report
        }
    }

    struct ApproveVersion: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve-rule",
            abstract: "Approve the proposed version of a rule, as a second person.",
            discussion: """
                --proposal is the digest that revise and show print, so that nobody approves something else.

                Example: wenhui programme approve-rule 1 --proposal 5d41402abc4b2a76b9719d911017c592 --as approver
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The programme.") var programme: String
        @Option(help: "The proposal's digest.") var proposal: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: ProgrammeID = try service.identifier(programme)
            guard let digest = [UInt8](hexadecimal: proposal), digest.count == 16,
                let proposal = Digest128(digest)
            else {
                throw CommandFailure.usage(
                    "--proposal is 32 hexadecimal digits, as wenhui programme show prints.")
            }
            let receipt = try await service.perform(
                ApproveRule.with { ($0.programme, $0.proposal) = (id, proposal) }, call)
            var report = Report()
            report.add("version", "version 版本", .number(Int(receipt.accepted.version)))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show a programme's rule in sentences, its versions, and what a proposed one changes.",
            discussion: "Example: wenhui programme show 1")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The programme.") var programme: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id: ProgrammeID = try service.identifier(programme)
            let running = try Running(id, service)
            let found = running.programme
            var report = Report()
            report.add("name", "name 名称", .text(running.name))
            report.add("status", "status 状态", .text("\(found.status)"))
            if let pending = found.pending {
                report.add("proposal", "proposal 待审批摘要", .text(pending.digest.hex))
                report.add("document", "its document 文号", .text(pending.document))
            }
            report.add("rule", sentenceTable(found.rule))
            var versions = ReportTable(
                "Versions 版本",
                [
                    ("version", "version"), ("document", "document 文号"), ("maker", "maker 经办"),
                    ("approvedBy", "approved by 审批"), ("instant", "at 时间"),
                ])
            if let first = running.first {
                versions.append([
                    .number(0), .text(first.row.document), .text(first.row.maker.name),
                    first.approvedBy.map { .text($0.name) } ?? .none, .instant(first.row.instant),
                ])
            }
            for view in running.later {
                versions.append([
                    .number(Int(view.row.version)), .text(view.row.document), .text(view.row.maker.name),
                    view.approvedBy.map { .text($0.name) } ?? .none, .instant(view.row.instant),
                ])
            }
            report.add("versions", versions)
            if let pending = found.pending {
                report.add(
                    "difference", running.difference(to: pending.rule, document: pending.document))
            }
            return report
        }
    }
}

/// A rule in plain sentences.
func sentenceTable(_ rule: ProgrammeRule) -> ReportTable {
    var table = ReportTable("Rules 规则", [("chinese", "中文"), ("english", "English")])
    for sentence in rule.sentences { table.append([.text(sentence.chinese), .text(sentence.english)]) }
    return table
}

/// A programme with the versions of its rule.
private struct Running {
    let programme: Programme
    let first: ProgrammeView?
    let later: [ProgrammeVersionView]

    init(_ id: ProgrammeID, _ service: LedgerService) throws {
        let found = try service.state { $0.programmes.contains(id) ? $0.programmes[id] : nil }
        guard let found else { throw ServiceError.refused(.unknownProgramme, event: nil) }
        programme = found
        (first, later) = try service.query { (model) throws(StorageError) in
            (
                try model.programmes(service.ledger).first { $0.row.id == id },
                try model.programmeVersions(of: id, service.ledger)
            )
        }
    }

    var name: String { first?.row.name ?? "" }

    /// The document that the rule in force follows.
    private var document: String {
        later.last { $0.approvedBy != nil }?.row.document ?? first?.row.document ?? ""
    }

    /// The sentences that fall away, and those that come in their place.
    func difference(to rule: ProgrammeRule, document: String) -> ReportTable {
        var table = ReportTable(
            "Difference 变化", [("change", ""), ("chinese", "中文"), ("english", "English")])
        if document != self.document {
            for (sign, text) in [("−", self.document), ("+", document)] {
                table.append([.text(sign), .text("文号：\(text)"), .text("The document is \(text).")])
            }
        }
        // In order: of ratios the first that fits decides.
        let changes = rule.sentences.difference(from: programme.rule.sentences)
        for change in changes {
            switch change {
            case .remove(_, let sentence, _):
                table.append([.text("−"), .text(sentence.chinese), .text(sentence.english)])
            case .insert(_, let sentence, _):
                table.append([.text("+"), .text(sentence.chinese), .text(sentence.english)])
            }
        }
        if changes.isEmpty, programme.rule != rule {
            table.append([
                .text("±"), .text("规则文件有变化，但以上文字说不出来；请逐行比较两份文件。"),
                .text("The files differ in what no sentence says; compare them line by line."),
            ])
        }
        return table
    }
}
