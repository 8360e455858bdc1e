import Foundation
import Testing

@Suite("The head that is kept outside the database")
struct AuditKeptHeadTests {
    /// The two places that have it.
    static let places = ["heads/370782", "tiles/370782/checkpoint"]

    @Test(
        "A head that is gone or older is brought up again by the next command that publishes",
        arguments: places)
    func healed(place: String) throws {
        let desk = try AuditDesk()
        for isOlder in [false, true] {
            let data = try desk.copy(desk.season.later)
            let file = data.appendingPathComponent(place)
            try FileManager.default.removeItem(at: file)
            if isOlder { try desk.put(desk.season.data.appendingPathComponent(place), at: file) }
            #expect(try desk.run(["book", "check"], in: data).status == 0)
            let done = try desk.run(["audit", "checkpoint"], in: data)
            #expect(done.status == 0, "\(done)")
            for name in AuditKeptHeadTests.places {
                let good = try Data(contentsOf: desk.season.later.appendingPathComponent(name))
                #expect(try Data(contentsOf: data.appendingPathComponent(name)) == good)
                #expect(Data(done.output.utf8) == good)
            }
        }
    }

    @Test(
        "A kept head that is empty, garbled or another log's is refused by every command and left as it is",
        arguments: ["", "flipped", "another log's"])
    func refused(bytes: String) throws {
        let (desk, data) = try damaged("heads/370782", bytes)
        try expectEveryCommandRefuses(desk, data, saying: ["head", "370782"])
    }

    @Test(
        "A published checkpoint that is empty, garbled or another log's is made again, as long as the head is kept",
        arguments: ["", "flipped", "another log's"])
    func published(bytes: String) throws {
        let (desk, data) = try damaged("tiles/370782/checkpoint", bytes)
        let done = try desk.run(["audit", "checkpoint"], in: data)
        #expect(done.status == 0, "\(done)")
        let good = try contents(of: desk.season.data.appendingPathComponent("tiles/370782"))
        #expect(try contents(of: data.appendingPathComponent("tiles/370782")) == good)
    }

    @Test("The sentence names the file and says what is wrong in words")
    func named() throws {
        let (desk, data) = try damaged("heads/370782", "flipped")
        let done = try desk.run(["book", "check"], in: data)
        expectFault(done, saying: ["heads/370782"])
        expectSentence(done)
    }

    /// A data folder in which one of the places has something else.
    private func damaged(_ place: String, _ bytes: String) throws -> (AuditDesk, URL) {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        let file = data.appendingPathComponent(place)
        switch bytes {
        case "flipped": try alter(file) { $0[40] ^= 1 }
        case "another log's": try desk.put(data.appendingPathComponent("heads/370000"), at: file)
        default: try Data(bytes.utf8).write(to: file)
        }
        return (desk, data)
    }
}
