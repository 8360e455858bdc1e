import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui resident`: people, sealed in the vault.
struct ResidentGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resident", abstract: "Residents (居民): import, attest groups, show, erase.",
        discussion: "Example: wenhui resident show 999900199001010015",
        subcommands: [Import.self, Attest.self, AttestFile.self, Show.self, Erase.self])

    struct Import: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import residents from CSV, all or none (columns name, id_number, phone).",
            discussion: "Example: wenhui resident import Fixtures/registry/residents.csv")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file) { service, bytes, call in
                let rows = try ResidentFile(bytes, practice: try session.isPractice(service))
                return try await service.importResidents(rows, bytes: bytes, call)
            }
        }
    }

    struct Attest: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Attest that a resident belongs to a group (认定), having seen the papers.",
            discussion: """
                minor (未成年人) and elderly (老年人) follow from the identity number by themselves.

                Example: wenhui resident attest 999900199001010015 --group rural --until 2019-01-01 \
                --evidence 户口簿 --as service-point-3
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The identity number.") var identityNumber: String
        @Option(help: "The group: disabled, migrant, hardship, rural or another name.") var group: String
        @Option(help: "The first day on which it does not hold any more.", transform: Typed.day)
        var until: BusinessDay
        @Option(help: "What was looked at, such as a certificate's number.") var evidence: String

        func run(_ session: Session) async throws -> Report {
            try attested(session, options, acting) { practice in
                let text = "id_number,group,until,evidence\n"
                let row = [identityNumber, group, until.text, evidence].map {
                    "\"" + $0.replacing("\"", with: "\"\"") + "\""
                }
                return try AttestationFile(
                    Array((text + row.joined(separator: ",") + "\n").utf8), practice: practice)
            }
        }
    }

    struct AttestFile: LedgerCommand {
        static let configuration = CommandConfiguration(
            commandName: "attest-file",
            abstract: "Attest many from CSV, all or none (columns id_number, group, until, evidence).",
            discussion: "Example: wenhui resident attest-file groups.csv --as service-point-3")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            try attested(session, options, acting) { practice in
                try AttestationFile(try readFile(file), practice: practice)
            }
        }
    }

    private static func attested(
        _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions,
        _ file: (Bool) throws -> AttestationFile
    ) throws -> Report {
        let service = try session.service(options)
        let call = try session.call(acting, service)
        let count = try service.attest(
            try file(try session.isPractice(service)), by: call.principal)
        var report = Report()
        report.add("attested", "attested 已认定", .number(count))
        return report
    }

    struct Show: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Show the vouchers of one resident; name and telephone stay masked.",
            discussion: "Example: wenhui resident show 999900199001010015")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The identity number.") var identityNumber: String
        @Option(help: "The instant to look at (RFC 3339); now without it.", transform: Typed.instant)
        var clock: Instant?

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            guard let resident = try service.people.resident(identityNumber) else {
                throw ServiceError.notFound("resident", "with this identity number")
            }
            var report = Report()
            report.add("name", "name 姓名", .text(String(resident.name.prefix(1)) + "**"))
            let phone = resident.phone.isEmpty ? "-" : "*******" + resident.phone.suffix(4)
            report.add("phone", "phone 手机", .text(phone))
            var groups = ReportTable(
                "Groups 人群",
                [
                    ("group", "group"), ("until", "until 有效期至"), ("attestor", "attested by 认定人"),
                    ("evidence", "evidence 依据"),
                ])
            for group in try service.groups(of: identityNumber, at: clock ?? service.now) {
                groups.append([
                    .text(group.group), .instant(group.until), .text(group.attestor.name),
                    .text(group.evidence),
                ])
            }
            report.add("groups", groups)
            report.add("vouchers", voucherTable(try service.vouchers(of: identityNumber), service.ledger))
            return report
        }
    }

    struct Erase: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Delete a resident's personal data for good; the log and every balance stay as they are.",
            discussion: "Example: wenhui resident erase 999900199001010015 --reason 本人申请2018-07-01")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The identity number.") var identityNumber: String
        @Option(help: "Why: a request or an order; no name.") var reason: String

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.erase(identityNumber, because: reason, call)
            var report = Report()
            report.add("erased", "erased 已删除", .flag(true))
            report.addReceipt(receipt, call)
            return report
        }
    }
}

/// `wenhui merchant`: who sells, who is paid, who is stopped.
struct MerchantGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merchant",
        abstract: "Merchants (商户): import, list, suspend, blacklist, reinstate, recover.",
        discussion: "Example: wenhui merchant list",
        subcommands: [
            Import.self, List.self, Suspend.self, Blacklist.self, Reinstate.self, RecoverMoney.self,
        ])

    struct Import: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Import merchants with their payees from CSV, all or none.",
            discussion: "Example: wenhui merchant import Fixtures/registry/merchants.csv")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file) { service, bytes, call in
                let rows = try MerchantFile(bytes, practice: try session.isPractice(service))
                return try await service.importMerchants(rows, bytes: bytes, call)
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

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file) { service, bytes, call in
                let rows = try OutletFile(bytes, practice: try session.isPractice(service))
                return try await service.importOutlets(rows, bytes: bytes, call)
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

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file) { service, bytes, call in
                try await service.importTerminals(try TerminalFile(bytes), bytes: bytes, call)
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

/// Runs one import and says how many rows it took.
private func imported(
    _ session: Session, _ options: GlobalOptions, _ acting: ActingOptions, _ file: String,
    _ body: (LedgerService, [UInt8], Call) async throws -> ImportSummary
) async throws -> Report {
    let bytes = try readFile(file)
    let service = try session.service(options)
    let call = try session.call(acting, service)
    let summary = try await body(service, bytes, call)
    var report = Report()
    report.add("rows", "rows 行数", .number(summary.count))
    report.add(
        "imported", "imported 导入",
        .text(summary.wasImported ? "no: this file had been imported before" : "yes"))
    return report
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
