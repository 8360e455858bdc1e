import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import RedemptionTokens

/// `wenhui serve` as a process of its own on a folder of vouchers to redeem.
final class ServedBench {
    let port: Int
    let bearer: String
    /// The same folder, opened beside the server, which mints what residents show.
    let fixture: LedgerSystem
    private let process = Process()
    private var sold = 0

    init(_ path: String, vouchers: Int) async throws {
        let made = try await BookFixture(path, at: systemClock())
        var rule = BookFixture.rule
        rule.conditions.hours = nil
        _ = try await made.open(quota: UInt32(vouchers), under: rule)
        try await made.issue(vouchers)
        try await made.service.publishKeys(
            .generate(after: 0, lifetime: 300 * Instant.day), made.call("keys"))
        guard let officer = Principal("officer") else { throw BenchError.setup("principal") }
        bearer = try await AccessKeys(made.service, made.system.office)
            .make("bench", scopes: [.redeem, .claim, .read], days: 1, Call(officer, key: "bench")).key.text
        made.system.stop()
        let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        process.executableURL = program.appendingPathComponent("wenhui")
        process.arguments = ["serve", "--port", "0", "--rate", "1000000", "--data", path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        guard let port = line.split(separator: " ").compactMap({ Int($0) }).first else {
            throw BenchError.setup("no port: \(line)")
        }
        self.port = port
        fixture = try LedgerSystem(DataFolder(path))
    }

    /// Ends the server; returns the most memory that it held, in MB.
    func stop() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        process.terminate()
        process.waitUntilExit()
        fixture.stop()
        return (peak?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
    }

    /// What is shown at the till.
    enum Shown: CaseIterable {
        /// The voucher's number.
        case number
        /// A token that the server itself minted a moment ago.
        case ownToken
        /// A token that another process minted.
        case token
    }

    /// Requests that redeem the next vouchers.
    func redemptions(_ count: Int, showing shown: Shown) throws -> [[UInt8]] {
        let service = try fixture.service(LedgerCode(370_782))
        let numbers = Array(sold + 1...sold + count)
        sold += count
        let texts: [String] =
            switch shown {
            case .number: numbers.map { "\($0)" }
            case .token:
                try numbers.map {
                    try service.mint(VoucherID(UInt32($0)), Call(.system, key: "")).token.text
                }
            case .ownToken: try minted(numbers)
            }
        return zip(numbers, texts).map { number, shown in
            HTTPConnection.post(
                "/v1/ledgers/370782/redemptions", bearer: bearer, key: "till-\(number)",
                """
                {"voucher":"\(shown)","outlet":"P\(number % 60)","bill":12000,"channel":"counter",\
                "order":"20180601-\(number)"}
                """)
        }
    }

    /// Tokens that the server mints, with their vouchers' numbers ascending.
    private func minted(_ numbers: [Int]) throws -> [String] {
        let connection = try HTTPConnection(port: port)
        return try numbers.map { number in
            let request = HTTPConnection.post(
                "/v1/ledgers/370782/vouchers/\(number)/tokens", bearer: bearer, key: "token", "{}")
            let (status, body) = try connection.ask(request)
            guard status == 200,
                let answer = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any],
                let token = answer["token"] as? String
            else { throw BenchError.setup("\(status) \(String(decoding: body, as: UTF8.self))") }
            return token
        }
    }
}
