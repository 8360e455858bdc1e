import Foundation

/// A web server for an exported log, as an office would put one up: the checkpoint, keys and policy for everybody,
/// tiles for whoever shows the token. Loopback only; it ends when nobody refers to it any more.
final class LogServer {
    static let token = "auditors-only"
    let address: String
    private let process: Started

    init(_ log: URL) throws {
        let script = """
            import http.server, sys
            class Log(http.server.SimpleHTTPRequestHandler):
                def __init__(self, *arguments): super().__init__(*arguments, directory=sys.argv[1])
                def do_GET(self):
                    if self.path == "/moved/checkpoint":
                        self.send_response(302)
                        self.send_header("Location", "/checkpoint")
                        return self.end_headers()
                    shown = self.headers.get("Authorization")
                    if self.path.startswith("/tile/") and shown != "Bearer " + sys.argv[2]:
                        return self.send_error(403)
                    super().do_GET()
                def log_message(self, *arguments): pass
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Log)
            print(server.server_address[1], flush=True)
            server.serve_forever()
            """
        process = try Program(at: URL(fileURLWithPath: "/usr/bin/env"))
            .start(["python3", "-c", script, log.path, LogServer.token])
        try process.wait(forLines: 1)
        guard let port = process.lines.first else { throw ProgramFailure("the server told no port") }
        address = "http://127.0.0.1:\(port)"
    }
}
