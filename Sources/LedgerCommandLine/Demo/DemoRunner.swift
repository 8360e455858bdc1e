import ArgumentParser
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService

/// Runs the officer's own commands, as they would be typed, on the demonstration's folder.
struct DemoRunner: Sendable {
    let session: Session
    let story: DemoStory

    /// Runs a command and shows it with what it says.
    @discardableResult
    func run(_ words: String..., on ledger: LedgerCode? = nil, quietly: Bool = false) async throws -> Report {
        try await run(words, on: ledger, quietly: quietly)
    }

    @discardableResult
    func run(_ words: [String], on ledger: LedgerCode? = nil, quietly: Bool = false) async throws -> Report {
        let typed = words + (ledger.map { ["--ledger", "\($0)"] } ?? [])
        if !quietly { story.show(command: typed) }
        let report = try await report(of: typed)
        if !quietly { story.show(report) }
        return report
    }

    /// What the command says; one that takes a data folder gets the demonstration's.
    private func report(of typed: [String]) async throws -> Report {
        if let command = try? WenhuiCommand.parseAsRoot(typed) as? any FreeCommand {
            return try await command.report()
        }
        guard
            let command = try WenhuiCommand.parseAsRoot(typed + ["--data", story.folder])
                as? any LedgerCommand
        else { throw CommandFailure.usage("\(typed.joined(separator: " ")) is no command on a ledger.") }
        return try await command.run(session)
    }

    /// Runs a command that the ledger must refuse, and shows the refusal.
    func refused(_ expected: Refusal, _ words: String..., on ledger: LedgerCode) async throws {
        try await refused(expected, words, on: ledger)
    }

    func refused(_ expected: Refusal, _ words: [String], on ledger: LedgerCode) async throws {
        do {
            try await run(words, on: ledger)
        } catch ServiceError.refused(expected, _) {
            story.say("    refused 拒绝: \(expected.sentence.chinese) [\(expected.code)]")
            return
        }
        throw ServiceError.unsound("\(words.joined(separator: " ")) should have been refused")
    }

    /// Writes an input file into the folder and returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        let folder = "\(story.folder)/inputs"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let path = "\(folder)/\(name)"
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    func service(_ ledger: LedgerCode) throws(ServiceError) -> LedgerService {
        try session.system.service(ledger)
    }
}

extension Report {
    /// The text of a fact, for the next command.
    func fact(_ key: String) -> String {
        facts.first { $0.key == key }?.value.forPeople ?? ""
    }

    /// The count of a fact, for the closing tables; 0 where it is not told.
    func count(_ key: String) -> Int {
        guard case .number(let count) = facts.first(where: { $0.key == key })?.value else { return 0 }
        return count
    }
}
