import ArgumentParser
import Cryptography
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui award`: money for merchants beside redemptions, proposed with evidence and paid by a second person.
struct AwardGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "award",
        abstract: "Awards (奖补): grants, rewards, price cuts given back; approve, reject, claw back.",
        discussion: "Example: wenhui award list",
        subcommands: [
            Grant.self, Reward.self, PriceCut.self, Approve.self, Reject.self, ClawBack.self, List.self,
        ])

    /// What every proposal takes.
    struct ProposalOptions: ParsableArguments {
        @Option(help: "The programme that pays.") var programme: String
        @Option(help: "The merchant.") var merchant: String
        @Option(help: "What it is for.") var title: String
        @OptionGroup var funding: FundingOptions
    }

    struct Grant: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a grant (高品质演出资助) with the file that shows what it is for.",
            discussion: """
                Example: wenhui award grant --programme 1 --merchant 1 --amount 20000.00 --title 原创剧目资助 \
                --fund 1=1 --evidence 评审意见.pdf
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var proposal: ProposalOptions
        @Option(parsing: .unconditional, help: "How much.", transform: Typed.amount) var amount: Amount
        @Option(help: "The file that shows it; the ledger keeps its SHA-256.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            try await proposed(session, options, acting, proposal, evidence: readFile(evidence)) { _, asked in
                asked.kind = .grant
                asked.amount = amount
            }
        }
    }

    struct Reward: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a reward: a share of what was redeemed at a merchant and not refunded (择优奖励).",
            discussion: """
                Counts every redemption once, up to --through; the amount follows from the ledger.

                Example: wenhui award reward --programme 1 --merchant 1 --rate 10% --through 200 --title 择优奖励 \
                --fund 1=1 --evidence 考核结果.pdf
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var proposal: ProposalOptions
        @Option(help: "The share, such as 10%.") var rate: String
        @Option(help: "The last redemption that counts.") var through: String
        @Option(help: "The file that shows it; the ledger keeps its SHA-256.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            let rate: Ratio
            do {
                rate = try Ratio(entered: self.rate)
            } catch {
                throw CommandFailure.usage("--rate \(error.sentence).")
            }
            return try await proposed(
                session, options, acting, proposal, evidence: readFile(evidence)
            ) { service, asked in
                asked.kind = .reward
                asked.rate = rate
                let last: RedemptionID = try service.identifier(through)
                asked.through = last
                let (programme, merchant) = (asked.programme, asked.merchant)
                let base = try service.state { state in
                    state.redemptions.contains(last)
                        ? state.rewardable(merchant, in: programme, through: last) : .zero
                }
                guard base > .zero else {
                    throw CommandFailure.usage(
                        "Nothing was redeemed there up to redemption \(last.rawValue) that no reward has counted, less refunds."
                    )
                }
                asked.amount = rate.of(base)
            }
        }
    }

    struct PriceCut: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "price-cut",
            abstract: "Propose to give back what a merchant took off its prices, sale by sale (间接补贴).",
            discussion: """
                The CSV file has the columns order, listed, paid and is the evidence; up to 200 sales.

                Example: wenhui award price-cut cuts.csv --programme 1 --merchant 1 --title 周末降价 --fund 1=1
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @OptionGroup var proposal: ProposalOptions
        @Argument(help: "The CSV file of sales.") var file: String

        func run(_ session: Session) async throws -> Report {
            let bytes = try readFile(file)
            let cuts = try PriceCutFile(bytes)
            return try await proposed(session, options, acting, proposal, evidence: bytes) { _, asked in
                asked.kind = .priceCut
                asked.sales = cuts.sales
                asked.amount = cuts.amount
            }
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Pay an award, as a second person.",
            discussion: "Example: wenhui award approve 1 --as approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The award.") var award: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: AwardID = try service.identifier(award)
            let receipt = try await service.perform(ApproveAward.with { $0.award = id }, call)
            var report = Report()
            report.add("owed", "owed 应付", .amount(receipt.accepted.subsidy.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Reject: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Turn a proposed award down.",
            discussion: "Example: wenhui award reject 1 --reason 凭证不足")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The award.") var award: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: AwardID = try service.identifier(award)
            let receipt = try await service.perform(
                RejectAward.with { ($0.award, $0.reason) = (id, reason) }, call)
            var report = Report()
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct ClawBack: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Take back an award that should not have been paid.",
            discussion: "Example: wenhui award claw-back 1 --reason 虚报")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The award.") var award: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: AwardID = try service.identifier(award)
            let receipt = try await service.perform(
                ClawBackAward.with { ($0.award, $0.reason) = (id, reason) }, call)
            var report = Report()
            report.add("owed", "taken back 追回", .amount(receipt.accepted.subsidy.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List awards.", discussion: "Example: wenhui award list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Awards 奖补",
                [
                    ("award", "award"), ("programme", "programme 活动"), ("merchant", "merchant 商户"),
                    ("kind", "kind 类型"), ("amount", "amount 金额"), ("title", "title 事由"),
                    ("status", "status 状态"), ("evidence", "evidence 凭证SHA-256"),
                ])
            for service in try session.services(options) {
                let views = try service.query { (model) throws(StorageError) in
                    try model.awards(service.ledger)
                }
                for view in views {
                    table.append([
                        .id(view.row.id, service.ledger), .id(view.row.programme, service.ledger),
                        .id(view.row.merchant, service.ledger), .text(view.row.kind.chinese),
                        .amount(view.row.amount), .text(view.row.title), .text("\(view.status)"),
                        .text(view.row.evidence.bytes.hexadecimal),
                    ])
                }
            }
            var report = Report()
            report.add("awards", table)
            return report
        }
    }

    private static func proposed(
        _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions, _ proposal: ProposalOptions,
        evidence: [UInt8], _ fill: (LedgerService, inout ProposeAward) throws -> Void
    ) async throws -> Report {
        let service = try session.service(options)
        let call = try session.call(acting, service)
        var asked = ProposeAward()
        asked.programme = try service.identifier(proposal.programme)
        asked.merchant = try service.identifier(proposal.merchant)
        asked.weights = try proposal.funding.weights(service)
        asked.title = proposal.title
        asked.evidence = Octets(SHA256Digest.of(evidence))
        try fill(service, &asked)
        let receipt = try await service.perform(asked, call)
        var report = Report()
        report.add("award", "award 奖补", .id(receipt.accepted.award, service.ledger))
        report.add("amount", "amount 金额", .amount(asked.amount))
        report.add("evidence", "evidence 凭证SHA-256", .text(asked.evidence.bytes.hexadecimal))
        report.addReceipt(receipt, call)
        return report
    }
}

extension Award.Kind {
    fileprivate var chinese: String {
        switch self {
        case .grant: "资助"
        case .priceCut: "降价补贴"
        case .reward: "奖励"
        }
    }
}
