import Foundation

/// An office beside the tills: it reads, settles and backs up, over HTTP and as a process of its own.
struct OfficeBench: Sendable {
    let port: Int
    let bearer: String
    let approver: String
    /// What was sold that day is settled, and settled again once that was rejected.
    let day: String
    let program: URL?

    /// What an office does beside the tills.
    enum Work: CaseIterable {
        case report, settlement, backup
    }

    /// Does one of it, once.
    func run(_ work: Work, _ round: Int, in root: String) throws {
        let base = "/v1/ledgers/370782"
        switch work {
        case .report:
            for path in ["book/trial-balance?events=1000", "redemptions?limit=500", "merchants?limit=500"] {
                try demand(
                    HTTPConnection.get("\(base)/\(path)", bearer: bearer),
                    on: HTTPConnection(port: port, buffer: 1 << 22))
            }
        case .settlement:
            let connection = try HTTPConnection(port: port)
            let steps: [(path: String, bearer: String, body: String?)] = [
                ("settlements", bearer, "{\"through\":\"\(day)\"}"),
                ("settlements/\(round)/seal", bearer, nil),
                ("settlements/\(round)/rejection", approver, "{\"reason\":\"bench\"}"),
            ]
            for step in steps {
                try demand(
                    HTTPConnection.post(
                        "\(base)/\(step.path)", bearer: step.bearer, key: "\(step.path)-\(round)", step.body),
                    on: connection)
            }
        case .backup:
            let copy = Process()
            copy.executableURL = program
            copy.arguments = ["backup", "\(root)/backup", "--data", "\(root)/data"]
            copy.standardOutput = Pipe()
            try copy.run()
            copy.waitUntilExit()
            guard copy.terminationStatus == 0 else { throw BenchError.setup("no backup") }
        }
    }

    /// An office that is refused does nothing, and would be no load.
    private func demand(_ request: [UInt8], on connection: HTTPConnection) throws {
        let answer = try connection.ask(request)
        guard (200..<300).contains(answer.status) else {
            throw BenchError.setup(String(decoding: answer.body, as: UTF8.self))
        }
    }
}
