import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui session`: performances whose cheap tickets the programme pays for, by attested admission.
struct SessionGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "session",
        abstract: "Sessions (场次): low-price tickets, admissions, settlement, cancellation.",
        discussion: """
            One person proposes a session, another opens it, and a third counts admissions and closes the count; \
            then the programme owes the venue for every admission that was paid for.

            Example: wenhui session list
            """,
        subcommands: [
            Propose.self, Approve.self, AdmitOne.self, AdmitFile.self, Close.self, Settle.self, Cancel.self,
            List.self,
        ])

    struct Propose: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Propose a session.",
            discussion: """
                Example: wenhui session propose --programme 1 --outlet 1 --title 评弹专场 \
                --starts 2018-06-20T19:30:00+08:00 --ends 2018-06-20T21:30:00+08:00 --price 80.00 \
                --ticket 30.00 --subsidy 40.00 --seats 100 --fund 1=1 --attestor door
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Option(help: "The programme that pays.") var programme: String
        @Option(help: "The outlet where it takes place, by number or platform id.") var outlet: String
        @Option(help: "What is shown.") var title: String
        @Option(name: .customLong("starts"), transform: Typed.instant) var startsAt: Instant
        @Option(name: .customLong("ends"), transform: Typed.instant) var endsAt: Instant
        @Option(parsing: .unconditional, help: "The listed price.", transform: Typed.amount)
        var price: Amount
        @Option(
            name: .customLong("ticket"), parsing: .unconditional,
            help: "The most that a low-price ticket costs; 0 for free admission.",
            transform: Typed.amountOrZero)
        var ticketPrice: Amount
        @Option(
            parsing: .unconditional, help: "What the programme pays for each admission that was paid for.",
            transform: Typed.amount) var subsidy: Amount
        @Option(help: "How many admissions are paid for at most.") var seats: UInt32
        @OptionGroup var funding: FundingOptions
        @Option(help: "Who will count admissions: an account's name.") var attestor: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            guard let counting = Principal(attestor) else {
                throw CommandFailure.usage("--attestor takes a name of 1 to 64 bytes.")
            }
            let programme: ProgrammeID = try service.identifier(programme)
            let (outlet, _) = try service.till(outlet: outlet, terminal: nil)
            let weights = try funding.weights(service)
            let receipt = try await service.perform(
                ProposeSession.with {
                    ($0.programme, $0.outlet, $0.title) = (programme, outlet, title)
                    ($0.startsAt, $0.endsAt) = (startsAt, endsAt)
                    ($0.price, $0.ticketPrice, $0.subsidy) = (price, ticketPrice, subsidy)
                    ($0.seats, $0.weights, $0.attestor) = (seats, weights, counting)
                }, call)
            var report = Report()
            report.add("session", "session 场次", .id(receipt.accepted.session, service.ledger))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Approve: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Open a session as a second person; the programme keeps what its seats can cost.",
            discussion: "Example: wenhui session approve 1 --as approver")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: SessionID = try service.identifier(show)
            let receipt = try await service.perform(ApproveSession.with { $0.session = id }, call)
            var report = Report()
            report.add("promised", "kept for it 预留", .amount(receipt.accepted.promised.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct AdmitOne: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "admit", abstract: "Attest one admission by its ticket (入场).",
            discussion: "Example: wenhui session admit 1 --ticket A-0017 --paid 30.00 --as door")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String
        @Option(help: "The merchant's own number of the ticket.") var ticket: String
        @Option(
            parsing: .unconditional, help: "What was paid for it; 0 for a free admission.",
            transform: Typed.amountOrZero) var paid: Amount

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: SessionID = try service.identifier(show)
            let receipt = try await service.perform(
                Admit.with { ($0.session, $0.ticket, $0.paid) = (id, ticket, paid) }, call)
            var report = Report()
            report.add("admitted", "admitted 入场人次", .number(Int(receipt.accepted.number)))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct AdmitFile: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "admit-file",
            abstract: "Attest the admissions of a CSV file (columns ticket, paid), ticket by ticket.",
            discussion: "Example: wenhui session admit-file 1 door.csv --as door")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let progress = Progress("admissions")
            return try await service.admit(
                try TicketFile(readFile(file)), to: try service.identifier(show), call
            ) { progress.show($0, of: $1) }.report
        }
    }

    struct Close: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close the count of admissions after the session, as its attestor (入场登记完毕).",
            discussion: "Example: wenhui session close 1 --as door")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: SessionID = try service.identifier(show)
            let receipt = try await service.perform(CloseAdmissions.with { $0.session = id }, call)
            var report = Report()
            report.add("admitted", "admitted 入场人次", .number(Int(receipt.accepted.admitted)))
            report.add("admissions", "paid admissions 补贴人次", .number(Int(receipt.accepted.subsidised)))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Settle: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Owe the venue's merchant for the attested admissions, once the count is closed.",
            discussion: """
                Where the attestor never closes it, the session can be settled thirty days after its end.

                Example: wenhui session settle 1 --as finance
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let id: SessionID = try service.identifier(show)
            let receipt = try await service.perform(SettleSession.with { $0.session = id }, call)
            var report = Report()
            report.add("admissions", "paid admissions 补贴人次", .number(Int(receipt.accepted.admissions)))
            report.add("subsidy", "subsidy 补贴", .amount(receipt.accepted.subsidy.total))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct Cancel: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Cancel a session: bookings are voided and everything redeemed for it is refunded.",
            discussion: """
                Once somebody was admitted, only its attestor can say that it did not take place.

                Example: wenhui session cancel 1 --reason 演员生病
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The session.") var show: String
        @Option(help: "Why.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let done = try await service.cancel(try service.identifier(show), because: reason, call)
            var report = Report()
            report.add("refunds", "refunded 退款笔数", .number(done.refunds))
            report.add("subsidy", "subsidy given back 退回补贴", .amount(done.subsidy))
            report.add("bookings", "bookings voided 撤销预约", .number(done.bookings))
            if let receipt = done.receipt { report.addReceipt(receipt, call) }
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List sessions with their admissions.", discussion: "Example: wenhui session list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Sessions 场次",
                [
                    ("session", "session"), ("title", "title 剧目"), ("starts", "starts 开演"),
                    ("price", "listed 标价"), ("ticket", "low price 惠民价"), ("subsidy", "subsidy 每张补贴"),
                    ("seats", "seats 座位"), ("admitted", "admitted 入场"), ("paidFor", "paid for 补贴人次"),
                    ("status", "status 状态"), ("paid", "owed 应付"),
                ])
            for service in try session.services(options) {
                let views = try service.query { (model) throws(StorageError) in
                    try model.sessions(service.ledger)
                }
                for view in views {
                    table.append([
                        .id(view.row.id, service.ledger), .text(view.row.title), .instant(view.row.startsAt),
                        .amount(view.row.price), .amount(view.row.ticketPrice), .amount(view.row.subsidy),
                        .number(Int(view.row.seats)), .number(Int(view.admitted)),
                        .number(Int(view.subsidised)), .text("\(view.status)"),
                        view.paid.map { .amount($0) } ?? .none,
                    ])
                }
            }
            var report = Report()
            report.add("sessions", table)
            return report
        }
    }
}
