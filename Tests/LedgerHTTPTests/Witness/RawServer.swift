import Foundation

/// A socket that reads what it is sent and answers with fixed bytes, or never: what a client may meet.
final class RawServer: Sendable {
    let url: String
    private let socket: Int32

    struct Unusable: Error {}

    /// - Parameter reply: sent to each connection before it is closed; with `nil` it stays open, silent.
    init(reply: [UInt8]?) throws {
        #if canImport(Glibc)
            let stream = Int32(SOCK_STREAM.rawValue)
        #else
            let stream = SOCK_STREAM
        #endif
        let socket = Foundation.socket(AF_INET, stream, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, length) == 0 && listen(socket, 8) == 0
                    && getsockname(socket, $0, &length) == 0
            }
        }
        guard isBound else { throw Unusable() }
        self.socket = socket
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"
        Thread.detachNewThread { RawServer.serve(socket, reply) }
    }

    /// Nothing listens at the address any more; the thread that accepts sees it, and closes the socket.
    func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

    private static func serve(_ socket: Int32, _ reply: [UInt8]?) {
        var silent: [Int32] = []
        while true {
            let connection = accept(socket, nil, nil)
            guard connection >= 0 else { break }
            guard let reply else {
                silent.append(connection)
                continue
            }
            var buffer = [UInt8](repeating: 0, count: 65_536)
            _ = recv(connection, &buffer, buffer.count, 0)
            _ = send(connection, reply, reply.count, Int32(MSG_NOSIGNAL))
            shutdown(connection, Int32(SHUT_WR))
            // So that what was sent is not lost with what was not read.
            while recv(connection, &buffer, buffer.count, 0) > 0 {}
            close(connection)
        }
        for connection in silent + [socket] { close(connection) }
    }
}
