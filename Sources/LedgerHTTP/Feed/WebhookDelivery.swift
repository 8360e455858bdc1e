import Cryptography
import LedgerAPI
import LedgerDomain
import LedgerService
import Logging
import ServiceLifecycle
import Synchronization

/// Tells every webhook of every ledger what it has not been told of yet, each at its own pace.
final class WebhookDelivery: Service {
    private let directory: any LedgerDirectory
    private let reception: Reception
    private let logger: Logger
    private let threads = BlockingThreads("webhooks", count: 1, capacity: 1_024, niceness: .much)
    private let underway = Mutex<Set<Name>>([])
    /// Up to where nothing was wanted, of webhooks that hear of few types; forgotten when they are begun again.
    private let passed = Mutex<[Name: (from: UInt64, to: UInt64)]>([:])

    private struct Name: Hashable {
        var ledger: LedgerCode
        var number: UInt64
    }

    /// How soon an event is told.
    private static let interval = Duration.milliseconds(300)

    init(directory: any LedgerDirectory, reception: Reception, logger: Logger) {
        self.directory = directory
        self.reception = reception
        self.logger = logger
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                while !Task.isCancelled {
                    for (webhooks, webhook, ledger) in await self.due() {
                        let name = Name(ledger: ledger, number: webhook.number)
                        guard self.underway.withLock({ $0.insert(name).inserted }) else { continue }
                        group.addTask {
                            await self.tell(webhook, webhooks, ledger)
                            _ = self.underway.withLock { $0.remove(name) }
                        }
                    }
                    try? await Task.sleep(for: WebhookDelivery.interval)
                }
            }
        }
    }

    private func due() async -> [(Webhooks, Webhook, LedgerCode)] {
        do {
            return try await threads.run { [directory, reception, logger] in
                try directory.ledgers().flatMap { ledger -> [(Webhooks, Webhook, LedgerCode)] in
                    do {
                        guard let service = try directory.opened(ledger) else { return [] }
                        let webhooks = Webhooks(service, reception.office)
                        return try webhooks.all().filter { $0.dueAt <= service.now }
                            .map { (webhooks, $0, ledger) }
                    } catch {
                        // The other ledgers' are told all the same.
                        logger.error(
                            "webhooks not read", metadata: ["ledger": "\(ledger)", "error": "\(error)"])
                        return []
                    }
                }
            }
        } catch {
            logger.error("webhooks not read", metadata: ["error": "\(error)"])
            return []
        }
    }

    /// Tells it page after page, until there is no more or it does not take one.
    private func tell(_ webhook: Webhook, _ webhooks: Webhooks, _ ledger: LedgerCode) async {
        var webhook = webhook
        let name = Name(ledger: ledger, number: webhook.number)
        do {
            while !Task.isCancelled {
                let known = passed.withLock { $0[name] }
                let start = known?.from == webhook.next ? known?.to : nil
                let beginning = try await threads.run { [webhook] in
                    try webhooks.begin(webhook, from: start ?? webhook.next)
                }
                if case .nothing(let before) = beginning {
                    passed.withLock { $0[name] = (webhook.next, before) }
                }
                guard case .delivery(let delivery) = beginning else { return }
                let fault = await post(delivery, ledger)
                try await threads.run { try webhooks.end(delivery, fault: fault) }
                guard fault == nil else { return }
                webhook = try await threads.run { [number = webhook.number] in try webhooks.find(number) }
            }
        } catch ServiceError.notFound {
            // It was removed meanwhile.
        } catch {
            logger.error("webhook not told", metadata: ["error": "\(error)"])
        }
    }

    /// What went wrong; `nil` where it was taken. Where no event of the page is wanted there is nothing to send.
    private func post(_ delivery: Webhooks.Delivery, _ ledger: LedgerCode) async -> String? {
        guard !delivery.page.events.isEmpty else { return nil }
        guard let secret = SecretKey(bytes: delivery.secret),
            let post = SignedPost(delivery.webhook.address, secret: secret)
        else { return "the address cannot be used" }
        do {
            try await post.send(
                delivery.body(in: ledger), timeout: .microseconds(Webhooks.patience),
                headers: ["Wenhui-Ledger": "\(ledger)", "Wenhui-Webhook": "\(delivery.webhook.number)"])
            return nil
        } catch {
            return "\(error)"
        }
    }
}
