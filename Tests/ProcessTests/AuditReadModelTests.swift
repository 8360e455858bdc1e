import Foundation
import Testing

@Suite("A read model that was edited")
struct AuditReadModelTests {
    @Test("An edited balance is found by checking and replaying, and the account and fund are named")
    func balance() throws {
        let (desk, data) = try edited(
            "UPDATE accounts SET balance = balance + 1 WHERE ledger_id = 370782 AND kind = 1 AND fund = 1")
        for command in [["book", "check"], ["book", "replay"]] {
            expectFault(try desk.run(command, in: data), saying: ["treasury", "fund 1", "read model"])
        }
        // The log proves what is right, and the read model is filled from it again.
        #expect(try desk.exportAndVerify(data).status == 0)
        try FileManager.default.removeItem(at: data.appendingPathComponent("read.db"))
        #expect(try desk.run(["book", "check"], in: data).status == 0)
    }

    @Test(
        "An edited row that no balance shows is found too",
        arguments: [
            "UPDATE postings SET amount = amount + 1 WHERE ledger_id = 370782 AND event = 222",
            "UPDATE redemptions SET bill = bill + 1 WHERE ledger_id = 370782 AND id = 1",
            "DELETE FROM redemptions WHERE ledger_id = 370782 AND id = 1",
        ])
    func row(statement: String) throws {
        let (desk, data) = try edited(statement)
        expectFault(try desk.run(["book", "replay"], in: data), saying: ["read model"])
    }

    private func edited(_ statement: String) throws -> (AuditDesk, URL) {
        let desk = try AuditDesk()
        let data = try desk.copy(desk.season.data)
        try edit(data.appendingPathComponent("read.db"), [statement])
        return (desk, data)
    }
}
