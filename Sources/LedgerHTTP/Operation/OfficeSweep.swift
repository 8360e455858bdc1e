import LedgerDomain
import LedgerService
import Logging
import ServiceLifecycle

/// Deletes what the office has of sign-ins, codes and failures that are over, every hour.
struct OfficeSweep: Service {
    let directory: any LedgerDirectory
    let reception: Reception
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    if let ledger = try directory.ledgers().first, let service = try directory.opened(ledger)
                    {
                        try reception.sweep(at: service.now)
                    }
                } catch {
                    logger.error("office not swept", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
    }
}
