import HTTPTypes
import Hummingbird
import LedgerDomain
import LedgerService
import Logging

/// `/health/live`: the process answers. `/health/ready`: so does every ledger.
struct HealthEndpoint {
    let directory: any LedgerDirectory

    func add(to router: Router<ServerContext>) {
        router.get("health/live") { _, _ in Response.plain("live\n", cached: "no-store") }
        router.get("health/ready") { _, context in
            do {
                for ledger in try directory.ledgers() { _ = try directory.opened(ledger)?.state { $0.size } }
            } catch {
                context.logger.error("not ready", metadata: ["error": "\(error)"])
                throw Problem(
                    .serviceUnavailable, "not-ready", Sentence("账本暂时不能使用", "A ledger cannot be used."),
                    retryAfter: 5)
            }
            return Response.plain("ready\n", cached: "no-store")
        }
    }
}
