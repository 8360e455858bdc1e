import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerDomain
import LedgerService
import NIOCore

/// Why a request was not done, as the client gets it (RFC 9457), in the language that it asked for.
struct Problem: HTTPResponseError {
    let status: HTTPResponse.Status
    /// What programs go by; it never changes.
    let code: String
    let sentence: Sentence
    /// In how many seconds another try may be worth it.
    var retryAfter: Int?
    /// The field at fault.
    var field: String?
    /// The event that records a refusal.
    var event: UInt64?
    /// What an address takes, where it does not take what was asked.
    var allowed: [HTTPRequest.Method] = []

    init(_ status: HTTPResponse.Status, _ code: String, _ sentence: Sentence, retryAfter: Int? = nil) {
        self.status = status
        self.code = code
        self.sentence = sentence
        self.retryAfter = retryAfter
    }

    func response(from request: Request, context: some RequestContext) throws -> Response {
        let language = AnswerLanguage(accepting: request.headers[.acceptLanguage])
        let document = ProblemDocument(
            title: status.reasonPhrase, status: status.code, code: code,
            detail: language == .english ? sentence.english : sentence.chinese, field: field, event: event)
        var headers: HTTPFields = [
            .contentType: "application/problem+json", .contentLanguage: language.rawValue,
            .cacheControl: "no-store",
        ]
        headers[.vary] = "Accept-Language"
        if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
        if !allowed.isEmpty { headers[.allow] = allowed.map(\.rawValue).joined(separator: ", ") }
        if let retryAfter { headers[.retryAfter] = String(retryAfter) }
        return Response(
            status: status, headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: document.bytes)))
    }
}

extension Problem {
    init(_ refusal: AccessRefusal) {
        self.init(refusal.isDenial ? .forbidden : .unauthorized, refusal.code, refusal.sentence)
    }

    /// The problem that an error of a use case is; `nil` for what only the machine's own people can do something about.
    init?(_ error: ServiceError) {
        guard let answer = error.answer else { return nil }
        let status: HTTPResponse.Status =
            switch answer.kind {
            case .refused: .unprocessableContent
            case .notFound: .notFound
            case .invalid: .badRequest
            case .busy: .serviceUnavailable
            case .changed: .preconditionFailed
            case .tooOften: .tooManyRequests
            }
        let wait: Int? =
            switch answer.kind {
            case .busy: 1
            case .tooOften(let seconds): seconds
            default: nil
            }
        self.init(status, answer.code, answer.sentence, retryAfter: wait)
        event = answer.event
    }

    init(_ fault: FieldFault) {
        self.init(.badRequest, fault.field.isEmpty ? "body.invalid" : "field.invalid", fault.sentence)
        field = fault.field.isEmpty ? nil : fault.field
    }

    /// The problem of a status that the router or the protocol answers with.
    init(_ status: HTTPResponse.Status) {
        switch status {
        case .notFound:
            self.init(status, "http.not-found", Sentence("没有这个地址", "There is nothing at this address."))
        case .methodNotAllowed:
            self.init(
                status, "http.method", Sentence("这个地址不接受这种请求", "This address does not take such a request."))
        default:
            self.init(
                status, "http.\(status.code)",
                Sentence("请求不能处理（\(status.code)）", "The request cannot be handled: \(status.reasonPhrase)."))
        }
    }

    /// Somebody asks too often.
    static func tooMany(_ wait: Duration) -> Problem {
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        return Problem(
            .tooManyRequests, "rate",
            Sentence("请求太频繁，请 \(seconds) 秒后再试", "Too many requests. Try again in \(seconds) seconds."),
            retryAfter: seconds)
    }

    /// A message could not be handed over.
    static let gateway = Problem(
        .serviceUnavailable, "message-gateway",
        Sentence("短信暂时发不出去，请稍后再试", "The message could not be sent. Try again in a moment."), retryAfter: 60)

    /// Nobody could say whether a name, a number and a phone go together.
    static let realName = Problem(
        .serviceUnavailable, "real-name",
        Sentence("实名核验暂时不可用，请稍后再试", "The real-name check does not answer. Try again in a moment."),
        retryAfter: 60)

    /// What the client is told of a fault of ours; the log has the rest.
    static let fault = Problem(
        .internalServerError, "fault",
        Sentence(
            "系统出了故障，结果不明；请联系管理员，并用同一个 Idempotency-Key 重试",
            "The system has a fault, and it is not known what was done. Ask its administrator, and try again with the same key."
        ))
}
