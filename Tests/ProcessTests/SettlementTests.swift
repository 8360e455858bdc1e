import Foundation
import Testing

@Suite("Settlements, from the first sale to the bank's last word")
struct SettlementTests {
    fileprivate static let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Fixtures").standardizedFileURL.path

    /// A ledger in which two merchants, of a provincial and a county treasury, have sold on 1 and 2 June 2030.
    final class Month {
        let folder: PracticeFolder

        init() throws {
            folder = try PracticeFolder()
            try run([
                "fund", "create", "--level", "province", "--year", "2030", "--treasury", "山东省国库",
                "--document", "演练鲁财教指〔2030〕1号",
            ])
            try run(["fund", "appropriate", "2", "1000.00", "--reference", "拨款单 2"])
            for what in ["resident", "merchant", "outlet"] {
                try run([what, "import", fixtures + "/registry/\(what)s.csv"])
            }
            let rule = """
                name: 惠民
                document: 演练文旅发〔2030〕3号
                kind: threshold
                faces: [20.00]
                validity: 30d
                refund: forfeit
                lapse: batch
                """
            try run(["programme", "submit", try folder.write(rule, to: "rule.yaml")])
            try run(["programme", "approve", "1", "--as", "approver"])
            for fund in ["1", "2"] {
                try run(["programme", "allocate", "1", "--fund", fund, "300.00", "--as", "finance"])
            }
            try run([
                "batch", "propose", "--programme", "1", "--face", "20.00", "--quota", "8", "--fund", "1=1",
                "--fund", "2=1", "--from", "2030-06-01T09:00:00+08:00", "--until",
                "2030-06-30T09:00:00+08:00",
            ])
            try run(["batch", "approve", "1", "--as", "approver"])
            let people = [
                "999900194901010017", "999900195602290025", "999900196608150036", "999900197806040043",
            ]
            for person in people {
                try run(["voucher", "claim", "--batch", "1", "--resident", person], at: "01T09:30:00")
            }
            for (voucher, outlet, bill, time) in [
                ("1", "YL-0001", "80.00", "01T20:00:00"), ("2", "YL-0002", "60.00", "01T21:00:00"),
                ("3", "YL-0002", "50.00", "02T10:00:00"),
            ] {
                try run(
                    ["redeem", voucher, "--outlet", outlet, "--bill", bill, "--order", "订单-\(voucher)"],
                    at: time)
            }
        }

        private let fixtures = SettlementTests.fixtures

        @discardableResult
        func run(_ arguments: [String], at time: String = "01T09:00:00") throws -> String {
            let done = try attempt(arguments, at: time)
            guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
            return done.output
        }

        func attempt(_ arguments: [String], at time: String = "01T09:00:00") throws -> Finished {
            let reads =
                ["book", "settlement profile"].contains { arguments.joined(separator: " ").hasPrefix($0) }
                || [
                    "list", "show", "statement", "month", "lines", "check", "evidence", "relate",
                    "accounting-data",
                ].contains(arguments[1])
            let clock = time.utf8.count > 11 ? time : "2030-06-\(time)"
            return try folder.run(arguments + (reads ? [] : ["--clock", "\(clock)+08:00"]))
        }

        /// Everything through 2 June, sealed and approved.
        func settle() throws {
            try run(["settlement", "build", "--through", "2030-06-02", "--as", "finance"], at: "03T09:00:00")
            try run(["settlement", "seal", "1", "--as", "finance"], at: "03T09:10:00")
            try run(["settlement", "approve", "1", "--as", "boss"], at: "03T09:20:00")
        }

        func checkBook() throws {
            try run(["book", "check"])
            try run(["book", "replay"])
        }

        func path(_ name: String) throws -> String {
            try folder.write("", to: name).replacing("/\(name)", with: "/\(name).new")
        }

        func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }
    }

    @Test("Each treasury gets a bill of its own, as CSV by the profile and as pain.001")
    func bills() throws {
        let month = try Month()
        try month.settle()
        let bills = try month.path("bills")
        let without = try month.attempt(
            ["settlement", "export", "1", "--bills", bills, "--format", "pain.001"], at: "03T10:00:00")
        #expect(without.status == 64 && without.errors.contains("debtors"), "\(without)")
        try month.run(["settlement", "profile", Self.fixtures + "/payment/profile.yaml", "--as", "finance"])
        try month.run(
            [
                "settlement", "export", "1", "--bills", bills, "--format", "pain.001", "--key", "export-1",
                "--as", "finance",
            ], at: "03T10:00:00")
        let names = try FileManager.default.contentsOfDirectory(atPath: bills).sorted()
        #expect(names == ["S370782-00000001-5-山东省国库.xml", "S370782-00000001-5-诸城市国库.xml"])
        let county = try month.text(bills + "/" + names[1])
        #expect(county.contains("<CtrlSum>30.00</CtrlSum>") && county.contains("3707-8201-0000-0002"))
        #expect(!county.contains("3700-0001"), "a treasury's bill names another treasury's account")
        // The same key writes the same settlement again, in another form, also once something has been paid.
        try month.run(
            [
                "settlement", "pay",
                try month.folder.write(
                    "reference,amount_yuan,date,status,bank_reference\nS370782-00000001-5/1,10.00,2030-06-03,paid,B1\n",
                    to: "return.csv"), "--as", "finance",
            ], at: "03T10:30:00")
        let all = try month.path("all.csv")
        try month.run(
            ["settlement", "export", "1", "--output", all, "--key", "export-1", "--as", "finance"],
            at: "03T11:00:00")
        let bytes = try #require(FileManager.default.contents(atPath: all))
        #expect(bytes.split(separator: 0x0A).count == 5, "a header and two payees of two funds")
        #expect(String(validating: bytes, as: UTF8.self) == nil, "the profile asks for GB 18030")
        try month.checkBook()
    }

    @Test("A bank statement pays, and what comes back is owed again; the same file twice changes nothing")
    func camt() throws {
        let month = try Month()
        try month.settle()
        try month.run(
            ["settlement", "export", "1", "--output", try month.path("p.csv"), "--as", "finance"],
            at: "03T10:00:00")
        var statement = try month.text(Self.fixtures + "/statements/camt053-02.xml")
        // Lines 1 and 2 are of the first payee, 10 yuan of each fund.
        for (from, to) in [
            (">1000<", ">10.00<"), (">500.00<", ">10.00<"), (">1500.00<", ">20.00<"),
            (">2299.50<", ">329.50<"), ("598700.50", "599690.50"), ("2018-06-15", "2030-06-04"),
        ] {
            statement = statement.replacing(from, with: to)
        }
        let file = try month.folder.write(statement, to: "camt.xml")
        let pay = ["settlement", "pay", file, "--as", "finance", "--json"]
        let first = try month.run(pay, at: "04T17:00:00")
        #expect(first.contains("\"paid\":2") && first.contains("\"returned\":1"), "\(first)")
        let again = try month.run(pay, at: "04T18:00:00")
        #expect(again.contains("\"paid\":0") && again.contains("\"replayed\":3"), "\(again)")
        let lines = try month.run(["settlement", "show", "1", "--json"])
        #expect(lines.contains("AC04 收款账户已销户") && lines.contains("YL0001"))
        let statementOfMerchant = try month.run([
            "merchant", "statement", "1", "--from", "2030-06-01", "--through", "2030-06-30", "--json",
        ])
        #expect(statementOfMerchant.contains("\"unsettled\":1000"), "\(statementOfMerchant)")
        try month.checkBook()
    }

    @Test("A sale of two funds names both payments; what the bank pays a second time is asked about")
    func partsOfSale() throws {
        let month = try Month()
        try month.settle()
        try month.run(
            ["settlement", "export", "1", "--output", try month.path("p.csv"), "--as", "finance"],
            at: "03T10:00:00")
        func pay(_ rows: [String], at time: String) throws -> String {
            let head = "reference,amount_yuan,date,status,bank_reference\n"
            let text = head + rows.map { "S370782-00000001-5/\($0)\n" }.joined()
            let file = try month.folder.write(text, to: "\(UUID().uuidString).csv")
            return try month.run(["settlement", "pay", file, "--as", "finance", "--json"], at: time)
        }
        func line() throws -> String {
            let path = try month.path("\(UUID().uuidString).csv") + ".csv"
            try month.run([
                "merchant", "statement", "1", "--from", "2030-06-01", "--through", "2030-06-02", "--output",
                path,
            ])
            return try month.text(path)
        }
        let both = "S370782-00000001-5/1 S370782-00000001-5/2"
        #expect(try line().contains("\(both),待付款"))
        #expect(try pay(["1,10.00,2030-06-03,paid,B1"], at: "03T11:00:00").contains("\"paid\":1"))
        #expect(try line().contains("\(both),部分已付款"))
        let again = try pay(["1,10.00,2030-06-04,paid,B9"], at: "04T11:00:00")
        #expect(again.contains("\"paid\":0") && again.contains("paid twice"), "\(again)")
        let second = "2,10.00,2030-06-04,paid,B2"
        let told = try pay([second, second, "2,10.00,2030-06-04,paid,B3"], at: "04T12:00:00")
        #expect(told.contains("\"paid\":1") && told.contains("\"replayed\":1") && told.contains("paid twice"))
        #expect(try line().contains("\(both),已付款,") && line().contains("B1 B2"))
        try month.run(
            ["settlement", "bounce", "1", "--line", "1", "--note", "账户已注销", "--as", "finance"],
            at: "05T09:00:00")
        let after = try line()
        #expect(after.contains(",S370782-00000001-5/2,部分已付款") && !after.contains("B1"), "\(after)")
        // Another officer imports what is known, and the bank's second payment is on record as refused.
        let other = try month.folder.write(
            "reference,amount_yuan,date,status,bank_reference\nS370782-00000001-5/\(second)\n",
            to: "other.csv")
        let same = try month.run(
            ["settlement", "pay", other, "--as", "treasurer", "--json"], at: "05T10:00:00")
        #expect(same.contains("\"replayed\":1") && same.contains("\"skipped\":0"), "\(same)")
        try month.checkBook()
    }

    @Test("What came back waits: a settlement of other days that was sealed before has no part in it")
    func cameBack() throws {
        let month = try Month()
        try month.settle()
        func close(_ settlement: String, through day: String, _ code: String, lines: Int, at time: String)
            throws
        {
            if settlement != "1" {
                try month.run(["settlement", "build", "--through", day, "--as", "finance"], at: time)
                try month.run(["settlement", "seal", settlement, "--as", "finance"], at: time)
                try month.run(["settlement", "approve", settlement, "--as", "boss"], at: time)
            }
            try month.run(
                [
                    "settlement", "export", settlement, "--output", try month.path("p\(settlement).csv"),
                    "--as",
                    "finance",
                ], at: time)
            let rows = (1...lines).map { "\(code)/\($0),10.00,\(day),paid,\(settlement)-\($0)\n" }
            let file = try month.folder.write(
                "reference,amount_yuan,date,status,bank_reference\n" + rows.joined(), to: "r\(settlement).csv"
            )
            try month.run(["settlement", "pay", file, "--as", "finance"], at: time)
        }
        func statement() throws -> [String: String] {
            let path = try month.path("\(UUID().uuidString).csv") + ".csv"
            try month.run([
                "merchant", "statement", "1", "--from", "2030-06-01", "--through", "2030-06-30", "--output",
                path,
            ])
            let lines = try month.text(path).split(whereSeparator: \.isNewline)
            return Dictionary(
                lines.compactMap { line in
                    ["订单-1", "订单-4"].first { line.contains($0) }.map { ($0, String(line)) }
                }, uniquingKeysWith: { $1 })
        }
        try close("1", through: "2030-06-02", "S370782-00000001-5", lines: 2, at: "03T10:00:00")
        try month.run(
            ["redeem", "4", "--outlet", "YL-0001", "--bill", "60.00", "--order", "订单-4"], at: "03T20:00:00")
        try close("2", through: "2030-06-03", "S370782-00000002-3", lines: 2, at: "04T10:00:00")
        let second = "S370782-00000002-3/1 S370782-00000002-3/2,已付款"
        #expect(try statement()["订单-4"]?.contains(second) == true)
        try month.run(
            ["settlement", "bounce", "1", "--line", "1", "--note", "账户已注销", "--as", "finance"],
            at: "05T09:00:00")
        #expect(try statement()["订单-1"]?.contains(",S370782-00000001-5/2,部分已付款") == true)
        #expect(try statement()["订单-4"]?.contains(second) == true)
        try month.run(
            ["settlement", "build", "--through", "2030-06-05", "--as", "finance"], at: "06T09:00:00")
        try month.run(["settlement", "seal", "3", "--as", "finance"], at: "06T09:10:00")
        let told = try #require(try statement()["订单-1"])
        #expect(told.contains(",S370782-00000003-") && told.contains("/1 S370782-00000001-5/2,部分已付款"))
        try month.checkBook()
    }

    @Test("What the bank has been asked to pay can no longer be held")
    func exportedIsNotHeld() throws {
        let month = try Month()
        try month.settle()
        try month.run(
            ["settlement", "export", "1", "--output", try month.path("p.csv"), "--as", "finance"],
            at: "03T10:00:00")
        try month.run(["payee", "hold", "1", "--reason", "核查", "--as", "finance"], at: "03T11:00:00")
        expectRefused(
            try month.attempt(["settlement", "hold", "1", "--as", "finance"], at: "03T11:05:00"),
            "settlement.exported")
        try month.checkBook()
    }

    @Test("A payee whose money is held, or whose account is being changed, is not in a settlement")
    func payees() throws {
        let month = try Month()
        try month.run(["payee", "hold", "1", "--reason", "核查异常", "--as", "finance"], at: "02T12:00:00")
        let account = [
            "payee", "change", "2", "--name", "演练书店有限公司", "--account", "6200-0099-9000-0077", "--bank",
            "999000000029", "--evidence", "变更函 1", "--as", "finance", "--key", "change-1",
        ]
        let proposed = try ReceiptDocument(try month.attempt(account + ["--json"], at: "02T12:10:00"))
        let again = try ReceiptDocument(try month.attempt(account + ["--json"], at: "02T12:11:00"))
        #expect(again.event == proposed.event && again.replayed == true)
        try month.run(
            ["settlement", "build", "--through", "2030-06-02", "--as", "finance"], at: "03T09:00:00")
        expectRefused(
            try month.attempt(["settlement", "seal", "1", "--as", "finance"], at: "03T09:10:00"),
            "settlement.empty")
        let list = try month.run(["payee", "list"])
        #expect(list.contains("核查异常") && list.contains("收款账户变更待审批"))
        #expect(list.contains("0077") && list.contains("变更函 1"), "the second person sees what it decides on")
        let approve = ["payee", "approve-change", "2", "--change", "\(proposed.event)"]
        expectRefused(
            try month.attempt(approve + ["--as", "finance"], at: "03T09:20:00"), "approval.same-person")
        try month.run(approve + ["--as", "boss"], at: "03T09:21:00")
        expectRefused(
            try month.attempt(
                ["payee", "release", "1", "--reason", "无误", "--as", "finance"], at: "03T09:22:00"),
            "approval.same-person")
        try month.run(["payee", "release", "1", "--reason", "无误", "--as", "boss"], at: "03T09:23:00")
        try month.run(["settlement", "seal", "1", "--as", "finance"], at: "03T09:30:00")
        try month.run(["settlement", "approve", "1", "--as", "boss"], at: "03T09:40:00")
        let file = try month.path("p.csv")
        try month.run(
            ["settlement", "export", "1", "--output", file, "--as", "finance"], at: "03T10:00:00")
        let payments = try month.text(file)
        #expect(payments.contains("6200-0099-9000-0077,999000000029"), "it is paid to the new account")
        #expect(!payments.contains("6200009990000000002"), "and no longer to the old one")
        try month.checkBook()
    }

    @Test("What a settlement leaves is told with the reason, to the bureau and to the merchant")
    func waiting() throws {
        let month = try Month()
        try month.run(["ledger", "set", "settlement.minimum", "1000000", "--as", "admin"], at: "02T12:00:00")
        let build = ["settlement", "build", "--through", "2030-06-02", "--as", "finance", "--json"]
        let built = try month.run(build, at: "03T09:00:00")
        #expect(built.contains("\"lines\":0") && built.contains("低于结算下限"), "\(built)")
        expectRefused(
            try month.attempt(["settlement", "seal", "1", "--as", "finance"], at: "03T09:10:00"),
            "settlement.empty")
        let statement = try month.path("statement.csv") + ".csv"
        try month.run(
            [
                "merchant", "statement", "1", "--from", "2030-06-01", "--through", "2030-06-30", "--output",
                statement,
            ])
        #expect(try month.text(statement).contains("低于结算下限，结转下期"))
        try month.run(["ledger", "set", "settlement.minimum", "1", "--as", "admin"], at: "03T09:20:00")
        try month.run(
            ["merchant", "blacklist", "1", "--evidence", "刷单核查 1", "--as", "merchants"], at: "03T09:30:00")
        let sealed = try month.run(
            ["settlement", "seal", "1", "--as", "finance", "--json"], at: "03T09:40:00")
        #expect(sealed.contains("\"waiting\":[") && sealed.contains("黑名单"), "\(sealed)")
        #expect(!sealed.contains("低于结算下限"))
        let shown = try month.run(["settlement", "show", "1"])
        #expect(shown.contains("未列入") && shown.contains("黑名单"))
        try month.checkBook()
    }

    @Test("The account of a change is no orphan: it is still there when the program starts a day later")
    func changedAccountStays() throws {
        let month = try Month()
        // The vault goes by the clock that the command is given, and each start purges what is older than a day.
        let proposed = try ReceiptDocument(
            try month.folder.run([
                "payee", "change", "2", "--name", "演练书店有限公司", "--account", "6200-0099-9000-0077", "--bank",
                "999000000029", "--evidence", "变更函 1", "--as", "finance", "--json", "--clock",
                "2018-06-02T12:10:00+08:00",
            ]))
        try month.run(
            ["payee", "approve-change", "2", "--change", "\(proposed.event)", "--as", "boss"],
            at: "03T09:21:00")
        let list = try month.run(["payee", "list"])
        #expect(list.contains("0077"))
    }

    @Test("A correction takes subsidy back under today's date, by two persons, and says what it corrects")
    func corrections() throws {
        let month = try Month()
        let propose = [
            "correction", "propose", "2", "5.00", "--reason", "少报五元", "--as", "finance",
        ]
        try month.run(propose, at: "05T09:00:00")
        expectRefused(
            try month.attempt(["correction", "approve", "1", "--as", "finance"], at: "05T09:10:00"),
            "approval.same-person")
        try month.run(["correction", "approve", "1", "--as", "boss"], at: "05T09:11:00")
        expectRefused(
            try month.attempt(
                ["correction", "propose", "2", "15.01", "--reason", "过多"], at: "05T09:12:00"),
            "correction.exceeds")
        let statement = try month.run([
            "merchant", "statement", "2", "--from", "2030-06-05", "--through", "2030-06-05", "--json",
        ])
        #expect(statement.contains("\"total\":-500"), "\(statement)")
        // A refund of the whole bill afterwards gives back the rest of the subsidy, and no more.
        try month.run(["redeem", "refund", "2", "--bill", "60.00", "--as", "till"], at: "05T10:00:00")
        let after = try month.run([
            "merchant", "statement", "2", "--from", "2030-06-01", "--through", "2030-06-05", "--json",
        ])
        #expect(after.contains("\"total\":2000"), "\(after)")
        try month.checkBook()
    }

    @Test("A merchant's statement is a workbook whose lines are events of the log")
    func workbook() throws {
        let month = try Month()
        let (book, lines) = (try month.path("s.xlsx") + ".xlsx", try month.path("s.csv") + ".csv")
        for path in [book, lines] {
            try month.run([
                "merchant", "statement", "2", "--from", "2030-06-01", "--through", "2030-06-30", "--output",
                path,
            ])
        }
        #expect(FileManager.default.contents(atPath: book)?.prefix(2) == Data("PK".utf8))
        let bytes = try #require(FileManager.default.contents(atPath: lines))
        #expect(bytes.starts(with: [0xEF, 0xBB, 0xBF] + Array("业务日期 day,".utf8)))
        #expect(try month.text(lines).contains("订单-2"))
        let again = try month.attempt([
            "merchant", "statement", "2", "--from", "2030-06-01", "--through", "2030-06-30", "--output", book,
        ])
        #expect(again.status == 64 && again.errors.contains("exists already"))
    }
}
