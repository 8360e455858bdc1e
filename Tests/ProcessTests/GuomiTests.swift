import Cryptography
import Foundation
import LedgerBootstrap
import LedgerDomain
import LedgerService
import Testing

@Suite("A ledger of the profile 国密, from its opening to an audit")
struct GuomiTests {
    @Test("It says what it is, sells by token, by typed code and by number, and its book replays")
    func sales() throws {
        let books = try GuomiBooks()
        let list = try books.run(["ledger", "list"], in: books.guomi)
        #expect(list.output.contains("guomi"), "\(list)")
        let token = try books.mint(1, in: books.guomi, at: 10).token
        let inspected = try Program.wenhui.run(["token", "inspect", token])
        #expect(inspected.output.contains("sm2"), "\(inspected)")
        let sale = try books.redeem(token, order: "A-1", in: books.guomi, at: 20)
        #expect(sale.status == 0, "\(sale)")
        expectRefused(try books.redeem(token, order: "A-2", in: books.guomi, at: 21), "token.used")
        let again = try books.redeem(token, order: "A-1", in: books.guomi, at: 300)
        #expect(again.status == 0 && again.output.contains("repeated"), "\(again)")
        let code = try books.mint(2, in: books.guomi, at: 310).code
        #expect(try books.redeem(code, order: "A-3", in: books.guomi, at: 312).status == 0)
        for command in [["book", "check"], ["book", "replay"], ["merchant", "list"]] {
            let done = try books.run(command, in: books.guomi)
            #expect(done.status == 0, "\(done)")
        }
        let merchants = try books.run(["merchant", "list"], in: books.guomi)
        #expect(merchants.output.contains("演练剧场有限公司"), "what the vault holds is read: \(merchants)")
    }

    @Test("A receipt of a sale is checked by the SM2 key alone, and not by another ledger's")
    func receipt() throws {
        let books = try GuomiBooks()
        let token = try books.mint(1, in: books.guomi, at: 10).token
        #expect(try books.redeem(token, order: "A-1", in: books.guomi, at: 20).status == 0)
        let receipt = books.beside("receipt")
        let shown = try books.run(["receipt", "show", "1"], in: books.guomi)
        try Data(shown.output.utf8).write(to: receipt)
        func verify(_ key: String) throws -> Finished {
            try Program.wenhui.run(["receipt", "verify", receipt.path, "--key", key])
        }
        for key in try books.verifierKeys(books.guomi) {
            let done = try verify(key)
            #expect(done.status == 0, "\(done)")
        }
        // The derived Ed25519 key is the same under one folder key; another folder's are not.
        let other = books.beside("other")
        for command in [
            ["init"], ["ledger", "open", GuomiBooks.ledger, "--name", "甲", "--profile", "guomi"],
        ] {
            #expect(try books.run(command, in: other).status == 0)
        }
        for key in try books.verifierKeys(other) {
            expectUnverified(try verify(key), saying: ["no known key"])
        }
    }

    @Test("Opening it anew, with the same profile or another, is answered as it was or refused")
    func opening() throws {
        let books = try GuomiBooks()
        let open = ["ledger", "open", GuomiBooks.ledger, "--name", "潍坊市诸城市", "--practice"]
        let same = try books.run(open + ["--profile", "guomi"], in: books.guomi, at: 0)
        #expect(same.status == 0 && same.output.contains("repeated"), "\(same)")
        let other = try books.run(open, in: books.guomi, at: 0)
        #expect(other.status != 0, "the key was used for another command: \(other)")
        let anew = try books.run(open + ["--key", "anew"], in: books.guomi, at: 0)
        #expect(anew.status == 3, "\(anew)")
        #expect(try books.run(open + ["--profile", "sm2"], in: books.guomi, at: 0).status == 64)
        #expect(
            try books.redeem(
                books.mint(1, in: books.guomi, at: 10).token, order: "A-1", in: books.guomi, at: 11
            ).status == 0)
    }

    @Test(
        "A service that was made before the opening does nothing under the wrong profile; a new one knows it")
    func staleService() async throws {
        let folder = DataFolder(try temporaryFolder("stale").appendingPathComponent("data").path)
        defer {
            try? FileManager.default.removeItem(atPath: (folder.path as NSString).deletingLastPathComponent)
        }
        try folder.create()
        let system = try LedgerSystem(folder)
        defer { system.stop() }
        let ledger = LedgerCode(370_782)
        let before = try system.service(ledger)
        #expect(try before.state { $0.size } == 0)
        let open = OpenLedger.with { ($0.code, $0.name, $0.algorithms) = (ledger, "诸城", .guomi) }
        try await before.perform(open, Call(.system, key: "open"))
        #expect(throws: ServiceError.self) { try before.state { $0.size } }
        let after = try system.service(ledger)
        #expect(after.algorithms == .guomi)
        #expect(try after.state { $0.profile?.algorithms } == .guomi)
        #expect(try await after.perform(open, Call(.system, key: "open")).isReplay)
    }

    @Test("A token of an international ledger is refused, and so is a 国密 one there")
    func foreignTokens() throws {
        let books = try GuomiBooks()
        for (here, there) in [(books.guomi, books.international), (books.international, books.guomi)] {
            let foreign = try books.mint(1, in: there, at: 10)
            expectRefused(
                try books.redeem(foreign.token, order: "A-1", in: here, at: 11), "token.key-unknown")
            expectRefused(try books.redeem(foreign.code, order: "A-2", in: here, at: 12), "token.code")
            let own = try books.mint(1, in: here, at: 13)
            #expect(try books.redeem(own.token, order: "A-3", in: here, at: 14).status == 0)
        }
    }

    @Test("A token with a digit changed is refused or no token at all")
    func forged() throws {
        let books = try GuomiBooks()
        let token = try books.mint(1, in: books.guomi, at: 10).token
        for place in stride(from: 4, to: token.count, by: 11) {
            var letters = Array(token)
            letters[place] = letters[place] == "0" ? "1" : "0"
            let done = try books.redeem(String(letters), order: "A-1", in: books.guomi, at: 15)
            #expect([3, 64].contains(done.status), "\(done)")
        }
        #expect(try books.redeem(token, order: "A-1", in: books.guomi, at: 16).status == 0)
    }

    @Test("A till verifies its tokens from the published list and the SM2 list key alone")
    func offlineVerification() throws {
        let books = try GuomiBooks()
        let list = books.beside("keys").path
        #expect(try books.run(["key", "publish", list], in: books.guomi, at: 0).status == 0)
        let keys = try books.run(["key", "list"], in: books.guomi).output
        let listKey = try #require(
            keys.split(separator: "\n").first { $0.contains("key lists") }?.split(separator: " ").last)
        let token = try books.mint(1, in: books.guomi, at: 10).token
        func verify(_ key: String) throws -> Finished {
            try Program.wenhui.run([
                "token", "verify", token, "--key-list", list, "--list-key", key, "--clock",
                "2018-06-02T12:00:20+08:00",
            ])
        }
        let good = try verify(String(listKey))
        #expect(good.status == 0, "\(good)")
        let other = try books.run(["key", "list"], in: books.international).output
        let foreign = try #require(
            other.split(separator: "\n").first { $0.contains("key lists") }?.split(separator: " ").last)
        expectUnverified(try verify(String(foreign)), saying: [list])
        #expect(try verify(String(repeating: "0", count: 66)).status == 64, "no point of the curve")
    }

    @Test("What the vault of one profile holds is nothing to the other, under the same key and ledger")
    func vault() throws {
        let books = try GuomiBooks()
        let resident = ["resident", "show", "999900194901010017"]
        let here = try books.run(resident, in: books.guomi)
        #expect(here.status == 0 && here.output.contains("演**"), "\(here)")
        // What the one has sealed, under the names by which the other finds its own.
        try edit(
            books.international.appendingPathComponent("vault.db"),
            [
                "ATTACH '\(books.guomi.appendingPathComponent("vault.db").path)' AS guomi",
                "UPDATE residents SET sealed = (SELECT sealed FROM guomi.residents LIMIT 1)",
                "UPDATE entries SET sealed = (SELECT sealed FROM guomi.entries LIMIT 1)",
            ])
        expectFault(try books.run(resident, in: books.international), saying: [])
        expectFault(try books.run(["merchant", "list"], in: books.international), saying: [])
        // The whole vault.
        let vault = books.international.appendingPathComponent("vault.db")
        for name in try FileManager.default.contentsOfDirectory(atPath: books.international.path)
        where name.hasPrefix("vault.db-") {
            try FileManager.default.removeItem(at: books.international.appendingPathComponent(name))
        }
        try FileManager.default.removeItem(at: vault)
        try FileManager.default.copyItem(at: books.guomi.appendingPathComponent("vault.db"), to: vault)
        let unknown = try books.run(resident, in: books.international)
        #expect(unknown.status != 0 && unknown.errors.contains("There is no"), "\(unknown)")
    }

    @Test("Its log is verified by either key or both; a line by SM2 that is wrong or missing is told")
    func log() throws {
        let books = try GuomiBooks()
        let log = books.beside("log")
        #expect(try books.run(["audit", "export", log.path], in: books.guomi).status == 0)
        let keys = try books.verifierKeys(books.guomi)
        #expect(keys.count == 2)
        #expect(
            try String(contentsOf: log.appendingPathComponent("keys"), encoding: .utf8).split(separator: "\n")
                .count == 2)
        func verify(_ keys: [String]) throws -> Finished {
            try Program.wenhui.run(["audit", "verify", log.path] + keys.flatMap { ["--key", $0] })
        }
        for (trusted, signed) in [
            ([keys[0]], "ed25519"), ([keys[1]], "sm2"), (keys, "ed25519, sm2"), ([], "ed25519, sm2"),
        ] {
            let done = try verify(trusted)
            #expect(done.status == 0 && done.output.contains(signed), "\(done)")
        }
        let state = books.beside("seen").path
        for key in keys {
            let followed = try Program.wenhui.run(
                ["audit", "follow", log.path, "--state", state, "--key", key])
            #expect(followed.status == 0, "\(followed)")
        }

        let checkpoint = log.appendingPathComponent("checkpoint")
        let whole = try String(contentsOf: checkpoint, encoding: .utf8)
        let lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
        let sm2 = try #require(lines.last { $0.hasPrefix("—") })
        // Ten letters from the end: inside the signature.
        var letters = Array(sm2)
        letters[letters.count - 10] = letters[letters.count - 10] == "A" ? "B" : "A"
        try Data(whole.replacing(sm2, with: String(letters)).utf8).write(to: checkpoint)
        #expect(try verify([keys[0]]).status == 0, "who does not know the key ignores its line")
        for trusted in [[keys[1]], keys, []] {
            expectUnverified(try verify(trusted), saying: ["wenhui/370782"])
        }
        // Without the line: whoever relies on SM2 alone refuses it.
        try Data(whole.replacing("\(sm2)\n", with: "").utf8).write(to: checkpoint)
        expectUnverified(try verify([keys[1]]), saying: ["no known key"])
        #expect(try verify(keys).status == 0, "one of the log's keys suffices")
    }

    @Test("A backup brings back the profile with its keys, tokens and residents")
    func backup() throws {
        let books = try GuomiBooks()
        let token = try books.mint(1, in: books.guomi, at: 10).token
        let (backup, new) = (books.beside("backup"), books.beside("new"))
        #expect(try books.run(["backup", backup.path], in: books.guomi).status == 0)
        let restored = try books.run(["restore", backup.path], in: new)
        #expect(restored.status == 0, "\(restored)")
        #expect(try books.verifierKeys(new) == books.verifierKeys(books.guomi))
        #expect(try books.redeem(token, order: "A-1", in: new, at: 20).status == 0)
        let claim = ["voucher", "claim", "--batch", "1", "--resident", "999900196608150036"]
        #expect(try books.run(claim, in: new, at: 30).status == 0)
        let checkpoint = try books.run(["audit", "checkpoint"], in: new)
        #expect(checkpoint.output.split(separator: "\n").filter { $0.hasPrefix("—") }.count == 2)
    }

    @Test("A till sells offline by SM2's lists, and its journal is sealed with SM4")
    func offline() throws {
        let books = try GuomiBooks()
        let (phone, till) = (books.beside("phone").path, books.beside("till"))
        let made = try Program.wenhui.run(["phone", "new", phone, "--json"])
        let key = try JSONDecoder().decode([String: String].self, from: Data(made.output.utf8))["key"]
        let issue = ["token", "credential", "1", "--device", key ?? "", "--out", "\(phone).cwt"]
        #expect(try books.run(issue, in: books.guomi, at: 10).status == 0)
        #expect(try Program.wenhui.run(["phone", "load", phone, "\(phone).cwt"]).status == 0)
        let enrol = ["till", "enrol", "--till", till.path, "--outlet", "YL-0001"]
        #expect(try books.run(enrol, in: books.guomi, at: 20).status == 0)
        let clock = ["--clock", "2018-06-02T12:01:00+08:00"]
        let shown = try Program.wenhui.run(["phone", "present", phone, "--outlet", "1", "--text"] + clock)
        let text = shown.output.trimmingCharacters(in: .newlines)
        let sold = try Program.wenhui.run(
            ["till", "sell", text, "--till", till.path, "--bill", "100.00", "--order", "A-1"] + clock)
        #expect(sold.status == 0, "\(sold)")
        let uploaded = try books.run(["till", "upload", "--till", till.path], in: books.guomi, at: 600)
        #expect(uploaded.output.contains("paid 已入账"), "\(uploaded)")
        let journal = try Data(contentsOf: till.appendingPathComponent("journal"))
        #expect(journal.starts(with: Data("wenhui-till/1 guomi\n".utf8)))
    }
}
