import LedgerDomain
import LedgerService
import Logging
import ServiceLifecycle

/// Sends residents the reminders that are due, every ten minutes of the day.
struct ReminderDelivery: Service {
    let directory: any LedgerDirectory
    let gateway: any MessageGateway
    /// How many days before vouchers expire.
    let days: Int
    let logger: Logger
    private let threads = BlockingThreads("reminders", count: 1, capacity: 16, niceness: .much)

    init(directory: any LedgerDirectory, gateway: any MessageGateway, days: Int, logger: Logger) {
        self.directory = directory
        self.gateway = gateway
        self.days = days
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for ledger in (try? directory.ledgers()) ?? [] {
                    do {
                        try await remind(ledger)
                    } catch {
                        logger.error(
                            "residents not reminded", metadata: ["ledger": "\(ledger)", "error": "\(error)"])
                    }
                }
                try? await Task.sleep(for: .seconds(600))
            }
        }
    }

    private func remind(_ ledger: LedgerCode) async throws {
        let office = directory.office
        let taken: (Reminders, Reminders.Round)? = try await threads.run {
            guard let service = try directory.opened(ledger),
                try !gateway.isForPractice || service.state({ $0.profile?.practice ?? false })
            else { return nil }
            let reminders = Reminders(service, office)
            return try reminders.take(Int64(days) * Instant.day).map { (reminders, $0) }
        }
        guard let (reminders, round) = taken else { return }
        var missed = 0
        for (index, message) in round.messages.enumerated() {
            do {
                try await gateway.send(message)
            } catch  where index == 0 {
                // Nobody has been told: all are, later.
                try await threads.run { try reminders.putBack(round) }
                throw error
            } catch {
                missed += 1
            }
        }
        guard !round.messages.isEmpty else { return }
        logger.notice(
            "residents reminded",
            metadata: [
                "ledger": "\(ledger)", "sent": "\(round.messages.count - missed)", "missed": "\(missed)",
            ])
    }
}
