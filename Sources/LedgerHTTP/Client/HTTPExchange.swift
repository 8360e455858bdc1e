import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One request and its reply, within a time and a length; redirections are not followed, nothing is kept.
final class HTTPExchange: NSObject, URLSessionDataDelegate {
    private struct State {
        var waiting: CheckedContinuation<Result<HTTPReply, HTTPFailure>, Never>?
        var outcome: Result<HTTPReply, HTTPFailure>?
        var status = 0
        var contentType = ""
        var body: [UInt8] = []
    }

    private let state = Mutex(State())
    private let maximumLength: Int

    private init(maximumLength: Int) { self.maximumLength = maximumLength }

    /// Posts bytes and gives the reply, whatever its status.
    static func post(
        _ body: [UInt8], to address: URL, timeout: Duration, maximumLength: Int,
        headers: [String: String] = ["Content-Type": "text/plain; charset=utf-8"]
    ) async throws(HTTPFailure) -> HTTPReply {
        let seconds = timeout / .seconds(1)
        // The deadline below is what counts; the session's own limits are for silence, and differ by platform.
        var request = URLRequest(url: address, timeoutInterval: 2 * seconds)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        let exchange = HTTPExchange(maximumLength: maximumLength)
        let session = URLSession(configuration: configuration, delegate: exchange, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        let task = session.dataTask(with: request)
        let deadline = Task {
            try await Task.sleep(for: timeout)
            exchange.finish(.failure(.late(seconds: seconds)))
        }
        defer { deadline.cancel() }
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                exchange.wait(continuation)
                task.resume()
            }
        } onCancel: {
            exchange.finish(.failure(.cancelled))
        }
        return try outcome.get()
    }

    private func wait(
        _ continuation: CheckedContinuation<Result<HTTPReply, HTTPFailure>, Never>
    ) {
        let outcome = state.withLock { state in
            if state.outcome == nil { state.waiting = continuation }
            return state.outcome
        }
        if let outcome { continuation.resume(returning: outcome) }
    }

    /// Ends the exchange; what comes after the first end changes nothing.
    private func finish(_ outcome: Result<HTTPReply, HTTPFailure>) {
        let waiting = state.withLock { state in
            guard state.outcome == nil else {
                return nil as CheckedContinuation<Result<HTTPReply, HTTPFailure>, Never>?
            }
            state.outcome = outcome
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(returning: outcome)
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        guard let response = response as? HTTPURLResponse else {
            finish(.failure(.unreachable("what answers there does not speak HTTP")))
            return completionHandler(.cancel)
        }
        state.withLock { state in
            state.status = response.statusCode
            state.contentType = response.value(forHTTPHeaderField: "Content-Type") ?? ""
        }
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooLong = state.withLock { state in
            guard state.body.count + data.count <= maximumLength else { return true }
            state.body += data
            return false
        }
        guard isTooLong else { return }
        finish(.failure(.tooLong))
        dataTask.cancel()
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if let error { return finish(.failure(.unreachable(HTTPExchange.sentence(error)))) }
        let reply = state.withLock { state in
            HTTPReply(status: state.status, contentType: state.contentType, body: state.body)
        }
        guard reply.status > 0 else {
            return finish(.failure(.unreachable("what answers there does not speak HTTP")))
        }
        finish(.success(reply))
    }

    /// What went wrong, in words of an officer's and without those of a library's.
    private static func sentence(_ error: any Error) -> String {
        guard let error = error as? URLError else { return "\(error)" }
        return switch error.code {
        case .cannotFindHost, .dnsLookupFailed: "there is no host of that name"
        case .cannotConnectToHost: "nothing answers at its address"
        case .notConnectedToInternet: "this machine has no network"
        case .timedOut: "it did not answer in time"
        case .networkConnectionLost: "the connection broke"
        case .badServerResponse, .cannotParseResponse, .unsupportedURL:
            "what answers there does not speak HTTP"
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateNotYetValid, .serverCertificateHasUnknownRoot, .clientCertificateRejected:
            "its certificate is not good"
        default: "\(error.localizedDescription) (\(error.code.rawValue))"
        }
    }
}
