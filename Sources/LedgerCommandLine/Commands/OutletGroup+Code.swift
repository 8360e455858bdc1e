import ArgumentParser
import LedgerDomain
import LedgerService
import QRCodes
import RedemptionTokens

extension OutletGroup {
    struct Code: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "Draw the code that hangs at an outlet's till, for phones that pay offline.",
            discussion: "Example: wenhui outlet code YL-0001 --png outlet.png")
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The outlet's platform id or number.") var outlet: String
        @OptionGroup var pictures: TokenGroup.PictureOptions

        func run(_ session: Session) async throws -> Report {
            let service = try session.service(options)
            let id = try service.till(outlet: outlet, terminal: nil).0
            guard let code = OutletCode(ledger: service.ledger.rawValue, outlet: id.rawValue) else {
                throw ServiceError.notFound(.outlet, outlet)
            }
            let picture = try TokenGroup.code(code.text)
            if try !pictures.write(picture), !options.json { Console.print(picture.terminal) }
            var report = Report()
            report.add("code", "code 网点码", .text(code.text))
            report.add("outlet", "outlet 网点", .id(id, service.ledger))
            return report
        }
    }
}
