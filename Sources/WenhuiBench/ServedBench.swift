import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerEngine
import LedgerService
import RedemptionTokens
import StatementFormats

/// `wenhui serve` as a process of its own on a folder of vouchers to redeem.
final class ServedBench {
    let port: Int
    let bearer: String
    /// Another key, which approves what the first makes.
    private let approver: String
    /// The day of what was sold before, which the office settles.
    private let day: String
    /// The same folder, opened beside the server, which mints what residents show.
    let fixture: LedgerSystem
    private let process = Process()
    private var sold = ServedBench.settled
    /// One for each outlet.
    private let terminals: [SignedTerminal]
    /// How many were sold the day before.
    private static let settled = 3_000

    /// - Parameter claims: how many claims of a drop there will be, for a third as many vouchers and people.
    init(_ path: String, vouchers: Int, claims: Int = 0) async throws {
        let made = try await BookFixture(path, at: systemClock().adding(-Instant.day))
        day = String(made.begin.text.prefix(10))
        let vouchers = vouchers + ServedBench.settled
        var rule = BookFixture.rule
        rule.conditions.hours = nil
        _ = try await made.open(quota: UInt32(vouchers), under: rule)
        try await made.issue(vouchers)
        try await made.service.publishKeys(
            .generate(after: 0, lifetime: 300 * Instant.day), made.call("keys"))
        if claims > 0 {
            _ = try await made.add(rule, quota: UInt32(claims / 3), number: 2)
            let people = ServedBench.residents(claims / 3)
            _ = try await made.service.importResidents(
                ResidentFile(people, practice: true), bytes: people, made.call("people"))
        }
        let sales = (1...ServedBench.settled).map {
            made.service.request(made.redemption($0), made.call("sale \($0)"))
        }
        for reply in await made.service.performAll(sales) {
            guard case .success(let answer) = reply, answer.refusal == nil else {
                throw BenchError.setup("\(reply)")
            }
        }
        let keys = AccessKeys(made.service, made.system.office)
        bearer = try await keys.make(
            "bench", scopes: [.redeem, .claim, .read, .settlements], days: 2, made.call("bench")
        ).key.text
        approver = try await keys.make(
            "approver", scopes: [.approveSettlements], days: 2, made.call("approver")
        ).key.text
        made.system.stop()
        // What was made before is of yesterday; a day is opened today.
        fixture = try LedgerSystem(DataFolder(path))
        let service = try fixture.service(LedgerCode(370_782))
        var terminals: [SignedTerminal] = []
        for index in 0..<60 {
            terminals.append(
                try await SignedTerminal(
                    BookFixture.serial(ofOutlet: index), at: service, fixture.office,
                    made.call("enrol \(index)")))
        }
        self.terminals = terminals
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
    }

    /// A run that breaks off leaves no server behind.
    deinit { if process.isRunning { process.terminate() } }

    /// Ends the server; returns the most memory that it held, in MB.
    func stop() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let peak = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        process.terminate()
        process.waitUntilExit()
        fixture.stop()
        return (peak?.split(separator: " ").compactMap { Int($0) }.first ?? 0) / 1024
    }

    /// The office of the same county.
    var office: OfficeBench {
        OfficeBench(
            port: port, bearer: bearer, approver: approver, day: day, program: process.executableURL)
    }

    /// Claims by a third as many people, each in turn.
    func claims(_ count: Int) -> [[UInt8]] {
        (0..<count).map { index in
            HTTPConnection.post(
                "/v1/ledgers/370782/claims", bearer: bearer, key: "claim-\(index)",
                "{\"batch\":\"2\",\"resident\":\"\(ServedBench.identityNumber(index % (count / 3)))\"}")
        }
    }

    /// How many vouchers of the drop there are beyond its quota.
    func overIssued(quota: Int) throws -> Int {
        let service = try fixture.service(LedgerCode(370_782))
        return max(
            0, try service.state { state in state.vouchers.storage.count { $0.batch == BatchID(2) } } - quota)
    }

    private static func residents(_ count: Int) -> [UInt8] {
        Array(
            (0..<count).reduce(into: "name,id_number,phone\n") { $0 += "演练,\(identityNumber($1)),\n" }.utf8)
    }

    /// An invented person's, with the check digit of GB 11643.
    private static func identityNumber(_ index: Int) -> String {
        let body =
            "999900\(1900 + index / 336_000)" + padded(index / 28_000 % 12 + 1, to: 2)
            + padded(index / 1_000 % 28 + 1, to: 2) + padded(index % 1_000, to: 3)
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(body.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return body + String(Array("10X98765432")[sum % 11])
    }

    /// What is shown at the till.
    enum Shown: CaseIterable {
        /// The voucher's number.
        case number
        /// A token that the server itself minted a moment ago.
        case ownToken
        /// A token that another process minted.
        case token
        /// The same, in a request that the terminal signed; the others show an API key.
        case signedToken
    }

    /// Requests that redeem the next vouchers.
    func redemptions(_ count: Int, showing shown: Shown) throws -> [[UInt8]] {
        let service = try fixture.service(LedgerCode(370_782))
        let numbers = Array(sold + 1...sold + count)
        sold += count
        let texts: [String] =
            switch shown {
            case .number: numbers.map { "\($0)" }
            case .token, .signedToken:
                try numbers.map {
                    try service.mint(VoucherID(UInt32($0)), Call(.system, key: "")).token.text
                }
            case .ownToken: try minted(numbers)
            }
        let isSigned = shown == .signedToken
        return zip(numbers, texts).map { number, shown in
            let sale = """
                {"voucher":"\(shown)","outlet":"P\(number % 60)","bill":12000,"channel":"counter",\
                "order":"20180601-\(number)"}
                """
            let path = "/v1/ledgers/370782/redemptions"
            return isSigned
                ? HTTPConnection.post(path, by: terminals[number % 60], key: "till-\(number)", sale)
                : HTTPConnection.post(path, bearer: bearer, key: "till-\(number)", sale)
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
