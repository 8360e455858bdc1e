import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage

/// `wenhui batch`: one release of vouchers, proposed by one person and opened by another.
struct BatchGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Batches (批次): propose, approve, close, list.",
        discussion: "Example: wenhui batch list",
        subcommands: [Propose.self, Approve.self, Close.self, List.self])

    struct Propose: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a batch.",
            discussion: """
                Example: wenhui batch propose --programme 1 --face 50.00 --quota 2000 --fund 1=60 --fund 2=40 \
                --from 2018-06-01T10:00:00+08:00 --until 2018-06-30T00:00:00+08:00
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The programme.") var programme: String
        @Option(
            parsing: .unconditional, help: "The face in yuan, or the cap of a percentage.",
            transform: Typed.amount) var face: Amount
        @Option(help: "How many vouchers.") var quota: UInt32
        @OptionGroup var funding: FundingOptions
        @Option(help: "Claims from this instant …", transform: Typed.instant) var from: Instant
        @Option(help: "… until before this one.", transform: Typed.instant) var until: Instant
        @OptionGroup var release: ReleaseOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let programme: ProgrammeID = try service.identifier(programme)
            let weights = try funding.weights(service)
            var proposal = ProposeBatch.with {
                $0.programme = programme
                $0.face = face
                $0.quota = quota
                $0.weights = weights
                $0.from = from
                $0.until = until
            }
            try release.fill(&proposal)
            let receipt = try await service.perform(proposal, call)
            var report = Report()
            report.add("batch", "batch 批次", .id(receipt.accepted.batch, service.ledger))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Approve and open a batch, as a second person; its money moves from the programme.",
            discussion: "Example: wenhui batch approve 1 --as approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let receipt = try await service.perform(ApproveBatch.with { $0.batch = id }, call)
            try service.prepareDrop(receipt.accepted.programme)
            var report = Report()
            report.add("opened", "opened 开放金额", .amount(receipt.accepted.opened.total))
            for (fund, amount) in receipt.accepted.opened.nonZero {
                let name = fund.text(in: service.ledger)
                report.add("fund\(fund.rawValue)", "  \(name)", .amount(amount))
            }
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Close: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close a batch: what it did not use returns to the programme.",
            discussion: "Example: wenhui batch close 1")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The batch.") var batch: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: BatchID = try service.identifier(batch)
            let receipt = try await service.perform(CloseBatch.with { $0.batch = id }, call)
            var report = Report()
            report.add("unused", "unused 未用", .amount(receipt.accepted.unused.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List batches with what is left of them.", discussion: "Example: wenhui batch list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Batches 批次",
                [
                    ("batch", "batch"), ("programme", "programme 活动"), ("release", "release 发放"),
                    ("face", "face 面额"), ("quota", "quota 数量"), ("left", "left 剩余金额"),
                    ("status", "status 状态"), ("from", "from 起"), ("until", "until 止"),
                ])
            for service in try session.services(options) {
                let left = try service.state { $0.batches.storage.map(\.balance.total) }
                let rows = try service.query { (model) throws(StorageError) in
                    try model.batches(service.ledger)
                }
                for (view, left) in zip(rows, left) {
                    table.append([
                        .id(view.row.id, service.ledger), .id(view.row.programme, service.ledger),
                        .text(view.row.release.chinese), .amount(view.row.face),
                        .number(Int(view.row.quota)), .amount(left), .text("\(view.status)"),
                        .instant(view.row.from), .instant(view.row.until),
                    ])
                }
            }
            var report = Report()
            report.add("batches", table)
            return report
        }
    }
}

extension Release {
    fileprivate var chinese: String {
        switch self {
        case .firstCome: "抢券"
        case .directed: "定向"
        case .matched: "配套"
        case .lottery: "摇号"
        case .points: "积分兑换"
        }
    }
}
