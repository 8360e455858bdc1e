import ArgumentParser
import LedgerDomain
import LedgerService
import LedgerStorage
import StatementFormats

/// `wenhui catalogue`: what may be bought, with listed prices; a rule's `goods` names one.
struct CatalogueGroup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catalogue", abstract: "Catalogues (目录): publish, list.",
        discussion: "Example: wenhui catalogue list",
        subcommands: [Publish.self, List.self])

    struct Publish: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Publish a catalogue from CSV (columns code, name, category, listed); it never changes.",
            discussion: "Example: wenhui catalogue publish Fixtures/registry/catalogue.csv --name 2018年目录")
        @OptionGroup var options: GlobalOptions
        @OptionGroup var acting: ActingOptions
        @Argument(help: "The CSV file.") var file: String
        @Option(help: "Its name; a new year is a new one.") var name: String

        func run(_ session: Session) async throws -> Report {
            let catalogue = try CatalogueFile(readFile(file))
            let service = try session.service(options)
            let call = try session.call(acting, service)
            let receipt = try await service.perform(
                PublishCatalogue.with { ($0.name, $0.items) = (name, catalogue.items) }, call)
            var report = Report()
            report.add("items", "items 项数", .number(catalogue.items.count))
            report.addReceipt(receipt, call)
            return report
        }
    }

    struct List: LedgerCommand {
        static let configuration = CommandConfiguration(
            abstract: "List the things of every catalogue.", discussion: "Example: wenhui catalogue list")
        @OptionGroup var options: GlobalOptions

        func run(_ session: Session) async throws -> Report {
            var table = ReportTable(
                "Catalogues 目录",
                [
                    ("catalogue", "catalogue"), ("code", "code 编号"), ("name", "name 名称"),
                    ("category", "category 类别"), ("listed", "listed 标价"),
                ])
            for service in try session.services(options) {
                let catalogues = try service.query { (model) throws(StorageError) in
                    try model.catalogues(service.ledger)
                }
                for catalogue in catalogues {
                    for item in catalogue.items {
                        table.append([
                            .text(catalogue.name), .text(item.code), .text(item.name), .text(item.category),
                            .amount(item.listed),
                        ])
                    }
                }
            }
            var report = Report()
            report.add("items", table)
            return report
        }
    }
}
