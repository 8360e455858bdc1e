import CoreMetrics
import HTTPTypes
import Hummingbird
import LedgerDomain
import LedgerService

/// `/metrics`: what the server counts, for a Prometheus on this machine; to whoever asks from elsewhere, or through a proxy,
/// there is nothing.
struct MetricsEndpoint {
    let directory: any LedgerDirectory
    let registry: PrometheusRegistry

    func add(to router: Router<ServerContext>) {
        router.get("metrics") { request, context in
            guard context.isFromHere, request.headers[.forwardedFor] == nil else { throw Problem(.notFound) }
            for ledger in try directory.ledgers() {
                guard let size = try directory.opened(ledger)?.state({ $0.size }) else { continue }
                registry.makeMeter(label: "wenhui.ledger.events", dimensions: [("ledger", "\(ledger)")])
                    .set(Int64(clamping: size))
            }
            var response = Response.plain(registry.text, cached: "no-store")
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            return response
        }
    }
}
