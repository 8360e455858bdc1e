import ArgumentParser
import LedgerBootstrap
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
        @OptionGroup var preview: PreviewOption

        func run(_ session: Session) async throws -> Report {
            try await imported(session, options, acting, file, preview) { service, bytes, call in
                let rows = try ResidentFile(bytes, practice: try session.isPractice(service))
                return try await service.importResidents(rows, bytes: bytes, isPreview: preview.preview, call)
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
            func said(_ faults: RowFaults) -> CommandFailure {
                .usage(faults.faults.map { "\($0.field) \($0.message)." }.joined(separator: "\n"))
            }
            do {
                return try report(session)
            } catch let faults as RowFaults {
                throw said(faults)
            } catch ServiceError.rows(let faults) {
                throw said(faults)
            }
        }

        private func report(_ session: Session) throws -> Report {
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
        let count = try service.attest(try file(try session.isPractice(service)), call)
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
                throw ServiceError.notFound(.resident, masked(identityNumber))
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
            try Bindings(service, session.system.office).forget(identityNumber)
            try session.risks(service).forget(identityNumber)
            var report = Report()
            report.add("erased", "erased 已删除", .flag(true))
            report.addReceipt(receipt, call)
            return report
        }
    }
}
