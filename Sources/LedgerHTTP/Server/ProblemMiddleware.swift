import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerService
import Logging

/// Turns every error into a problem that says what was wrong and nothing else, and adds the headers that every answer has.
struct ProblemMiddleware<Context: RequestContext>: RouterMiddleware {
    /// Whether this server speaks TLS: browsers are then told to ask in no other way.
    let isEncrypted: Bool

    func handle(
        _ request: Request, context: Context, next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            response = try problem(error, context).response(from: request, context: context)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
        response.headers[.referrerPolicy] = "no-referrer"
        if isEncrypted { response.headers[.strictTransportSecurity] = "max-age=31536000" }
        return response
    }

    private func problem(_ error: any Error, _ context: Context) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let refusal as AccessRefusal: return Problem(refusal)
        case let fault as FieldFault: return Problem(fault)
        case let error as ServiceError:
            if let problem = Problem(error) { return problem }
        case let error as any HTTPResponseError where error.status.code < 500: return Problem(error.status)
        default: break
        }
        context.logger.error("fault", metadata: ["error": "\(error)"])
        return .fault
    }
}
