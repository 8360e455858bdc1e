import ArgumentParser
import Cryptography
import Foundation
import LedgerDomain
import LedgerService
import Reconciliation
import StatementFormats

extension ReconcileGroup {
    struct Bill: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Match redemptions and refunds against a payment channel's bill, or merchants' orders.",
            discussion: """
                A WeChat Pay trade bill (交易账单, gzip or not), or any CSV by a mapping (--mapping, YAML): Fixtures/mappings
                has some. By reference first; then, where --near says so, by amount, outlet and time; then, where --groups
                says so, one line for the sum of several. The same files give the same result, and the same hash.

                Example: wenhui reconcile bill Fixtures/statements/wechat.csv --channel wechat --near 10 --groups 4
                """)
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The bill.") var file: String
        @Option(help: "How the file is to be read (YAML); a WeChat bill where it is left out.") var mapping:
            String?
        @Option(help: "The first business day; that of the bill unless told.", transform: Typed.day)
        var from: BusinessDay?
        @Option(help: "The last business day; that of the bill unless told.", transform: Typed.day)
        var through: BusinessDay?
        @Option(help: "Sales of this channel alone.") var channel: String?
        @Option(help: "Sales of this merchant alone: references are unique for one merchant only.")
        var merchant: String?
        @Option(help: "What is compared: bill (订单金额), paid (自付) or coupon (补贴).")
        var amount: ComparedAmount = .bill
        @Option(help: "How many fen amounts may differ.") var tolerance: Int64 = 0
        @Option(help: "Match what the references leave by amount and outlet within so many minutes.")
        var near: Int64?
        @Option(help: "Match one line with the sum of up to so many, at most 6.") var groups: Int?
        @Option(help: "How sides are matched, as a file (YAML), in place of the three options before.")
        var rules: String?
        @Option(
            help: "The bank's statement as a third side: camt.053 or camt.054, or a CSV by --bank-mapping.")
        var bank: String?
        @Option(help: "How the bank's CSV is to be read (YAML).") var bankMapping: String?
        @Option(help: "The provider's SHA-1 of the bill, in hexadecimal; another one is refused.") var sha1:
            String?
        @Flag(help: "Put the run on record in the log, and its differences into the queue.")
        var record = false

        func validate() throws {
            guard (0...10_000).contains(tolerance) else {
                throw ValidationError("--tolerance takes 0 to 10000 fen.")
            }
            guard groups.map({ (2...6).contains($0) }) ?? true else {
                throw ValidationError("--groups takes 2 to 6.")
            }
            guard near.map({ (0...1_440).contains($0) }) ?? true else {
                throw ValidationError("--near takes 0 to 1440 minutes.")
            }
            guard rules == nil || near == nil && groups == nil && tolerance == 0 else {
                throw ValidationError("--rules takes the place of --near, --groups and --tolerance.")
            }
            guard bankMapping == nil || bank != nil else {
                throw ValidationError("--bank-mapping says how --bank is to be read.")
            }
        }

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let cutOff = try service.state { $0.settings[.businessDayCutOff] }
            let comparison = try comparison(service)
            let run = try service.reconcile(
                bill: try importing(file, as: comparison.format, cutOff),
                bank: try bank.map { try importing($0, as: comparison.bankFormat, cutOff) }, by: comparison)
            return try await session.report(run, record ? session.call(acting, service) : nil, service)
        }

        private func comparison(_ service: LedgerService) throws -> BillComparison {
            var comparison = BillComparison()
            (comparison.from, comparison.through, comparison.channel) = (from, through, channel)
            comparison.merchant = try merchant.map { try service.identifier($0) }
            (comparison.amount, comparison.providerDigest) = (amount, sha1)
            comparison.mapping = try mapping.map { try StatementMapping(readFile($0)) }
            comparison.bankMapping = try bankMapping.map { try StatementMapping(readFile($0)) }
            comparison.rules = try matching
            return comparison
        }

        private func importing(
            _ path: String, as format: StatementImport.Format, _ cutOff: Int64
        ) throws -> ImportedStatement {
            guard FileManager.default.isReadableFile(atPath: path) else {
                throw CommandFailure.usage("\(path) cannot be read.")
            }
            return try StatementImport.read(path, as: format, cutOff: cutOff)
        }

        /// The rules of the file, or those that the options amount to.
        private var matching: MatchRulesFile {
            get throws {
                if let rules { return try MatchRulesFile(readFile(rules)) }
                var rules = MatchRules(tolerance: tolerance)
                if let near { rules.steps.append(.near(seconds: near * 60)) }
                if let groups { rules.steps.append(.groups(size: groups, days: 1)) }
                return MatchRulesFile(rules: rules, bankRules: .exact)
            }
        }
    }
}

extension ComparedAmount: ExpressibleByArgument {}
