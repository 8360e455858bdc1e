import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui merchant`: who sells, who is paid, who is stopped.
struct MerchantGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merchant",
        abstract: "Merchants (商户): import, list, statement, suspend, blacklist, reinstate, recover.",
        discussion: "Example: wenhui merchant list",
        subcommands: [
            Import.self, List.self, Statement.self, Dispute.self, Suspend.self, Blacklist.self,
            Reinstate.self,
            RecoverMoney.self,
        ])

    struct Import: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import merchants with their payees from CSV, all or none.",
            discussion: "Example: wenhui merchant import Fixtures/registry/merchants.csv")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String
        @OptionGroup var preview: PreviewOption

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file, preview) { service, bytes, call in
                let rows = try MerchantFile(bytes, practice: try session.isPractice(service))
                return try await service.importMerchants(rows, bytes: bytes, isPreview: preview.preview, call)
            }
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List merchants with what is owed to their payees.",
            discussion: "Example: wenhui merchant list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Merchants 商户",
                [
                    ("merchant", "merchant"), ("creditCode", "credit code 信用代码"), ("name", "name 名称"),
                    ("status", "status 状态"), ("owed", "owed to payee 应付"),
                ])
            for service in try session.services(options) {
                let owed = try service.state { state in
                    state.payees.storage.map { $0.balances.entries.reduce(Amount.zero) { $0 + $1.amount } }
                }
                let rows = try service.query { (model) throws(StorageError) in
                    try model.merchants(service.ledger)
                }
                for view in rows {
                    table.append([
                        .id(view.row.id, service.ledger), .text(view.row.creditCode),
                        .text(try service.people.text(view.row.name) ?? "(erased)"), .text("\(view.status)"),
                        .amount(owed[Int(view.row.payee.rawValue) - 1]),
                    ])
                }
            }
            var report = Report()
            report.add("merchants", table)
            return report
        }
    }

    struct Suspend: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Suspend a merchant (经营异常) from the next command on.",
            discussion: "Example: wenhui merchant suspend 3 --evidence 市监异常名录-0017")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The evidence's reference.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            try await change(.suspended, merchant, evidence, session, options, acting)
        }
    }

    struct Blacklist: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Blacklist a merchant (黑名单) from the next command on; its unpaid money is held.",
            discussion: "Example: wenhui merchant blacklist 3 --evidence 文旅执法-2018-009")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The evidence's reference.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            try await change(.blacklisted, merchant, evidence, session, options, acting)
        }
    }

    struct Reinstate: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Let a merchant take part again.",
            discussion: "Example: wenhui merchant reinstate 3 --evidence 复核决定-0004")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The evidence's reference.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            try await change(.active, merchant, evidence, session, options, acting)
        }
    }

    struct RecoverMoney: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "recover", abstract: "A merchant pays a claw-back to the treasury.",
            discussion: "Example: wenhui merchant recover 3 --fund 1 18.00 --reference 退库凭证-12")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The merchant.") var merchant: String
        @Option(help: "The fund.") var fund: String
        @Argument(help: "Yuan.", transform: Typed.amount) var amount: Amount
        @Option(help: "The treasury's receipt.") var reference: String

        func run(_ session: Session) async throws -> Report {
            try await moved(session, options, acting, amount) { service in
                let (merchant, fund): (MerchantID, FundID) = (
                    try service.identifier(merchant), try service.identifier(fund)
                )
                return Recover.with {
                    $0.merchant = merchant
                    $0.fund = fund
                    $0.amount = amount
                    $0.reference = reference
                }
            }
        }
    }

    private static func change(
        _ status: Merchant.Status, _ merchant: String, _ evidence: String, _ session: Session,
        _ options: GlobalOptions, _ acting: ActingOptions
    ) async throws -> Report {
        try await moved(session, options, acting, nil) { service in
            let id: MerchantID = try service.identifier(merchant)
            return ChangeMerchant.with {
                $0.merchant = id
                $0.status = status
                $0.evidence = evidence
            }
        }
    }
}

/// `wenhui outlet`: selling points and their terminals.
struct OutletGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "outlet", abstract: "Outlets (网点) and terminals (终端): import, list.",
        discussion: "Example: wenhui outlet list",
        subcommands: [Import.self, ImportTerminals.self, List.self, Code.self])

    struct Import: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import outlets from CSV, all or none.",
            discussion: "Example: wenhui outlet import Fixtures/registry/outlets.csv")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String
        @OptionGroup var preview: PreviewOption

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file, preview) { service, bytes, call in
                let rows = try OutletFile(bytes, practice: try session.isPractice(service))
                return try await service.importOutlets(rows, bytes: bytes, isPreview: preview.preview, call)
            }
        }
    }

    struct ImportTerminals: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "import-terminals", abstract: "Import terminals from CSV, all or none.",
            discussion: "Example: wenhui outlet import-terminals Fixtures/registry/terminals.csv")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String
        @OptionGroup var preview: PreviewOption

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file, preview) { service, bytes, call in
                try await service.importTerminals(
                    try TerminalFile(bytes), bytes: bytes, isPreview: preview.preview, call)
            }
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List outlets.", discussion: "Example: wenhui outlet list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Outlets 网点",
                [
                    ("outlet", "outlet"), ("platformID", "platform id 平台编号"), ("name", "name 名称"),
                    ("category", "category 类别"), ("region", "region 区划"), ("town", "town 乡镇"),
                    ("rural", "rural 农村"), ("cluster", "cluster 集聚区"), ("class", "class 类型"),
                    ("merchant", "merchant 商户"),
                ])
            for service in try session.services(options) {
                let rows = try service.query { (model) throws(StorageError) in
                    try model.outlets(service.ledger)
                }
                for row in rows {
                    table.append([
                        .id(row.id, service.ledger), .text(row.platformID),
                        .text(try service.people.text(row.name) ?? "(erased)"), .text(row.category),
                        .text("\(row.region)"), .text(row.town), .flag(row.rural), .text(row.cluster),
                        .text(row.outletClass), .id(row.merchant, service.ledger),
                    ])
                }
            }
            var report = Report()
            report.add("outlets", table)
            return report
        }
    }
}

/// Imports a file, or tries it, and says what came of it.
func imported(
    _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions, _ file: String,
    _ preview: PreviewOption, _ body: (LedgerService, [UInt8], Call) async throws -> ImportSummary
) async throws -> Report {
    let bytes = try readFile(file)
    let service = try session.service(options)
    let call = try session.call(acting, service)
    var report = Report()
    do {
        let summary = try await body(service, bytes, call)
        report.add("rows", "rows 行数", .number(summary.count))
        let state =
            summary.wasImported
            ? "no: this file had been imported before"
            : preview.preview ? "not yet: it would be 预览，可以导入" : "yes"
        report.add("imported", "imported 导入", .text(state))
    } catch let faults as RowFaults where preview.preview {
        report.add("refused", faults)
    } catch ServiceError.rows(let faults) where preview.preview {
        report.add("refused", faults)
    }
    return report
}

/// Whether an import is only tried.
struct PreviewOption: ParsableArguments {
    @Flag(help: "Import nothing; list the rows that would be refused.") var preview = false
}

extension Report {
    fileprivate mutating func add(_ key: String, _ faults: RowFaults) {
        add("imported", "imported 导入", .text("no: nothing would be taken 预览，不会导入"))
        var table = ReportTable(
            "Refused rows 被拒的行", [("line", "line 行"), ("field", "field 字段"), ("reason", "reason 原因")])
        for fault in faults.faults {
            table.append([.number(fault.row), .text(fault.field), .text(fault.message)])
        }
        add(key, table)
    }
}

/// Vouchers as a table.
func voucherTable(_ vouchers: [VoucherView], _ ledger: LedgerCode) -> ReportTable {
    var table = ReportTable(
        "Vouchers 消费券",
        [
            ("voucher", "voucher"), ("batch", "batch 批次"), ("face", "face 面额"), ("status", "status 状态"),
            ("issuedAt", "issued 领取"), ("expiry", "valid until 有效至"),
        ])
    for view in vouchers {
        table.append([
            .id(view.row.id, ledger), .id(view.row.batch, ledger), .amount(view.row.face),
            .text("\(view.status)"), .instant(view.row.issuedAt), .instant(view.row.expiry),
        ])
    }
    return table
}
