import Foundation
import LedgerStorage
import SQLiteStorage
import Testing

@Suite("Files that people bring")
struct FileInputTests {
    private static let ruleFile = """
        name: 惠民文化消费
        document: 演练文旅发〔2018〕2号
        kind: percentige
        rate: 30
        cap: 30.005
        step: 5.00
        validity: 30d
        weekdays: [1, 8]
        regoins: [370782]
        refund: forfeit
        lapse: programme
        """

    @Test("A malformed rule file is told line by line: the field, and what is allowed")
    func ruleFile() throws {
        let folder = try PracticeFolder()
        let path = try folder.write(FileInputTests.ruleFile, to: "rules.yaml")
        for done in [
            try Program.wenhui.run(["programme", "check", path]),
            try folder.run(["programme", "submit", path]),
        ] {
            #expect(done.status == 64, "\(done)")
            #expect(done.output.isEmpty)
            let lines = done.errors.split(separator: "\n")
            for (line, field, allowed) in [
                ("line 3", "kind", "threshold, percentage"), ("line 4", "rate", "%"),
                ("line 5", "cap", "30.50"),
                ("line 8", "weekdays", "7"), ("line 9", "regoins", "regions"),
            ] {
                #expect(
                    lines.contains { $0.contains(line) && $0.contains(field) && $0.contains(allowed) },
                    "\(line), \(field), \(allowed): \(done)")
            }
        }
        #expect(try folder.eventCount() == PracticeFolder.events)
        let document = try ErrorDocument(try folder.runJSON(["programme", "submit", path]))
        #expect(document.message.contains("line 3"))
    }

    @Test("What is no YAML at all is told with its line")
    func noYAML() throws {
        let folder = try PracticeFolder()
        for text in ["name: [1, 2\nkind: threshold\n", "", "- a\n- b\n", "\u{0}\u{1}", "name: a\nname: b\n"] {
            let path = try folder.write(text, to: "rules.yaml")
            let done = try folder.run(["programme", "submit", path])
            #expect(done.status == 64, "\(done)")
            #expect(!done.errors.isEmpty)
        }
        #expect(try folder.eventCount() == PracticeFolder.events)
    }

    private static let goodResidents = """
        name,id_number,phone
        演练一号,999900194901010017,13800000001
        演练二号,999900195602290025,13800000002
        """

    @Test(
        "A bad row of residents is told by number and reason, and the file changes nothing",
        arguments: [
            ("演练三号,999900195602290026,13800000003", "id_number", "check"),
            ("演练三号,99990019560229002,13800000003", "id_number", "18"),
            ("演练三号,990000195602290025,13800000003", "id_number", "2260"),
            (",999900197806040040,13800000003", "name", "empty"),
            ("演练三号,999900194901010017,13800000003", "id_number", "2"),
            ("演练三号,999900195602290025", "has", "fields"),
        ])
    func residents(row: String, field: String, reason: String) throws {
        let folder = try PracticeFolder()
        let path = try folder.write(FileInputTests.goodResidents + "\n" + row + "\n", to: "residents.csv")
        let done = try folder.run(["resident", "import", path])
        #expect(done.status == 64, "\(done)")
        let lines = done.errors.split(separator: "\n")
        #expect(
            lines.contains { $0.hasPrefix("line 4") && $0.contains(field) && $0.contains(reason) }, "\(done)")
        #expect(try folder.eventCount() == PracticeFolder.events)
        #expect(try FileInputTests.residentCount(folder) == 0, "no personal data was written")
        let unknown = try folder.run(["resident", "show", "999900194901010017"])
        #expect(unknown.status == 64, "\(unknown)")

        let good = try folder.write(FileInputTests.goodResidents + "\n", to: "residents.csv")
        #expect(try folder.run(["resident", "import", good]).status == 0)
        #expect(try folder.eventCount() == PracticeFolder.events + 1)
        #expect(try folder.run(["resident", "import", good]).status == 0, "the same file changes nothing")
        #expect(try folder.eventCount() == PracticeFolder.events + 1)
        #expect(try folder.run(["resident", "show", "999900194901010017"]).status == 0)
        #expect(try FileInputTests.residentCount(folder) == 2)
    }

    @Test("Personal data is not in any file in clear")
    func sealed() throws {
        let folder = try PracticeFolder()
        let path = try folder.write(FileInputTests.goodResidents + "\n", to: "residents.csv")
        #expect(try folder.run(["resident", "import", path]).status == 0)
        for (name, data) in try folder.contents() {
            for text in ["演练一号", "999900194901010017", "13800000001"] {
                #expect(data.range(of: Data(text.utf8)) == nil, "\(text) in \(name)")
            }
        }
    }

    @Test("A bad row of merchants, outlets or orders is told by number and reason, and changes nothing")
    func otherFiles() throws {
        let folder = try PracticeFolder()
        let merchants = """
            credit_code,name,payee_credit_code,payee_name,account,bank_code
            91999900YN000001X0,演练剧场有限公司,,,6200009990000000001,999000000012
            91999900YN00000281,演练书店有限公司,,,6200009990000000002,99900000001
            """
        let outlets = """
            platform_id,merchant_credit_code,name,category,region,town,rural,cluster,class
            YL-0001,91999900YN000001X0,演练演出网点,演出,370782,密州街道,no,,
            """
        let orders = """
            time,key,action,voucher,outlet,terminal,bill_yuan,channel,order
            ,k1,redeem,1,YL-0001,,5.001,counter,o1
            ,k2,redeem,1,YL-0001,,-5,counter,o2
            ,k3,conjure,1,YL-0001,,5,counter,o3
            """
        for (command, text, faults) in [
            (["merchant", "import"], merchants, [("line 3", "credit_code"), ("line 3", "bank_code")]),
            (["outlet", "import"], outlets, [("line 2", "merchant")]),
            (
                ["redeem", "file"], orders,
                [("line 2", "bill_yuan"), ("line 3", "bill_yuan"), ("line 4", "action")]
            ),
        ] {
            let done = try folder.run(command + [try folder.write(text + "\n", to: "file.csv")])
            #expect(done.status == 64, "\(done)")
            let lines = done.errors.split(separator: "\n")
            for (line, field) in faults {
                #expect(
                    lines.contains { $0.contains(line) && $0.contains(field) }, "\(line), \(field): \(done)")
            }
            #expect(try folder.eventCount() == PracticeFolder.events)
        }
    }

    /// How many residents the vault knows.
    private static func residentCount(_ folder: PracticeFolder) throws -> Int {
        try SQLiteVault(path: folder.file("vault.db").path).residentCount(ledger: LoadedBooks.ledger)
    }
}
