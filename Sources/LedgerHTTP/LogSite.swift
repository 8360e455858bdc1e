package import AuditLog
package import Foundation
import FoundationNetworking
import Synchronization

/// A published log at an address, for auditors and followers: checkpoints for everybody, tiles with a token.
package struct LogSite: TileSource, Sendable {
    private let base: URL
    private let token: String?

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
        let task = URLSession.shared.dataTask(with: request) { data, response, error in
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
            throw Failure(description: "\(name) is for auditors: give their token with --token-file")
        default: throw Failure(description: "\(name) was answered with status \(status ?? 0)")
        }
    }
}
