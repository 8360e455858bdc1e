import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import Synchronization

/// An opened data folder on which one or more commands run.
final class Session: Sendable {
    let system: LedgerSystem
    /// The idempotency key that was made last because none was given; told when a command fails.
    private let madeKey = Mutex<String?>(nil)

    init(_ path: String) throws {
        let folder = DataFolder(path)
        guard folder.exists else { throw DataFolderError.missing(path) }
        system = try LedgerSystem(folder)
        try system.purgeOrphans()
    }

    /// Runs `body` on an opened folder and closes it.
    static func with(_ path: String, _ body: (Session) async throws -> Void) async throws {
        let session = try Session(path)
        do {
            try await body(session)
        } catch {
            session.system.stop()
            var failure = CommandFailure(error)
            if let key = session.madeKey.withLock({ $0 }), failure.status != .usage {
                failure.message += "\nkey 幂等键: \(key)"
            }
            throw failure
        }
        guard let fault = session.system.stop() else { return }
        var failure = CommandFailure(fault)
        failure.message =
            "What was asked is done and recorded. But what follows it failed. " + failure.message
        throw failure
    }

    /// The use cases of the ledger that the options name, or of the only one there is.
    func service(_ options: GlobalOptions) throws -> LedgerService {
        let all = try services(options)
        guard all.count == 1, let only = all.first else {
            throw CommandFailure.usage(
                "There are \(all.count) ledgers; say which with --ledger: "
                    + all.map(\.ledger.description).joined(separator: ", "))
        }
        return only
    }

    /// The use cases of the ledger that the options name, or of every ledger.
    func services(_ options: GlobalOptions) throws -> [LedgerService] {
        let codes = try system.ledgers()
        if let wanted = options.ledger {
            guard codes.contains(wanted) else {
                throw CommandFailure.usage(
                    "There is no ledger \(wanted). There are: "
                        + (codes.isEmpty ? "none yet" : codes.map(\.description).joined(separator: ", ")))
            }
            return [try system.service(wanted)]
        }
        guard !codes.isEmpty else {
            throw CommandFailure.usage(
                "There is no ledger yet. Open one with: wenhui ledger open 370782 --name 诸城市")
        }
        return try codes.map { try system.service($0) }
    }

    /// Who acts, with the key that was given or a new one, and at what instant.
    func call(_ acting: ActingOptions, _ service: LedgerService) throws -> Call {
        try call(as: acting.principal, acting.key, at: acting.clock, service)
    }

    /// The same for somebody who is not named by the common options.
    func call(
        as name: String, _ given: String?, at clock: Instant? = nil, _ service: LedgerService
    ) throws -> Call {
        guard let principal = Principal(name), !name.hasPrefix("till ") else {
            throw CommandFailure.usage(
                "--as takes a name of 1 to 64 bytes; those that begin with “till ” are the tills'.")
        }
        if clock != nil, try !isPractice(service) { throw ServiceError.practiceOnly("--clock") }
        let key = given ?? newKey()
        if given == nil { madeKey.withLock { $0 = key } }
        return Call(principal, key: key, at: clock)
    }

    /// The queue of differences of a ledger.
    func differences(_ service: LedgerService) -> Differences { Differences(service, system.office) }

    /// What the city's platform is told each day.
    func dailyBatches(_ service: LedgerService) -> DailyBatches { DailyBatches(service, system.office) }

    /// What looks odd.
    func risks(_ service: LedgerService) -> Risks { Risks(service, system.office) }

    /// The reports that a ledger owes.
    func reportDuties(_ service: LedgerService) -> ReportDuties { ReportDuties(service, system.office) }

    /// Whether the ledger is marked 演练.
    func isPractice(_ service: LedgerService) throws -> Bool {
        try service.state { $0.profile?.practice ?? false }
    }

    private func newKey() -> String { UUID().uuidString.lowercased() }
}
