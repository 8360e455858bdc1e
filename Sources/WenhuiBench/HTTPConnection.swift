import Foundation
import Glibc

/// One kept connection to a server on this machine: a request is written as it is, and its whole answer read.
///
/// Blocking and on the bare socket calls, so that the load takes as little of the machine as it can.
final class HTTPConnection {
    private let descriptor: Int32
    private var buffer: [UInt8]

    /// - Parameter size: of the longest answer.
    init(port: Int, buffer size: Int = 65_536) throws {
        buffer = [UInt8](repeating: 0, count: size)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw BenchError.setup("connect: \(errno)") }
        var yes: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
    }

    deinit { close(descriptor) }

    /// The answer's status and body.
    func ask(_ request: [UInt8]) throws -> (status: Int, body: ArraySlice<UInt8>) {
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw BenchError.setup("send: \(errno)") }
            sent += count
        }
        var filled = 0
        while true {
            let count = buffer.withUnsafeMutableBytes {
                recv(descriptor, $0.baseAddress?.advanced(by: filled), $0.count - filled, 0)
            }
            guard count > 0 else { throw BenchError.setup("recv: \(errno)") }
            filled += count
            if let answer = answer(buffer[..<filled]) { return answer }
            guard filled < buffer.count else { throw BenchError.setup("a long answer") }
        }
    }

    private func answer(_ bytes: ArraySlice<UInt8>) -> (status: Int, body: ArraySlice<UInt8>)? {
        guard let end = bytes.firstRange(of: [13, 10, 13, 10]) else { return nil }
        let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
        let status = Int(head.dropFirst(9).prefix(3)) ?? 0
        var length = 0
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0
        }
        guard bytes.endIndex >= end.upperBound + length else { return nil }
        return (status, bytes[end.upperBound..<end.upperBound + length])
    }

    /// A GET as it goes over the wire.
    static func get(_ path: String, bearer: String) -> [UInt8] {
        Array(
            "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(bearer)\r\n\r\n".utf8)
    }

    /// A POST of a JSON document as a terminal signs it.
    static func post(_ path: String, by terminal: SignedTerminal, key: String, _ body: String) -> [UInt8] {
        let head = terminal.headers(of: body, to: path, key: key).map { "\($0): \($1)\r\n" }.joined()
        return Array(
            """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\(head)Content-Type: application/json\r\n\
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """.utf8)
    }

    /// A POST as it goes over the wire, with a JSON document where there is one.
    static func post(_ path: String, bearer: String, key: String, _ body: String?) -> [UInt8] {
        let type = body == nil ? "" : "Content-Type: application/json\r\n"
        return Array(
            """
            POST \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(bearer)\r\n\
            Idempotency-Key: \(key)\r\n\(type)\
            Content-Length: \(body?.utf8.count ?? 0)\r\n\r\n\(body ?? "")
            """.utf8)
    }
}
