import Foundation
import Testing

@Suite("A receipt in somebody's hand")
struct AuditReceiptTests {
    @Test("A receipt is verified with the log's key alone, by file too, and tells the event")
    func good() throws {
        let desk = try AuditDesk()
        let path = try desk.write(try receipt(1, desk), to: "r.tlog-proof")
        for trust in [["--key", desk.season.key], ["--key-file", desk.season.export.path + "/keys"]] {
            let done = try Program.wenhui.run(["receipt", "verify", path] + trust)
            #expect(done.status == 0, "\(done)")
            #expect(done.output.contains("wenhui/370782"))
            #expect(done.output.contains("\(desk.season.events)"))
        }
    }

    @Test("Any event's proof is a receipt, and one over a longer log is as good")
    func others() throws {
        let desk = try AuditDesk()
        // A copy: whoever opens a folder changes its files, and others copy them meanwhile.
        let (data, later) = (try desk.copy(desk.season.data), try desk.copy(desk.season.later, as: "later"))
        for (data, command) in [
            (data, ["audit", "prove", "0"]),
            (data, ["audit", "prove", "\(desk.season.events - 1)"]),
            (later, ["receipt", "show", "1"]),
        ] {
            let shown = try desk.run(command, in: data)
            let done = try verify(Data(shown.output.utf8), desk)
            #expect(done.status == 0, "\(done)")
        }
    }

    @Test(
        "A changed byte anywhere is refused, also of a cosignature that is demanded",
        arguments: [true, false])
    func altered(isWitnessed: Bool) throws {
        let desk = try AuditDesk()
        let good = isWitnessed ? desk.season.witnessedReceipt : try receipt(1, desk)
        let demand = isWitnessed ? ["--policy", desk.season.witnessed.path + "/policy"] : []
        let whole = try verify(good, desk, demand)
        #expect(whole.status == 0, "\(whole)")
        for offset in Array(stride(from: 0, to: good.count, by: 29)) + [good.count - 1] {
            var bytes = good
            bytes[offset] ^= 1
            let done = try verify(bytes, desk, demand)
            expectUnverified(done, saying: ["receipt"])
        }
    }

    @Test("A receipt that no witness has cosigned is refused where one is demanded")
    func unwitnessed() throws {
        let desk = try AuditDesk()
        let demand = ["--policy", desk.season.witnessed.path + "/policy"]
        expectUnverified(try verify(try receipt(1, desk), desk, demand), saying: ["receipt", "witnesses"])
    }

    @Test("Another log's key is refused")
    func otherKey() throws {
        let desk = try AuditDesk()
        let path = try desk.write(try receipt(1, desk), to: "r.tlog-proof")
        let done = try Program.wenhui.run(["receipt", "verify", path, "--key", desk.season.provinceKey])
        expectUnverified(done, saying: ["receipt", "wenhui/370782"])
    }

    @Test("Another event, another place, a longer or shorter way, a second text: each is refused")
    func forged() throws {
        let desk = try AuditDesk()
        let first = try lines(1, desk)
        let second = try lines(2, desk)
        // Lines: header, event, place, the way to the root, an empty one, the checkpoint.
        #expect(first[1].hasPrefix("extra ") && first[2].hasPrefix("index ") && second[1] != first[1])
        let size = desk.season.events
        let forgeries: [(inout [String]) -> Void] = [
            { $0[1] = second[1] }, { $0.remove(at: 1) }, { $0[2] = second[2] }, { $0[2] = "index \(size)" },
            { $0[2] = "index 0\($0[2].dropFirst(6))" }, { $0[2] = "index 9223372036854775807" },
            { $0[2] = "index 18446744073709551616" }, { $0.insert($0[3], at: 3) }, { $0.remove(at: 3) },
            { $0.swapAt(3, 4) }, { $0 += $0 }, { $0.insert("", at: 3) }, { $0[0] = "c2sp.org/tlog-proof@v2" },
            { $0 = $0.map { $0 + "\r" } }, { $0.removeLast(2) }, { $0 = [] },
        ]
        for (number, forge) in forgeries.enumerated() {
            var text = first
            forge(&text)
            let done = try verify(Data(text.joined(separator: "\n").utf8), desk)
            #expect(done.status == 5, "forgery \(number): \(done)")
            #expect(done.output.isEmpty)
            #expect(done.errors.contains("receipt"), "forgery \(number): \(done)")
        }
    }

    @Test("Why a receipt is refused is told in words")
    func inWords() throws {
        let desk = try AuditDesk()
        var bytes = try receipt(1, desk)
        bytes[bytes.count - 20] ^= 1
        expectSentence(try verify(bytes, desk))
        let path = try desk.write(try receipt(1, desk), to: "r.tlog-proof")
        expectSentence(
            try Program.wenhui.run(["receipt", "verify", path, "--key", desk.season.provinceKey]))
        let forged = try lines(1, desk).enumerated().map { $0 == 2 ? "index 3" : $1 }
        let done = try verify(Data(forged.joined(separator: "\n").utf8), desk)
        #expect(done.errors.split(separator: " ").count > 6, "more than a code word: \(done)")
    }

    @Test("There is no receipt of a redemption or an event that is not there")
    func none() throws {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        let redemption = try desk.run(["receipt", "show", "99999"], in: data)
        #expect(redemption.status == 3, "\(redemption)")
        let event = try desk.run(["audit", "prove", "\(desk.season.events)"], in: data)
        #expect(event.status == 64, "\(event)")
        #expect(event.errors.contains("\(desk.season.events)"))
    }

    private func receipt(_ redemption: Int, _ desk: AuditDesk) throws -> Data {
        let done = try desk.run(
            ["receipt", "show", "\(redemption)"], in: try desk.copy(desk.season.data, as: "receipts"))
        #expect(done.status == 0, "\(done)")
        return Data(done.output.utf8)
    }

    private func lines(_ redemption: Int, _ desk: AuditDesk) throws -> [String] {
        String(decoding: try receipt(redemption, desk), as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    private func verify(_ bytes: Data, _ desk: AuditDesk, _ more: [String] = []) throws -> Finished {
        let path = try desk.write(bytes, to: "r.tlog-proof")
        return try Program.wenhui.run(["receipt", "verify", path, "--key", desk.season.key] + more)
    }
}
