import Foundation
import Testing

@Suite("Reports: figures from the log alone, filed, signed, and months closed behind them")
struct ReportTests {
    typealias Month = SettlementTests.Month

    struct Figures: Decodable {
        struct Sums: Decodable {
            var sales: Int
            var gross: Int64
            var subsidy: Int64
            var refunds: Int
            var refundedSubsidy: Int64
            var corrected: Int64
            var claimed: Int64
            var vouchersReleased: Int
        }
        struct Cell: Decodable {
            var key: String
            var figures: Sums
            var people: Int
        }
        struct Leaf: Decodable {
            var fund: String
            var town: String
            var subsidy: Int64
            var returned: Int64
        }
        var events: UInt64
        var people: Int
        var total: Sums
        var cells: [String: [Cell]]
        var budget: [Leaf]
        var isPublic: Bool
    }

    @Test("The cut-off of the business day is fixed once a report is drafted, though nothing was sold")
    func cutOff() throws {
        let folder = try PracticeFolder()
        func set(_ minutes: String) throws -> Finished {
            try folder.run(
                ["ledger", "set", "business-day.cut-off", minutes, "--clock", "2031-02-01T09:00:00+08:00"])
        }
        try #expect(set("60").status == 0)
        let drafted = try folder.run(
            [
                "report", "draft", "month", "2031-01", "--as", "finance", "--clock",
                "2031-02-02T09:00:00+08:00",
            ])
        #expect(drafted.status == 0, "\(drafted)")
        let events = try folder.eventCount()
        let refused = try folder.run(
            ["ledger", "set", "business-day.cut-off", "0", "--clock", "2031-02-03T09:00:00+08:00"])
        expectRefused(refused, "setting.cut-off-fixed")
        try #expect(folder.eventCount() == events + 1, "the refusal alone is recorded")
    }

    private func figures(_ month: Month, _ period: String = "2030-06", _ more: [String] = []) throws
        -> Figures
    {
        let path = try month.path("figures-\(UUID().uuidString).json") + ".json"
        try month.run(["report", "month", period, "--output", path] + more)
        return try JSONDecoder().decode(Figures.self, from: Data(contentsOf: URL(filePath: path)))
    }

    @Test("What was sold, refunded and corrected is in the month of its day, and in every cut once")
    func month() throws {
        let month = try Month()
        try month.run(["redeem", "refund", "1", "--bill", "40.00", "--as", "till"], at: "03T09:00:00")
        try month.run(
            ["correction", "propose", "2", "5.00", "--reason", "少报五元", "--as", "finance"], at: "30T09:00:00")
        try month.run(["correction", "approve", "1", "--as", "boss"], at: "2030-07-01T09:00:00")
        let june = try figures(month)
        #expect(june.total.vouchersReleased == 8 && june.total.claimed == 8_000 && june.people == 4)
        #expect(june.total.sales == 3 && june.total.gross == 19_000 && june.total.subsidy == 6_000)
        #expect(june.total.refunds == 1 && june.total.refundedSubsidy == 1_000 && june.total.corrected == 0)
        for dimension in ["town", "category", "channel", "outlet", "merchant", "programme", "day", "rural"] {
            let cells = try #require(june.cells[dimension], "\(dimension)")
            #expect(cells.reduce(0) { $0 + $1.figures.sales } == 3, "\(dimension)")
            #expect(cells.reduce(0) { $0 + $1.figures.subsidy } == 6_000, "\(dimension)")
            #expect(cells.reduce(0) { $0 + $1.figures.refundedSubsidy } == 1_000, "\(dimension)")
        }
        #expect(june.cells["day"]?.map(\.key) == ["2030-06-01", "2030-06-02", "2030-06-03"])
        // Two funds pay half each.
        #expect(Set(june.budget.map(\.fund)).count == 2)
        #expect(june.budget.reduce(0) { $0 + $1.subsidy } == 6_000)
        let july = try figures(month, "2030-07")
        #expect(july.total.sales == 0 && july.total.corrected == 500)
        #expect(july.cells["merchant"]?.count == 1, "a correction belongs to the merchant that sold")
        try month.checkBook()
    }

    @Test("A month is drafted, signed by a second person and closed; a restatement says why")
    func filing() throws {
        let month = try Month()
        let (draft, july) = (
            ["report", "draft", "month", "2030-06", "--as", "finance"], "2030-07-01T09:00:00"
        )
        expectRefused(try month.attempt(draft, at: "30T23:59:59"), "report.period-open")
        try month.run(draft, at: july)
        expectRefused(try month.attempt(draft, at: july), "report.restatement-unexplained")
        expectRefused(
            try month.attempt(["report", "sign", "1", "--as", "finance"], at: july), "approval.same-person")
        expectRefused(
            try month.attempt(["report", "close-month", "2030-06", "--as", "finance"], at: july),
            "month.not-signed")
        try month.run(["report", "sign", "1", "--as", "boss"], at: july)
        try month.run(["report", "close-month", "2030-06", "--as", "finance"], at: july)
        let list = try month.run(["report", "list"])
        #expect(list.contains("2030-06-30") && list.contains("signed"), "\(list)")
        // What happens in July changes nothing of June.
        try month.run(
            ["redeem", "4", "--outlet", "YL-0002", "--bill", "60.00", "--order", "订单-4"],
            at: "2030-07-01T09:20:00")
        #expect(try month.run(["report", "check", "1"]).contains("yes"))
        try month.run(draft + ["--note", "口径调整"], at: "2030-07-02T09:00:00")
        expectRefused(
            try month.attempt(["report", "sign", "1", "--as", "boss"], at: "2030-07-02T09:10:00"),
            "report.not-drafted")
        try month.checkBook()
    }

    @Test("A period that is none is refused with what one looks like")
    func periods() throws {
        let folder = try PracticeFolder()
        for (arguments, word) in [
            (["month", "2030-13"], "2018-06"), (["month", "2030-Q1"], "2018-06"),
            (["quarter", "2030-Q5"], "2018-Q2"), (["half-year", "2030-H0"], "2018-H1"),
            (["year", "30"], "2018"), (["draft", "week", "2030-06"], "half-year"),
            (["lines", "month", "2030-06", "--by", "town", "--key", "无此镇", "--output", "x.csv"], "无此镇"),
            (["lines", "month", "2030-06", "--by", "town", "--output", "x.csv"], "--key"),
        ] {
            let refused = try folder.run(["report"] + arguments)
            #expect(refused.status == 64 && refused.errors.contains(word), "\(arguments): \(refused)")
        }
    }

    @Test("Few people are not published, and no small cell")
    func publication() throws {
        let month = try Month()
        let refused = try month.attempt(["report", "month", "2030-06", "--public"])
        #expect(refused.status == 64 && refused.errors.contains("fewer than 10"), "\(refused)")
    }

    @Test("Every form is written once, and never over a file that is there")
    func forms() throws {
        let month = try Month()
        for end in ["xlsx", "html", "csv", "json"] {
            let path = try month.path("june") + "." + end
            try month.run(["report", "month", "2030-06", "--output", path])
            let again = try month.attempt(["report", "month", "2030-06", "--output", path])
            #expect(again.status == 64 && again.errors.contains("exists already"), "\(again)")
            let bytes = try #require(FileManager.default.contents(atPath: path))
            if end == "html" {
                let page = try #require(String(validating: bytes, as: UTF8.self))
                #expect(page.contains("文化消费券月报 2030-06") && page.contains("<svg") && page.contains("60.00"))
            }
        }
        let wrong = try month.attempt(["report", "month", "2030-06", "--output", try month.path("june.pdf")])
        #expect(wrong.status == 64 && wrong.errors.contains(".xlsx"))
    }

    @Test("The events behind a cell are those whose sum it is")
    func lines() throws {
        let month = try Month()
        let path = try month.path("lines") + ".csv"
        let june = try figures(month)
        let cell = try #require(june.cells["outlet"]?.max { $0.figures.sales < $1.figures.sales })
        try month.run([
            "report", "lines", "month", "2030-06", "--by", "outlet", "--key", cell.key, "--output", path,
        ])
        let lines = try month.text(path).split(whereSeparator: \.isNewline)
        #expect(lines.count == 1 + cell.figures.sales && cell.figures.sales == 2)
        #expect(lines.dropFirst().allSatisfy { $0.contains(cell.key) })
    }

    @Test("A sum of regions takes every ledger once, of one period, unchanged")
    func rollUp() throws {
        let month = try Month()
        let (june, july) = (try month.path("a") + ".json", try month.path("b") + ".json")
        try month.run(["report", "month", "2030-06", "--output", june])
        try month.run(["report", "month", "2030-07", "--output", july])
        let sum = ["report", "roll-up", "370700", june]
        #expect(try Program.wenhui.run(sum + ["--json"]).output.contains("\"subsidy\":6000"))
        let elsewhere = try Program.wenhui.run(["report", "roll-up", "510000", june])
        #expect(elsewhere.status == 64 && elsewhere.errors.contains("does not lie in 510000"))
        let twice = try Program.wenhui.run(sum + [june])
        #expect(twice.status == 64 && twice.errors.contains("twice"), "\(twice)")
        let mixed = try Program.wenhui.run(sum + [july])
        #expect(mixed.status == 64 && mixed.errors.contains("2030-07-01"), "\(mixed)")
        let bent = try month.folder.write(
            try month.text(june).replacing("\"gross\":19000", with: "\"gross\": 19000"), to: "bent.json")
        let changed = try Program.wenhui.run(["report", "roll-up", "370700", bent])
        #expect(changed.status == 64 && changed.errors.contains("bent.json"), "\(changed)")
    }

    @Test("Money that is sent back in a later month is neither added to the region's there nor taken off")
    func sentBack() throws {
        struct Event: Decodable { var event: UInt64 }
        let folder = try PracticeFolder()
        func run(_ ledger: String, _ day: String, _ arguments: [String]) throws -> UInt64 {
            let done = try folder.runJSON(
                arguments + ["--ledger", ledger, "--clock", "2030-\(day)T09:00:00+08:00"])
            guard done.status == 0 else { throw ProgramFailure("\(arguments): \(done)") }
            return try JSONDecoder().decode(Event.self, from: Data(done.output.utf8)).event
        }
        let opened = try folder.run(["ledger", "open", "370700", "--name", "潍坊市", "--practice"])
        #expect(opened.status == 0, "\(opened)")
        _ = try run(
            "370700", "06-01",
            [
                "fund", "create", "--level", "city", "--year", "2030", "--treasury", "潍坊市国库", "--document",
                "演练潍财教〔2030〕1号",
            ])
        _ = try run("370700", "06-02", ["fund", "appropriate", "1", "1000.00", "--reference", "演练"])
        let sent = try run("370700", "06-03", ["fund", "remit", "1", "100.00", "--to", "370782"])
        let came = try run(
            "370782", "06-04",
            ["fund", "receive", "1", "100.00", "--from", "370700", "--remittance", "\(sent)"])
        _ = try run("370782", "07-05", ["fund", "send-back", "\(came)"])
        _ = try run("370700", "07-06", ["fund", "take-back", "\(sent)"])
        for (month, received) in [("2030-06", "1000.00"), ("2030-07", "0.00")] {
            var parts: [String] = []
            for ledger in ["370700", "370782"] {
                let path = folder.file("../\(ledger)-\(month).json").standardizedFileURL.path
                let told = try folder.run(["report", "month", month, "--ledger", ledger, "--output", path])
                #expect(told.status == 0, "\(told)")
                parts.append(path)
            }
            let sum = folder.file("../\(month).csv").standardizedFileURL.path
            let told = try Program.wenhui.run(["report", "roll-up", "370000"] + parts + ["--output", sum])
            #expect(told.status == 0, "\(told)")
            let text = try String(contentsOfFile: sum, encoding: .utf8)
            #expect(text.contains("拨入 received,\(received),"), "\(month): \(text)")
        }
    }

    @Test("The calendar says what is owed and what is late; a county writes its own")
    func calendar() throws {
        struct Owed: Decodable {
            struct Row: Decodable {
                var kind: String
                var period: String
                var due: String
                var status: String
                var overdue: Bool
            }
            var overdue: Int
            var reports: [Row]
        }
        let month = try Month()
        func owed(_ more: [String]) throws -> Owed {
            let done = try month.folder.run(["report", "calendar", "--json"] + more)
            guard done.status == 0 else { throw ProgramFailure("\(done)") }
            return try JSONDecoder().decode(Owed.self, from: Data(done.output.utf8))
        }
        let usual = try owed(["--on", "2030-07-11"])
        let june = try #require(usual.reports.first { $0.kind == "month" && $0.period == "2030-06" })
        #expect(june.due == "2030-07-10" && june.status == "to-draft" && june.overdue)
        try month.run(["report", "draft", "month", "2030-06", "--as", "finance"], at: "2030-07-01T09:00:00")
        try month.run(["report", "sign", "1", "--as", "boss"], at: "2030-07-01T09:10:00")
        #expect(
            try owed(["--on", "2030-07-11"]).reports.contains { $0.period == "2030-06" && $0.kind == "month" }
                == false)
        let fixture = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/reports/calendar.yaml").standardizedFileURL.path
        let own = try owed([fixture, "--on", "2030-09-06", "--as", "finance"])
        let deep = own.reports.filter { $0.kind == "quarter" && $0.period >= "2030" }
        #expect(deep.map(\.period) == ["2030-03", "2030-06", "2030-09"], "\(deep)")
        #expect(deep.map(\.due) == ["2030-06-05", "2030-09-05", "2030-12-05"])
        #expect(deep.map(\.overdue) == [true, true, false])
        let bad = try month.folder.write("duties:\n  - report: week\n    due: 31\n", to: "bad.yaml")
        let refused = try month.folder.run(["report", "calendar", bad])
        #expect(
            refused.status == 64 && refused.errors.contains("line 2") && refused.errors.contains("line 3"))
        #expect(
            try owed(["--on", "2030-09-06"]).reports.count == own.reports.count, "a bad file changes nothing")
    }

    private static let june = ["--from", "2030-06-01", "--through", "2030-06-30"]

    @Test(
        "What is written is what the fixture has, to the byte: what is hashed, and what others read",
        arguments: [
            ("figures.json", ["report", "month", "2030-06"]),
            ("figures.html", ["report", "month", "2030-06"]),
            ("lines.csv", ["report", "lines", "month", "2030-06"]),
            ("fund.csv", ["report", "lines", "month", "2030-06", "--fund", "1"]),
            ("days.journal", ["report", "journal"] + june),
            ("events.journal", ["report", "journal", "--detail"] + june),
            ("statement.csv", ["merchant", "statement", "1"] + june),
            ("accounting", ["report", "accounting-data", "2030-06"]),
        ])
    func golden(name: String, command: [String]) throws {
        let month = try Month()
        let written = URL(filePath: try month.path("golden")).deletingLastPathComponent().appending(
            path: name)
        let isFolder = !name.contains(".")
        if isFolder {
            // A month is over once the log has an event of a later one.
            try month.run(
                ["ledger", "set", "settlement.minimum", "1", "--as", "admin"], at: "2030-07-01T09:00:00")
        }
        let done = try month.folder.run(command + ["--output", written.path])
        #expect(done.status == 0, "\(done)")
        let fixtures = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Fixtures/reports").standardizedFileURL
        let names = isFolder ? ["公共档案.xml", "总账.xml"].map { "\(name)/\($0)" } : [name]
        for name in names {
            let (fixture, file) = (
                fixtures.appending(path: name), written.deletingLastPathComponent().appending(path: name)
            )
            let bytes = try Data(contentsOf: file)
            if ProcessInfo.processInfo.environment["WENHUI_RECORD"] != nil {
                try FileManager.default.createDirectory(
                    at: fixture.deletingLastPathComponent(), withIntermediateDirectories: true)
                try bytes.write(to: fixture)
            }
            #expect(try Data(contentsOf: fixture) == bytes, "\(name)")
        }
    }
}
