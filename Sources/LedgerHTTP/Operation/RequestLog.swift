import HTTPTypes
import Hummingbird
import Logging

/// A line for each request: its route, never its address, for addresses may name things; what was answered; how long it took.
struct RequestLog<Context: RequestContext>: RouterMiddleware {
    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        let response = try await next(request, context)
        let passed = start.duration(to: .now) / .milliseconds(1)
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method)", "route": "\(context.endpointPath ?? "none")",
                "status": "\(response.status.code)", "milliseconds": "\((passed * 10).rounded() / 10)",
            ])
        return response
    }
}
