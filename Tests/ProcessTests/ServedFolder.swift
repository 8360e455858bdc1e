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

    /// What a test sends is what it says: a shared session would add the cookies of other tests' servers.
    private static let session = {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        return URLSession(configuration: configuration)
    }()

    init(_ folder: PracticeFolder, _ options: [String] = []) throws {
        self.folder = folder
        server = try Program.wenhui.start(["serve", "--port", "0", "--data", folder.url.path] + options)
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
        var code: String? { problem?["code"] as? String }
        /// Its sentence.
        var detail: String? { problem?["detail"] as? String }
        /// The field at fault.
        var field: String? { problem?["field"] as? String }

        private var problem: [String: Any]? {
            headers["content-type"] == "application/problem+json" ? object : nil
        }

        /// The answer as a JSON object.
        var object: [String: Any]? {
            try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        }

        /// A text of the object.
        subscript(name: String) -> String? { object?[name] as? String }

        /// A number of the object.
        func number(_ name: String) -> Int? { object?[name] as? Int }
    }

    func ask(
        _ path: String, method: String = "GET", headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        try await ServedFolder.ask(address + path, method: method, headers: headers, body: body)
    }

    /// The same of any server.
    static func ask(
        _ address: String, method: String = "GET", headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: address)), timeoutInterval: 30)
        request.httpMethod = method
        request.httpBody = body
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await ServedFolder.session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var fields: [String: String] = [:]
        for (name, value) in http.allHeaderFields { fields["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http.statusCode, headers: fields, text: String(decoding: data, as: UTF8.self))
    }

    /// Makes a key.
    func key(
        named name: String = "审计", scopes: [String] = ["audit"], ledger: String = "370782"
    ) throws -> (text: String, id: String) {
        let made = try folder.run(
            ["api-key", "create", name, "--ledger", ledger, "--json"] + scopes.flatMap { ["--scope", $0] })
        let document = try JSONDecoder().decode([String: String].self, from: Data(made.output.utf8))
        return (try #require(document["key"]), try #require(document["id"]))
    }
}
