import ArgumentParser
import Foundation
import LedgerService

/// A command on a data folder: opens it, says what came of it, and ends with the right exit code.
protocol LedgerCommand: AsyncParsableCommand {
    var options: GlobalOptions { get }
    /// Does the command and returns what to print.
    func run(_ session: Session) async throws -> Report
}

extension LedgerCommand {
    func run() async throws {
        try await reporting(json: options.json) {
            try await Session.with(options.data) { session in
                Console.print(try await run(session), json: options.json)
            }
        }
    }
}

/// A command that needs no opened data folder: it says what came of it and ends with the right exit code.
protocol FreeCommand: AsyncParsableCommand {
    var json: Bool { get }
    /// Does the command and returns what to print.
    func report() async throws -> Report
}

extension FreeCommand {
    func run() async throws {
        try await reporting(json: json) { Console.print(try await report(), json: json) }
    }
}

/// Runs `body` and turns an error into a message on standard error and an exit code.
func reporting(json: Bool, _ body: () async throws -> Void) async throws {
    do {
        try await body()
    } catch let code as ExitCode {
        throw code
    } catch {
        let failure = CommandFailure(error)
        Console.fail(failure, json: json)
        throw ExitCode(failure.status.rawValue)
    }
}

/// Where commands write.
enum Console {
    static func print(_ report: Report, json: Bool) {
        Swift.print(json ? report.json : report.text)
        fflush(nil)
    }

    static func print(_ text: String) {
        Swift.print(text)
        fflush(nil)
    }

    /// Writes a line to standard error; one that is closed takes nothing and changes nothing.
    static func note(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    static func fail(_ failure: CommandFailure, json: Bool) {
        let text =
            json
            ? encodedJSON(["error": failure.code, "message": failure.message])
            : "wenhui: \(failure.message)"
        note(text)
    }
}

extension Report {
    /// What every command that changed something says: its event, its key, and whether it was a repetition.
    mutating func addReceipt<Asked>(_ receipt: Receipt<Asked>, _ call: Call) {
        add("event", "event 事件", .event(receipt.event))
        add("instant", "at 时间", .instant(receipt.instant))
        add("key", "key 幂等键", .text(call.key))
        if receipt.isReplay { add("replayed", "repeated 重复请求", .flag(true)) }
    }
}

/// Reads a whole file that a command was given.
func readFile(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
        throw CommandFailure.usage("\(path) cannot be read.")
    }
    return [UInt8](data)
}
