import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A practice folder that `wenhui serve` serves at a free port.
final class ServedFolder {
    let folder: PracticeFolder
    let server: Started
    let address: String

    init(_ folder: PracticeFolder) throws {
        self.folder = folder
        server = try Program.wenhui.start(["serve", "--port", "0", "--data", folder.url.path])
        try server.wait(forLines: 1)
        guard let port = server.lines.first?.split(separator: " ").compactMap({ Int($0) }).first else {
            throw ProgramFailure("no port: \(try server.wait())")
        }
        address = "http://127.0.0.1:\(port)"
    }

    /// An answer as it came.
    struct Answer {
        var status: Int
        var headers: [String: String]
        var text: String

        /// The code of a problem (RFC 9457); `nil` for what is none.
        var code: String? { document?["code"] }
        /// Its sentence.
        var detail: String? { document?["detail"] }

        private var document: [String: String]? {
            guard headers["content-type"] == "application/problem+json" else { return nil }
            let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            return object?.compactMapValues { $0 as? String }
        }
    }

    func ask(
        _ path: String, method: String = "GET", headers: [String: String] = [:]
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: address + path)), timeoutInterval: 30)
        request.httpMethod = method
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var fields: [String: String] = [:]
        for (name, value) in http.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http.statusCode, headers: fields, text: String(decoding: data, as: UTF8.self))
    }

    /// Makes a key with the scope `audit`.
    func key(named name: String = "审计") throws -> (text: String, id: String) {
        let made = try folder.run(["api-key", "create", name, "--scope", "audit", "--json"])
        let document = try JSONDecoder().decode([String: String].self, from: Data(made.output.utf8))
        return (try #require(document["key"]), try #require(document["id"]))
    }
}
