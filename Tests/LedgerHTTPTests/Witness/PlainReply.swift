import Foundation
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A reply as it came, for tests of what the server says.
struct PlainReply: Equatable {
    let status: Int
    let contentType: String?
    let text: String

    /// Sends a request and waits for the reply.
    static func of(_ method: String, _ url: String, _ body: [UInt8]? = nil) async throws -> PlainReply {
        var request = URLRequest(url: try #require(URL(string: url)), timeoutInterval: 300)
        request.httpMethod = method
        request.httpBody = body.map { Data($0) }
        let (data, response) = try await URLSession.shared.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        return PlainReply(
            status: http.statusCode, contentType: http.value(forHTTPHeaderField: "Content-Type"),
            text: String(decoding: data, as: UTF8.self))
    }
}
