import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerEngine
import LedgerService
import LedgerStorage

/// What a driver printed about one command.
struct Acknowledgement: Equatable {
    var principal: String
    var key: String
    var event: UInt64
    var isAccepted: Bool

    /// Reads `key event accepted|refused`.
    init(_ line: Substring, by principal: String) throws {
        let words = line.split(separator: " ")
        guard words.count == 3, let event = UInt64(words[1]), ["accepted", "refused"].contains(words[2])
        else {
            throw ProgramFailure("a driver printed: \(line)")
        }
        self.principal = principal
        key = String(words[0])
        self.event = event
        isAccepted = words[2] == "accepted"
    }
}

/// A data folder that drivers work on, with what they have acknowledged.
final class LoadedBooks {
    static let ledger = LedgerCode(370_782)
    let folder: URL
    private let parent: URL
    private(set) var acknowledged: [Acknowledgement] = []

    /// Makes the folder with so many vouchers; on a disk of the test's own, or where temporary files go.
    init(vouchers: Int, on disk: URL? = nil) throws {
        parent = try disk ?? temporaryFolder("loaded")
        folder = parent.appendingPathComponent("data")
        let setup = try Program.loadDriver.run([folder.path, "--setup", "\(vouchers)"])
        guard setup.status == 0 else { throw ProgramFailure("setup: \(setup)") }
    }

    deinit { try? FileManager.default.removeItem(at: parent) }

    /// Starts a driver on the folder.
    func drive(commands: Int, seed: UInt64, by principal: String) throws -> Started {
        try Program.loadDriver.start([folder.path, "\(commands)", "\(seed)", principal])
    }

    /// Takes over what a driver has acknowledged; returns it.
    @discardableResult
    func note(_ driver: Started, by principal: String) throws -> [Acknowledgement] {
        let new = try driver.lines.map { try Acknowledgement($0, by: principal) }
        acknowledged += new
        return new
    }

    /// Opens the folder and checks that nothing acknowledged is lost, doubled or changed, that the book is
    /// sound, and that replay, state and read model say the same.
    func verify() throws -> BookCheck {
        let system = try LedgerSystem(DataFolder(folder.path))
        defer { system.stop() }
        let service = try system.service(LoadedBooks.ledger)
        let events = try storedEvents(service)
        var numbers: [Digest128: UInt64] = [:]
        for (number, event) in events.enumerated() {
            if let earlier = numbers.updateValue(UInt64(number), forKey: event.key) {
                throw ProgramFailure("events \(earlier) and \(number) have the same key")
            }
        }
        for one in acknowledged {
            guard let principal = Principal(one.principal) else { throw ProgramFailure(one.principal) }
            let digest = service.request(Redeem(), Call(principal, key: one.key)).key
            guard numbers[digest] == one.event else {
                throw ProgramFailure("\(one) is at \(String(describing: numbers[digest]))")
            }
            let refusal = events[Int(one.event)].record.refusal
            guard (refusal == nil) == one.isAccepted else {
                throw ProgramFailure("\(one) has the verdict \(String(describing: refusal))")
            }
        }
        _ = try service.checkBook()
        let check = try service.replayBook()
        guard check.events == UInt64(events.count) else {
            throw ProgramFailure("the book has \(check.events) events, the log \(events.count)")
        }
        return check
    }

    private func storedEvents(_ service: LedgerService) throws -> [Event] {
        var events: [Event] = []
        while true {
            let chunk = try service.machine.reader.events(
                of: LoadedBooks.ledger, from: UInt64(events.count), limit: 10_000)
            if chunk.isEmpty { return events }
            for bytes in chunk { events.append(try Event.decoded(bytes, number: UInt64(events.count))) }
        }
    }
}
