import Foundation
import LedgerService
import Testing

@Suite("Tokens at a till")
struct TokenTests {
    /// A ledger with vouchers and a key, and a clock that the test moves.
    final class Counter {
        let books: LoadedBooks
        private let start: Date

        init() throws {
            books = try LoadedBooks(vouchers: 12)
            // After all that is in the books, however long they took to make.
            start = Date().addingTimeInterval(60)
            let made = try run(["key", "generate"], at: 0)
            guard made.status == 0 else { throw ProgramFailure("\(made)") }
        }

        /// Runs a command so many seconds after the start.
        func run(_ arguments: [String], at seconds: Int) throws -> Finished {
            try Program.wenhui.run(
                arguments + ["--clock", clock(seconds), "--data", books.folder.path])
        }

        /// So many seconds after the start.
        func clock(_ seconds: Int) -> String { start.addingTimeInterval(Double(seconds)).ISO8601Format() }

        func mint(_ voucher: Int, at seconds: Int) throws -> Minted {
            let done = try run(["token", "mint", "\(voucher)", "--json"], at: seconds)
            guard done.status == 0 else { throw ProgramFailure("\(done)") }
            return try JSONDecoder().decode(Minted.self, from: Data(done.output.utf8))
        }

        func redeem(
            _ shown: String, outlet: Int = 1, order: String, key: String = UUID().uuidString, at seconds: Int
        ) throws -> Finished {
            try run(
                [
                    "redeem", shown, "--outlet", "\(outlet)", "--bill", "120.00", "--order", order, "--key",
                    key,
                ],
                at: seconds)
        }

        func events() throws -> String {
            let done = try Program.wenhui.run(["book", "check", "--json", "--data", books.folder.path])
            return done.output
        }

        /// The IDs of the keys with this status.
        func keys(_ status: String) throws -> [String] {
            let done = try Program.wenhui.run(["key", "list", "--json", "--data", books.folder.path])
            return try JSONDecoder().decode(Keys.self, from: Data(done.output.utf8)).tokens
                .filter { $0.status == status }.map(\.id)
        }
    }

    struct Minted: Decodable {
        var token: String
        var code: String
    }

    struct Keys: Decodable {
        struct Key: Decodable {
            var id: String
            var status: String
        }
        var tokens: [Key]
    }

    @Test(
        "A token redeems once: a copy is refused, and the same till asking again gets its answer, even later")
    func once() throws {
        let counter = try Counter()
        let token = try counter.mint(1, at: 10).token
        let sale = try counter.redeem(token, order: "A-1", key: "till-1", at: 20)
        #expect(sale.status == 0, "\(sale)")
        for outlet in 1...2 {
            let copy = try counter.redeem(token, outlet: outlet, order: "B-\(outlet)", at: 21)
            expectRefused(copy, "token.used")
        }
        let again = try counter.redeem(token, order: "A-1", key: "till-1", at: 300)
        #expect(again.status == 0, "\(again)")
        #expect(again.output.contains("repeated"), "\(again)")
    }

    @Test("A token is refused once its minute and five seconds are over, and before its time")
    func minute() throws {
        let counter = try Counter()
        let token = try counter.mint(1, at: 100).token
        expectRefused(try counter.redeem(token, order: "A-1", at: 166), "token.expired")
        let early = try counter.mint(2, at: 260).token
        expectRefused(try counter.redeem(early, order: "A-2", at: 180), "token.too-early")
        #expect(try counter.redeem(early, order: "A-3", at: 324).status == 0)
    }

    @Test(
        "A token that somebody made up, altered or brought from elsewhere is refused, and nothing is recorded"
    )
    func forged() throws {
        let counter = try Counter()
        let other = try Counter()
        let token = try counter.mint(1, at: 10).token
        let foreign = try other.mint(1, at: 10).token
        let before = try counter.events()
        expectRefused(try counter.redeem(foreign, order: "A-1", at: 15), "token.key-unknown")
        var refusals = 0
        for place in stride(from: 4, to: token.count, by: 13) {
            var letters = Array(token)
            letters[place] = letters[place] == "0" ? "1" : "0"
            let done = try counter.redeem(String(letters), order: "A-2", at: 15)
            #expect([3, 64].contains(done.status), "\(done)")
            #expect(done.output.isEmpty)
            refusals += done.status == 3 ? 1 : 0
        }
        #expect(refusals > 0, "some are well formed, and badly signed")
        for text in [
            "WH1:", token.lowercased(), "WH9:ABC", token + "0", "https://example.org/123456789012345678",
        ] {
            let done = try counter.redeem(text, order: "A-3", at: 15)
            #expect(done.status == 64, "\(done)")
        }
        #expect(try counter.events() == before)
        #expect(try counter.redeem(token, order: "A-4", at: 20).status == 0)
    }

    @Test("A sale goes on while keys are rotated; a revoked key's tokens are refused")
    func rotation() throws {
        let counter = try Counter()
        let before = try counter.mint(1, at: 10).token
        #expect(try counter.run(["key", "rotate"], at: 11).status == 64, "there is no next key yet")
        #expect(try counter.run(["key", "generate", "--lead", "0"], at: 12).status == 0)
        #expect(try counter.run(["key", "rotate"], at: 13).status == 0)
        let after = try counter.mint(2, at: 14).token
        #expect(try counter.redeem(before, order: "A-1", at: 20).status == 0, "signed by the retired key")
        #expect(try counter.redeem(after, order: "A-2", at: 21).status == 0)

        let doubtful = try counter.mint(3, at: 30).token
        let active = try #require(try counter.keys("active").first)
        #expect(try counter.run(["key", "revoke", active], at: 31).status == 0)
        expectRefused(try counter.redeem(doubtful, order: "A-3", at: 32), "token.key-not-good")
        #expect(try counter.run(["token", "mint", "4"], at: 33).status == 64, "nothing is signed any more")
        #expect(try counter.run(["key", "revoke", active], at: 34).status == 64, "and once is enough")
        let replayed = try Program.wenhui.run(["book", "replay", "--data", counter.books.folder.path])
        #expect(replayed.status == 0, "\(replayed)")
    }

    @Test("A key is not used before every till can have it")
    func lead() throws {
        let counter = try Counter()
        #expect(try counter.run(["key", "generate"], at: 10).status == 0)
        let early = try counter.run(["key", "rotate"], at: 20)
        #expect(early.status == 64 && early.errors.contains("from"), "\(early)")
        #expect(try counter.run(["key", "rotate"], at: 7 * 86_400 + 20).status == 0)
        #expect(try counter.keys("active").count == 1)
        #expect(try counter.keys("retired").count == 1)
    }

    @Test("Twenty typed digits do as well, in any spelling; a mistyped one and an old one are told")
    func typed() throws {
        let counter = try Counter()
        let code = try counter.mint(1, at: 0).code
        let wrong = code.hasSuffix("0") ? code.dropLast() + "1" : code.dropLast() + "0"
        let mistyped = try counter.redeem(String(wrong), order: "A-1", at: 1)
        #expect(mistyped.status == 64 && mistyped.errors.contains("mistyped"), "\(mistyped)")
        let wide = String(
            code.unicodeScalars.map { scalar in
                Character(
                    UnicodeScalar(scalar.properties.numericType == nil ? 0x2d : scalar.value + 0xfee0)
                        ?? scalar)
            })
        let sale = try counter.redeem(wide, order: "A-1", key: "till-1", at: 2)
        #expect(sale.status == 0, "\(sale)")
        let again = try counter.redeem(code, order: "A-1", key: "till-1", at: 300)
        #expect(again.status == 0 && again.output.contains("repeated"), "\(again)")
        expectRefused(try counter.redeem(code, order: "A-2", at: 3), "token.used")
        let old = try counter.mint(2, at: 100).code
        expectRefused(try counter.redeem(old, order: "A-3", at: 161), "token.code")
    }

    @Test("A till verifies a token from the published list alone, and refuses a list that was altered")
    func offline() throws {
        let counter = try Counter()
        let list = counter.books.folder.path + "-keys"
        defer { try? FileManager.default.removeItem(atPath: list) }
        #expect(try counter.run(["key", "publish", list], at: 5).status == 0)
        #expect(try counter.run(["key", "publish", list], at: 6).status == 64, "no file is overwritten")
        let token = try counter.mint(1, at: 10).token
        let keys = try Program.wenhui.run(["key", "list", "--data", counter.books.folder.path])
        let listKey = try #require(
            keys.output.split(separator: "\n").first { $0.contains("key lists") }?.split(separator: " ").last)
        func verify(_ token: String, _ key: String, at seconds: Int) throws -> Finished {
            try Program.wenhui.run(
                [
                    "token", "verify", token, "--key-list", list, "--list-key", key, "--clock",
                    counter.clock(seconds),
                ])
        }
        let good = try verify(token, String(listKey), at: 20)
        #expect(good.status == 0, "\(good)")
        expectUnverified(try verify(token, String(listKey), at: 600), saying: ["expired"])
        expectUnverified(try verify(token, String(listKey), at: 30 * 86_400), saying: ["out of date"])
        expectUnverified(try verify(token, String(repeating: "00", count: 32), at: 20), saying: [list])
        try alter(URL(fileURLWithPath: list)) { $0[$0.count / 2] ^= 1 }
        expectUnverified(try verify(token, String(listKey), at: 20), saying: [list])
    }
}
