import ArgumentParser
import LedgerBootstrap
import LedgerHTTP

/// `wenhui serve`: the ledgers of a data folder over HTTP.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the data folder's ledgers over HTTP until it is told to stop.",
        discussion: """
            /log/CODE/… is each ledger's log: checkpoint, keys and proofs for everybody, tiles for who shows a key with \
            the scope audit. /health/live and /health/ready say whether it is well. It speaks plain HTTP: put a proxy \
            with a certificate in front of it before it listens beyond this machine.

            Example: wenhui serve --port 8080
            """)
    @Option(help: "The data folder.") var data = "./wenhui-data"
    @Option(help: "The address to listen at.") var host = "127.0.0.1"
    @Option(help: "The port; 0 takes a free one.") var port = 8080

    func run() async throws {
        try await reporting(json: false) {
            try await Session.with(data) { session in
                let server = LedgerServer(session.system, host: host, port: port) { port in
                    Console.print("listening on port \(port) 监听端口")
                }
                try await server.runUntilSignal()
            }
        }
    }
}
