import Foundation

/// An office beside the tills: it reads, settles and backs up, over HTTP and as a process of its own.
struct OfficeBench: Sendable {
    let port: Int
    let bearer: String
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
            for path in ["book/trial-balance?events=100000", "redemptions?limit=500", "merchants?limit=500"] {
                _ = try HTTPConnection(port: port, buffer: 1 << 22).ask(
                    HTTPConnection.get("\(base)/\(path)", bearer: bearer))
            }
        case .settlement:
            let connection = try HTTPConnection(port: port)
            _ = try connection.ask(
                HTTPConnection.post(
                    "\(base)/settlements", bearer: bearer, key: "settlement-\(round)",
                    "{\"through\":\"2018-06-01\"}"))
            _ = try connection.ask(
                HTTPConnection.post(
                    "\(base)/settlements/\(round)/seal", bearer: bearer, key: "seal-\(round)", nil))
        case .backup:
            let copy = Process()
            copy.executableURL = program
            copy.arguments = ["backup", "\(root)/backup", "--data", "\(root)/data"]
            copy.standardOutput = Pipe()
            try copy.run()
            copy.waitUntilExit()
        }
    }
}
