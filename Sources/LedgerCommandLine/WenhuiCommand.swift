package import ArgumentParser

/// The command `wenhui` with everything under it.
package struct WenhuiCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "wenhui",
        abstract: "文惠: a ledger for public money handed out as cultural consumption vouchers.",
        discussion: """
            Example: wenhui demo

            Exit codes: 0 done, 3 refused by the ledger, 4 fault, 5 not verified, 64 usage.
            Shell completion: wenhui --generate-completion-script bash
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, DemoCommand.self, ServeCommand.self, APIKeyGroup.self, AccountGroup.self,
            TerminalGroup.self, BackupCommand.self,
            RestoreCommand.self, LedgerGroup.self,
            FundGroup.self, ProgrammeGroup.self,
            BatchGroup.self, LotteryGroup.self, SessionGroup.self, AwardGroup.self,
            PointsGroup.self, ResidentGroup.self, MerchantGroup.self, OutletGroup.self, CatalogueGroup.self,
            VoucherGroup.self,
            TokenGroup.self, RedeemGroup.self, TillGroup.self, PhoneGroup.self,
            PayeeGroup.self, SettlementGroup.self, CorrectionGroup.self, ReconcileGroup.self,
            DifferenceGroup.self,
            RiskGroup.self, PlatformGroup.self,
            ReportGroup.self, BookGroup.self,
            AuditGroup.self, ReceiptGroup.self, KeyGroup.self, WitnessGroup.self,
        ])

    package init() {}

    /// Runs what was typed and ends the process with its exit code; under `--json` a mistyped option is
    /// reported as a JSON document too.
    package static func start() async -> Never {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            exit()
        } catch {
            // A bare exit code has been explained already.
            let isMistyped = !(error is ExitCode) && exitCode(for: error) == .validationFailure
            guard isMistyped, CommandLine.arguments.contains("--json") else { exit(withError: error) }
            Console.fail(.usage(message(for: error)), json: true)
            exit(withError: ExitCode(CommandFailure.Status.usage.rawValue))
        }
    }
}
