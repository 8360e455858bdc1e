import Foundation
import LedgerService
import Testing

/// Real processes on one folder, at once, killed and robbed of files.
@Suite("Processes under load", .serialized)
struct LoadTests {
    @Test("Killed at any moment, a process loses nothing that it acknowledged", arguments: [UInt64(1), 2])
    func killed(seed: UInt64) throws {
        var random = Dice(seed: seed)
        let books = try LoadedBooks(vouchers: 3_000)
        for round in 0..<4 {
            // Every second round gives the commands of the one before again, under the same keys.
            let commands = seed * 100 + UInt64(round / 2)
            let moment = Int.random(in: 200...2_500, using: &random)
            let before = books.acknowledged
            let driver = try books.drive(commands: 1_000_000, seed: commands, by: "till")
            try driver.wait(forLines: moment)
            try driver.kill()
            let new = try books.note(driver, by: "till")
            #expect(new.count >= 200, "seed \(seed), round \(round)")
            let first = Dictionary(before.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
            for answer in new {
                if let earlier = first[answer.key] {
                    #expect(answer == earlier, "seed \(seed), round \(round)")
                }
            }
            if round % 2 == 1 { #expect(new.contains { first[$0.key] != nil }) }
            let check = try books.verify()
            #expect(check.events > UInt64(Set(books.acknowledged.map(\.key)).count))
        }
    }

    @Test("Two processes that write one ledger at once are ordered and lose nothing")
    func twoWriters() throws {
        let books = try LoadedBooks(vouchers: 3_000)
        let before = try books.verify().events
        let names = ["east", "west"]
        let drivers = try names.map { try books.drive(commands: 4_000, seed: 9, by: $0) }
        for (name, driver) in zip(names, drivers) {
            let finished = try driver.wait()
            #expect(finished.status == 0, "\(finished.errors)")
            #expect(try books.note(driver, by: name).count == 4_000)
        }
        #expect(try books.verify().events == before + 8_000)
        let numbers = Set(books.acknowledged.map(\.event))
        #expect(numbers == Set(before..<before + 8_000), "without a gap, and no number twice")
    }

    @Test("One of two writers killed leaves the other at work, and both keep what they acknowledged")
    func oneOfTwoKilled() throws {
        let books = try LoadedBooks(vouchers: 3_000)
        let victim = try books.drive(commands: 1_000_000, seed: 21, by: "east")
        let survivor = try books.drive(commands: 4_000, seed: 22, by: "west")
        try victim.wait(forLines: 300)
        try victim.kill()
        let finished = try survivor.wait()
        #expect(finished.status == 0, "\(finished.errors)")
        #expect(try books.note(victim, by: "east").count >= 300)
        #expect(try books.note(survivor, by: "west").count == 4_000)
        _ = try books.verify()
    }

    @Test(
        "A read model deleted under a process is filled again",
        arguments: [["read.db"], ["read.db", "read.db-wal", "read.db-shm"]])
    func readModelDeleted(files: [String]) throws {
        let books = try LoadedBooks(vouchers: 3_000)
        let driver = try books.drive(commands: 1_000_000, seed: 31, by: "till")
        try driver.wait(forLines: 500)
        for file in files {
            try? FileManager.default.removeItem(at: books.folder.appendingPathComponent(file))
        }
        let seen = driver.lines.count
        try driver.wait(forLines: seen + 500)
        if files.count == 3 {
            // Another process opens the folder while the first one still writes to the deleted files.
            let check = try Program.wenhui.run(["book", "trial-balance", "--data", books.folder.path])
            #expect(check.status == 0, "\(check)")
        }
        let later = driver.lines.count
        try driver.wait(forLines: later + 500)
        #expect(driver.isRunning, "it goes on without noticing")
        try driver.kill()
        try books.note(driver, by: "till")
        _ = try books.verify()
        #expect(FileManager.default.fileExists(atPath: books.folder.appendingPathComponent("read.db").path))
    }

    @Test("Snapshots and read model deleted between two processes are made anew")
    func everythingDerivedDeleted() throws {
        let books = try LoadedBooks(vouchers: 2_000)
        let driver = try books.drive(commands: 2_000, seed: 41, by: "till")
        #expect(try driver.wait().status == 0)
        try books.note(driver, by: "till")
        for name in ["snapshots", "read.db"] {
            try FileManager.default.removeItem(at: books.folder.appendingPathComponent(name))
        }
        let check = try books.verify()
        #expect(check.accounts > 0)
    }
}

/// SplitMix64, so that a seed in a failure message tells the moment of a kill.
struct Dice: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
