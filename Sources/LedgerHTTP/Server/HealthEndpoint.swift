import HTTPTypes
import Hummingbird
import LedgerDomain
import LedgerService
import Logging

/// `/health/live`: the process answers. `/health/ready`: so does every ledger, and decides by the machine's clock.
struct HealthEndpoint {
    let directory: any LedgerDirectory

    func add(to router: Router<ServerContext>) {
        router.get("health/live") { _, _ in Response.plain("live\n", cached: "no-store") }
        router.get("health/ready") { _, context in
            let isBehind: Bool
            do {
                isBehind = try directory.ledgers().compactMap { try directory.opened($0) }.contains {
                    service in
                    try service.state { $0.isAhead(of: service.now) }
                }
            } catch {
                context.logger.error("not ready", metadata: ["error": "\(error)"])
                throw Problem(
                    .serviceUnavailable, "not-ready", Sentence("账本暂时不能使用", "A ledger cannot be used."),
                    retryAfter: 5)
            }
            guard !isBehind else {
                throw Problem(
                    .serviceUnavailable, "clock",
                    Sentence(
                        "这台机器的时钟落后于账本的最后一笔，账本不办理任何业务：请校准时钟",
                        "This machine's clock is behind a ledger's last event, and nothing is decided: set the clock."
                    ),
                    retryAfter: 5)
            }
            return Response.plain("ready\n", cached: "no-store")
        }
    }
}
