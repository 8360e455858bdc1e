import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// A process that redeems vouchers as fast as it is answered, for tests that kill it, double it or delete
/// files under it.
///
/// `LoadDriver FOLDER --setup VOUCHERS` makes the folder with a practice ledger and vouchers to redeem.
/// `LoadDriver FOLDER COMMANDS SEED PRINCIPAL` redeems, 64 in flight, and prints `key event accepted|refused`
/// for each acknowledged command, at once.
@main
enum LoadDriver {
    /// The ledger that is loaded.
    static let ledger = LedgerCode(370_782)

    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("LoadDriver: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        if arguments.count == 3, arguments[1] == "--setup", let vouchers = UInt32(arguments[2]) {
            let folder = DataFolder(arguments[0])
            try folder.create()
            try await withSystem(folder) { service in
                try await BookSetup(service: service, vouchers: vouchers).run()
            }
        } else if arguments.count == 4, let count = Int(arguments[1]), let seed = UInt64(arguments[2]),
            let principal = Principal(arguments[3])
        {
            try await withSystem(DataFolder(arguments[0])) { service in
                try await Load(service: service, seed: seed, principal: principal).run(count)
            }
        } else {
            throw LoadFailure("usage: LoadDriver FOLDER (--setup VOUCHERS | COMMANDS SEED PRINCIPAL)")
        }
    }

    private static func withSystem(
        _ folder: DataFolder, _ body: (LedgerService) async throws -> Void
    ) async throws {
        let system = try LedgerSystem(folder)
        try await body(try system.service(ledger))
        system.stop()
    }
}

/// Why the driver gave up.
struct LoadFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
