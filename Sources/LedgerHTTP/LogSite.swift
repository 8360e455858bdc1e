package import AuditLog
package import Foundation
import FoundationNetworking
import Synchronization

/// A published log at an address, for auditors and followers: checkpoints for everybody, tiles with a token.
package struct LogSite: TileSource, Sendable {
    private let base: URL
    private let token: String?
    private let session: URLSession

    /// Files may be as long as a full bundle of the longest entries.
    private static let maximumLength = 256 * (2 + EntryBundle.maximumEntryLength)
    /// How long one file may take, in seconds.
    private static let timeout = 30.0

    /// - Parameters:
    ///   - base: where the log's `checkpoint` and `tile/` are; `http` or `https`.
    ///   - token: what an auditor shows to be given tiles and entries.
    package init?(_ base: URL, token: String?) {
        guard ["http", "https"].contains(base.scheme?.lowercased()) else { return nil }
        self.base = base
        self.token = token
        let configuration = URLSessionConfiguration.ephemeral
        configuration.urlCache = nil
        configuration.httpCookieStorage = nil
        session = URLSession(configuration: configuration, delegate: Unredirected(), delegateQueue: nil)
    }

    /// Why a file cannot be had.
    package struct Failure: Error, Equatable, CustomStringConvertible {
        package let description: String
    }

    package func bytes(of tile: Tile) throws(Failure) -> [UInt8]? { try file(tile.path) }

    /// A file of the log; `nil` when there is no such file.
    package func file(_ name: String) throws(Failure) -> [UInt8]? {
        var request = URLRequest(url: base.appendingPathComponent(name), timeoutInterval: LogSite.timeout)
        if let token { request.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        let arrived = DispatchSemaphore(value: 0)
        let answer = Mutex<(data: Data?, status: Int?, problem: String?)>((nil, nil, nil))
        let task = session.dataTask(with: request) { data, response, error in
            answer.withLock {
                $0 = (data, (response as? HTTPURLResponse)?.statusCode, error?.localizedDescription)
            }
            arrived.signal()
        }
        task.resume()
        guard arrived.wait(timeout: .now() + LogSite.timeout + 5) == .success else {
            task.cancel()
            throw Failure(description: "\(base.absoluteString) does not answer")
        }
        let (data, status, problem) = answer.withLock { $0 }
        if let problem { throw Failure(description: "\(base.absoluteString) cannot be read: \(problem)") }
        switch status {
        case 200:
            guard let data, data.count <= LogSite.maximumLength else {
                throw Failure(description: "\(name) is longer than a log's file can be")
            }
            return Array(data)
        case 404: return nil
        case 401, 403:
            throw Failure(
                description: "\(name) is for auditors: give "
                    + (token == nil ? "their token with --token-file" : "another token, this one was refused")
            )
        case 301, 302, 303, 307, 308:
            throw Failure(description: "\(base.absoluteString) points elsewhere; give that address yourself")
        default: throw Failure(description: "\(name) was answered with status \(status ?? 0)")
        }
    }
}

/// Follows no redirection: the token is for the site that the auditor named.
private final class Unredirected: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
