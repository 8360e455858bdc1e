import CoreMetrics
import HTTPTypes
import Hummingbird
import LedgerDomain
import LedgerService

/// `/metrics`: what the server counts, for a Prometheus on this machine; to whoever asks from elsewhere, or through a proxy,
/// there is nothing.
struct MetricsEndpoint {
    let directory: any LedgerDirectory
    let reception: Reception
    let registry: PrometheusRegistry

    func add(to router: Router<ServerContext>) {
        router.get("metrics") { request, context in
            guard context.isFromHere, request.headers[.forwardedFor] == nil else { throw Problem(.notFound) }
            for ledger in try directory.ledgers() {
                guard let service = try directory.opened(ledger) else { continue }
                func set(_ label: String, _ value: Int64) {
                    registry.makeMeter(label: label, dimensions: [("ledger", "\(ledger)")]).set(value)
                }
                set("wenhui.ledger.events", Int64(clamping: try service.state { $0.size }))
                // What one ledger's office cannot say hides nothing of the others.
                if let standings = try? ReportDuties(service, reception.office).standings() {
                    set("wenhui.reports.overdue", Int64(standings.count { $0.isOverdue }))
                }
            }
            var response = Response.plain(registry.text, cached: "no-store")
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            return response
        }
    }
}
