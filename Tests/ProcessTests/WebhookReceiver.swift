import Foundation

/// Somebody outside who is told or asked something: keeps what was posted, and refuses the first few.
final class WebhookReceiver {
    let address: String
    private let process: Started

    /// What was posted, and what the receiver said.
    struct Delivery {
        var status: Int
        var signature: String
        var body: String

        var object: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
        }

        /// The numbers of the events in it.
        var events: [Int] { (object["items"] as? [[String: Any]] ?? []).compactMap { $0["event"] as? Int } }
    }

    /// - Parameter reply: the body of every answer.
    init(refusing count: Int = 0, reply: String = "") throws {
        let script = """
            import http.server, json, sys
            class Receiver(http.server.BaseHTTPRequestHandler):
                left = int(sys.argv[1])
                def do_POST(self):
                    body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                    status = 503 if Receiver.left > 0 else 200
                    Receiver.left -= 1
                    signature = self.headers.get("Wenhui-Signature", "")
                    print(json.dumps({"status": status, "signature": signature, "body": body}), flush=True)
                    self.send_response(status)
                    self.send_header("Content-Length", str(len(sys.argv[2])))
                    self.end_headers()
                    self.wfile.write(sys.argv[2].encode())
                def log_message(self, *arguments): pass
            server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
            print(server.server_address[1], flush=True)
            server.serve_forever()
            """
        process = try Program(at: URL(fileURLWithPath: "/usr/bin/env"))
            .start(["python3", "-c", script, "\(count)", reply])
        try process.wait(forLines: 1)
        guard let port = process.lines.first else { throw ProgramFailure("the receiver told no port") }
        address = "http://127.0.0.1:\(port)/hook"
    }

    var deliveries: [Delivery] {
        process.lines.dropFirst().compactMap { line in
            let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let status = object?["status"] as? Int, let signature = object?["signature"] as? String,
                let body = object?["body"] as? String
            else { return nil }
            return Delivery(status: status, signature: signature, body: body)
        }
    }

    /// The events that were taken, in the order in which they came.
    var taken: [Int] { deliveries.filter { $0.status == 200 }.flatMap(\.events) }

    /// Waits until so many events were taken; fails after a minute.
    func wait(forEvents count: Int) async throws {
        for _ in 0..<1_200 where taken.count < count { try await Task.sleep(for: .milliseconds(50)) }
        guard taken.count >= count else { throw ProgramFailure("\(taken.count) events of \(count) came") }
    }
}
