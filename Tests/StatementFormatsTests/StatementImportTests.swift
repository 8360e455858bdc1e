import Foundation
import LedgerDomain
import LedgerTesting
import Reconciliation
import StatementFormats
import Testing

@Suite("Statements as they really arrive")
struct StatementImportTests {
    private static func read(
        _ bytes: [UInt8], as format: StatementImport.Format, pieces: Int = 1 << 20
    ) throws -> ImportedStatement {
        var statement = StatementImport(format, cutOff: 0)
        var start = 0
        while start < bytes.count {
            let end = min(start + pieces, bytes.count)
            try bytes[start..<end].withUnsafeBytes { try statement.take($0) }
            start = end
        }
        return try statement.finish()
    }

    /// As gzip packs it.
    private static func packed(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(atPath: file.path + ".gz") }
        let gzip = Process()
        gzip.executableURL = URL(filePath: "/usr/bin/env")
        gzip.arguments = ["gzip", "-n", file.path]
        try gzip.run()
        gzip.waitUntilExit()
        return [UInt8](try Data(contentsOf: URL(filePath: file.path + ".gz")))
    }

    private static func mapping(_ name: String) throws -> StatementImport.Format {
        .mapped(try StatementMapping(fixture("mappings/\(name).yaml")))
    }

    private func faults(_ text: String, as format: StatementImport.Format = .weChat(.bill)) -> [String] {
        do {
            _ = try Self.read(Array(text.utf8), as: format)
            return []
        } catch let error as RowFaults {
            return error.faults.map { "\($0.row) \($0.field)" }
        } catch {
            return ["\(error)"]
        }
    }

    private func bill() throws -> String {
        String(decoding: try fixture("statements/wechat.csv"), as: UTF8.self)
    }

    @Test("A WeChat bill's rows are read to the fen, refunds below zero whatever their sign")
    func weChat() throws {
        let lines = try Self.read(fixture("statements/wechat.csv"), as: .weChat(.bill)).statement.lines
        #expect(lines.map(\.amount) == [12_000, 8_000, 123_450, -4_000, -500, 1_200])
        #expect(lines.map(\.kind) == [.sale, .sale, .sale, .refund, .refund, .sale])
        #expect(lines.map(\.outcome).filter { $0 == .failed }.count == 1 && lines[5].outcome == .failed)
        #expect(lines[0].reference == "20180602-0001" && lines[1].place == "YL-0002")
        #expect(lines.map(\.line) == [2, 3, 4, 5, 6, 7])
        #expect(lines.map(\.day) == [17_684, 17_684, 17_684, 17_685, 17_685, 17_685])
        #expect(lines[0].second == 1_527_937_200)
        let paid = try Self.read(fixture("statements/wechat.csv"), as: .weChat(.paid)).statement.lines
        #expect(paid.map(\.amount) == [9_000, 6_000, 123_450, -3_000, -500, 1_200])
        let coupons = try Self.read(fixture("statements/wechat.csv"), as: .weChat(.coupon)).statement.lines
        #expect(coupons.map(\.amount) == [3_000, 2_000, 0, -1_000, 0, 0])
    }

    @Test("However the file is cut into pieces, the lines and the hashes are the same", arguments: 1..<60)
    func pieces(_ size: Int) throws {
        for (name, format) in [
            ("wechat.csv", StatementImport.Format.weChat(.bill)),
            ("alipay-gb18030.csv", try Self.mapping("alipay")),
            ("unionpay.txt", try Self.mapping("unionpay")),
        ] {
            let bytes = try fixture("statements/\(name)")
            let whole = try Self.read(bytes, as: format)
            let cut = try Self.read(bytes, as: format, pieces: size)
            #expect(cut.statement.lines == whole.statement.lines && cut.digest == whole.digest)
        }
    }

    @Test("A bill that lies, is cut off, or is no bill is refused by line and column")
    func badBills() throws {
        let bill = try bill()
        #expect(faults(bill.replacing("`6,`1396.50", with: "`7,`1396.50")) == ["9 总交易单数"])
        #expect(faults(bill.replacing("`6,`1396.50", with: "`6,`1396.51")) == ["9 应结订单金额合计"])
        #expect(faults(bill.replacing("`1446.50", with: "`1446.49")) == ["9 订单金额合计"])
        let lines = bill.split(separator: "\r\n", omittingEmptySubsequences: false)
        for kept in 1...8 {
            #expect(faults(lines.prefix(kept).joined(separator: "\r\n")) != [], "\(kept) lines are a bill")
        }
        #expect(faults(String(bill.dropLast(30))) != [])
        #expect(faults(bill + "`x") == ["10 "])
        #expect(faults(bill.replacing("`120.00,`0.00,`", with: "`120.005,`0.00,`")).contains("2 订单金额"))
        #expect(faults(bill.replacing("2018-06-02 19:00:00", with: "2018-06-31 19:00:00")) == ["2 交易时间"])
        #expect(faults(bill.replacing("2018-06-02 19:00:00", with: "2018-06-02 07:00 PM")) == ["2 交易时间"])
        #expect(faults(bill.replacing("`SUCCESS,`OTHERS", with: "`LOST,`OTHERS")).first == "2 交易状态")
        #expect(faults(bill.replacing("`CNY", with: "`HKD")).count == 6)
        #expect(faults("交易时间,商户号\r\n") != [])
        #expect(faults("hello\r\n") == ["1 "] && faults("") == ["1 "])
        #expect(faults(bill.replacing("交易时间,公众账号ID", with: "交易时间,账号")) == ["1 公众账号ID"])
    }

    @Test("Line ends, a missing byte order mark and a missing last line end change nothing")
    func lineEnds() throws {
        let mixed = try bill().split(separator: "\r\n", omittingEmptySubsequences: false).enumerated().map {
            $1 + ["\r\n", "\n", "\r"][$0 % 3]
        }.joined()
        let plainLines = try Self.read(Array(try bill().utf8), as: .weChat(.bill)).statement.lines
        #expect(
            try Self.read(Array(mixed.utf8), as: .weChat(.bill)).statement.lines.map(\.reference)
                == plainLines.map(\.reference))
        let bill = try bill()
        let lines = try Self.read(Array(bill.utf8), as: .weChat(.bill)).statement.lines
        for other in [
            bill.replacing("\r\n", with: "\n"), bill.replacing("\r\n", with: "\r"),
            String(bill.dropFirst()), bill.replacing("\r\n", with: "\n").trimmingCharacters(in: .newlines),
        ] {
            #expect(try Self.read(Array(other.utf8), as: .weChat(.bill)).statement.lines == lines)
        }
    }

    @Test(
        "Chinese references are the same in GB 18030 and in UTF-8, also where a field alone could be either")
    func chineseReferences() throws {
        // 模 is C4 A3 in GB 18030, which is ģ in UTF-8.
        let text =
            "订单号|交易金额|交易时间|终端号|应答码|交易类型\n模|5000|20180602180000|模|00|消费\n订单-1|1|20180602180000|模|00|退货\nTOTAL|2|5001\n"
        let gb18030 = String.Encoding(rawValue: 0x8000_0632)
        let encoded = try #require(text.data(using: gb18030))
        for bytes in [Array(text.utf8), [UInt8](encoded)] {
            let lines = try Self.read(bytes, as: Self.mapping("unionpay")).statement.lines
            #expect(lines.map(\.reference) == ["模", "订单-1"] && lines.map(\.place) == ["模", "模"])
            #expect(lines.map(\.kind) == [.sale, .refund])
        }
        let bill = try bill().replacing("`20180602-0001", with: "`模")
        let data = try #require(String(bill.drop { $0 == "\u{FEFF}" }).data(using: gb18030))
        #expect(try Self.read([UInt8](data), as: .weChat(.bill)).statement.lines[0].reference == "模")
    }

    @Test("Alipay's GB 18030 with comments and tabs, and UnionPay's fen by bars, are read by their mappings")
    func mappings() throws {
        let alipay = try Self.read(
            fixture("statements/alipay-gb18030.csv"), as: Self.mapping("alipay"))
        #expect(alipay.statement.lines.map(\.amount) == [6_600, 13_200, -6_600])
        #expect(alipay.statement.lines.map(\.kind) == [.sale, .sale, .refund])
        #expect(alipay.statement.lines[1].reference == "20180602-0102" && alipay.skipped == 7)
        #expect(alipay.statement.lines.map(\.place) == ["YL-0003", "YL-0003", "YL-0003"])
        let union = try Self.read(fixture("statements/unionpay.txt"), as: Self.mapping("unionpay"))
        #expect(union.statement.lines.map(\.amount) == [5_000, 7_000, -1_000])
        #expect(union.statement.lines.map(\.outcome) == [.succeeded, .failed, .succeeded])
        #expect(union.days?.upperBound.text == "2018-06-03")
        let orders = try Self.read(
            Array(
                "订单号,消费金额,时间,网点,状态,退款金额\nA,100.00,2018-06-02 10:00,Y,已完成,30.00\nB,,2018年6月2日 11时05分,Y,已退款,5\n"
                    .utf8), as: Self.mapping("merchant-orders"))
        #expect(orders.statement.lines.map(\.amount) == [10_000, -3_000, -500])
        #expect(orders.statement.lines.map(\.kind) == [.sale, .refund, .refund])
        let cut = try fixture("statements/unionpay.txt").dropLast(14)
        #expect(throws: RowFaults.self) { try Self.read(Array(cut), as: Self.mapping("unionpay")) }
    }

    @Test("gzip is unpacked; the provider's SHA-1 is of the text, the file's SHA-256 of what came")
    func gzip() throws {
        let bytes = try fixture("statements/wechat.csv")
        let packed = try Self.packed(bytes)
        let plain = try Self.read(bytes, as: .weChat(.bill))
        for pieces in [1, 7, 1 << 20] {
            let unpacked = try Self.read(packed, as: .weChat(.bill), pieces: max(2, pieces))
            #expect(unpacked.statement.lines == plain.statement.lines)
            #expect(unpacked.providerDigest == plain.providerDigest && unpacked.digest != plain.digest)
        }
        for damaged in [Array(packed.dropLast(9)), packed.enumerated().map { $0 == 200 ? $1 ^ 1 : $1 }] {
            #expect(throws: RowFaults.self) { try Self.read(damaged, as: .weChat(.bill)) }
        }
    }

    @Test(
        "A mapping that cannot be meant is refused with its line",
        arguments: [
            ("name: x\n", "columns"), ("columns: {reference: a, amount: b, time: c}\n", "name"),
            ("name: x\ncolumns: {reference: a, amount: b}\n", "line 2, columns.time"),
            ("name: x\nunit: dollars\ncolumns: {reference: a, amount: b, time: c}\n", "line 2, unit"),
            (
                "name: x\nend: [T]\ntotals: [\"T,{all}\"]\ncolumns: {reference: a, amount: b, time: c}\n",
                "line 3, totals"
            ),
            (
                "name: x\nend: [T]\ntotals: [\"T,{rows}{net}\"]\ncolumns: {reference: a, amount: b, time: c}\n",
                "line 3, totals"
            ),
            (
                "name: x\nend: [T]\ntotals: [T]\ncolumns: {reference: a, amount: b, time: c}\n",
                "line 3, totals"
            ),
            (
                "name: x\nend: [T]\ntotals: [\"{rows} T\"]\ncolumns: {reference: a, amount: b, time: c}\n",
                "line 3, totals"
            ),
            (
                "name: x\ntotals: [\"T,{rows}\"]\ncolumns: {reference: a, amount: b, time: c}\n",
                "line 2, totals"
            ),
            ("name: x\nrefunds: [退款]\ncolumns: {reference: a, amount: b, time: c}\n", "line 3, columns"),
        ])
    func badMappings(_ text: String, _ place: String) {
        #expect {
            _ = try StatementMapping(text.utf8)
        } throws: { error in
            "\(error)".contains(place)
        }
    }

    @Test(
        "However a file is damaged, it is read or refused, and never takes the program down", arguments: 0..<8
    )
    func damaged(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bill = try fixture("statements/wechat.csv")
        let packed = try Self.packed(bill)
        let mapped = Array(
            "订单号|交易金额|交易时间|终端号|应答码|交易类型\n\"A\"\"1\"|100|20180602100000|01|00|消费\nTOTAL|1|100\n".utf8)
        let files: [([UInt8], StatementImport.Format)] = [
            (bill, .weChat(.bill)), (packed, .weChat(.bill)), (mapped, try Self.mapping("unionpay")),
            (try fixture("statements/camt053-02.xml"), .camt),
        ]
        let signs = Array(",|`\"\n\r\0<>&;".utf8)
        for _ in 0..<200 {
            for (whole, format) in files {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
                    switch Int.random(in: 0..<4, using: &random) {
                    case 0: bytes.removeSubrange(place..<min(bytes.count, place + 40))
                    case 1: bytes.insert(contentsOf: bytes.prefix(place).suffix(60), at: place)
                    case 2: bytes.insert(signs.randomElement(using: &random) ?? 0, at: place)
                    default:
                        if place < bytes.count { bytes[place] ^= UInt8.random(in: 1...255, using: &random) }
                    }
                }
                let pieces = Int.random(in: 4...5_000, using: &random)
                let read = Result { try Self.read(bytes, as: format, pieces: pieces) }
                let again = Result { try Self.read(bytes, as: format) }
                switch (read, again) {
                case (.success(let one), .success(let other)):
                    #expect(one.statement.lines == other.statement.lines && one.digest == other.digest)
                case (.failure(let one), .failure(let other)):
                    // Which fault is told may depend on how much of a damaged gzip file was unpacked before.
                    #expect(one is RowFaults && other is RowFaults)
                default: Issue.record("cut into pieces of \(pieces) it is read otherwise")
                }
            }
        }
    }

    @Test("Dates in another order, a clock in a column of its own, and an encoding are said by the mapping")
    func otherDates() throws {
        func mapping(_ dates: String, _ more: String = "") throws -> StatementImport.Format {
            .mapped(
                try StatementMapping(
                    "name: x\ndates: \(dates)\n\(more)columns: {reference: a, amount: b, time: c, clock: d}\n"
                        .utf8))
        }
        let rows = "a,b,c,d\n订单,1,02/06/2018,10:05:00\n订单-2,1,03.06.2018,23:59\n"
        let read = try Self.read(Array(rows.utf8), as: mapping("day-month-year")).statement.lines
        #expect(read.map(\.day) == [17_684, 17_685] && read[0].second == 1_527_905_100)
        let american = rows.replacing("02/06", with: "06/02").replacing("03.06", with: "06/03")
        let lines = try Self.read(Array(american.utf8), as: mapping("month-day-year")).statement.lines
        #expect(lines.map(\.day) == read.map(\.day) && lines.map(\.second) == read.map(\.second))
        for format in [try mapping("year-month-day"), try mapping("month-day-year")] {
            #expect(faults(rows.replacing("02/06", with: "22/06"), as: format).first == "2 c")
        }
        // Two bytes that are a character in either: what the mapping says holds.
        let bytes = Array("a,b,c,d\n".utf8) + [0xC2, 0xA9] + Array(",1,02/06/2018,10:05\n".utf8)
        let told = try ["utf-8", "gb18030"].map {
            try Self.read(bytes, as: mapping("day-month-year", "encoding: \($0)\n")).statement.lines[0]
                .reference
        }
        #expect(told == ["©", "漏"])
    }

    @Test("The mapping that shows everything reads a file that has everything")
    func everything() throws {
        let text =
            "#演练银行流水\n摘要,收入金额,支出金额,交易日期,交易时间,终端号,状态\n'订单-1,\"1,234.50\",,02/06/2018,19:00:00,POS1,入账\n"
            + "'订单-2,,5.00,02/06/2018,19:05:00,POS1,退回\n'订单-3,1.00,,02/06/2018,19:06:00,POS1,失败\n"
            + "'订单-4,1.00,,02/06/2018,19:07:00,POS1,冲正\n合计,1234.50,-5.00,,,,\n"
        let bytes = [UInt8](try #require(text.data(using: String.Encoding(rawValue: 0x8000_0632))))
        let imported = try Self.read(bytes, as: Self.mapping("bank"))
        let lines = imported.statement.lines
        #expect(lines.map(\.reference) == ["订单-1", "订单-2", "订单-3"])
        #expect(lines.map(\.amount) == [123_450, -500, 100])
        #expect(lines.map(\.outcome) == [.succeeded, .succeeded, .failed])
        #expect(lines.map(\.second) == [0, 300, 360].map { 1_527_937_200 + $0 } && imported.skipped == 3)
    }

    @Test("What a file says that its rows come to must be so, in the unit and the signs of the file")
    func totals() throws {
        let union = try String(decoding: fixture("statements/unionpay.txt"), as: UTF8.self)
        let mapping = try Self.mapping("unionpay")
        let total = "TOTAL|3|6000"
        #expect(union.contains(total) && faults(union, as: mapping) == [])
        for same in [
            "TOTAL|３| 6,000 ", "TOTAL|3|6000|", "TOTAL|3|6000\nTOTAL|3|6000\n", "TOTAL|3|\"6,000\"|x",
        ] {
            #expect(faults(union.replacing(total, with: same), as: mapping) == [], "\(same)")
        }
        for (lie, told) in [
            ("TOTAL|4|6000", ["5 {rows}"]), ("TOTAL|3|6001", ["5 {turnover}"]),
            ("TOTAL|2|600", ["5 {rows}", "5 {turnover}"]), ("TOTAL|3|", ["5 {turnover}"]),
            ("TOTAL|3", ["6 totals"]), ("TOTAL", ["6 totals"]), ("TOTAL|3|6000\nTOTAL|3|1", ["6 {turnover}"]),
            ("TOTAL|4|6000\nTOTAL|3|1", ["5 {rows}", "6 {turnover}"]),
        ] {
            #expect(faults(union.replacing(total, with: lie), as: mapping) == told, "\(lie)")
        }
        // What failed moved nothing.
        #expect(faults(union.replacing("|7000|", with: "|7001|"), as: mapping) == [])
        #expect(faults(union.replacing("|5000|", with: "|5001|"), as: mapping) == ["5 {turnover}"])
        #expect(faults(union.replacing("|7000|", with: "|7x00|"), as: mapping) == ["3 交易金额"])
    }

    @Test(
        "Totals of Alipay's are counts, of a bank's quoted amounts; a file below zero is taken at its signs")
    func otherTotals() throws {
        let gb18030 = String.Encoding(rawValue: 0x8000_0632)
        let alipay = try #require(
            String(data: Data(fixture("statements/alipay-gb18030.csv")), encoding: gb18030))
        let theirs = try Self.mapping("alipay")
        #expect(faults(alipay, as: theirs) == [])
        #expect(faults(alipay.replacing("交易合计：2笔", with: "交易合计：3笔"), as: theirs) == ["10 {sales}"])
        #expect(faults(alipay.replacing("退款合计：1笔", with: "退款合计：１笔"), as: theirs) == [])
        #expect(faults(alipay.replacing("#退款合计", with: "#"), as: theirs) == ["12 totals"])
        let both = alipay.replacing("易合计：2笔", with: "易合计：x笔").replacing("款合计：1笔", with: "款合计：0笔")
        #expect(faults(both, as: theirs) == ["10 {sales}", "11 {refunds}"])

        let bank = try Self.mapping("bank")
        let rows =
            "摘要,收入金额,支出金额,交易日期,交易时间,终端号,状态\n'A,\"1,005.50\",0.00,02/06/2018,19:00,POS1,入账\n"
            + "'B,0.00,5.00,02/06/2018,19:00,POS1,退回\n"
        func read(_ total: String) throws -> [Int64] {
            let bytes = try #require((rows + total).data(using: gb18030))
            return try Self.read([UInt8](bytes), as: bank).statement.lines.map(\.amount)
        }
        for total in ["合计,1005.50,5.00", "合计 ,\"1,005.50\",-5.00,,,,\n"] {
            #expect(try read(total) == [100_550, -500])
        }
        #expect {
            try read("合计,1050.50,5.00")
        } throws: { "\($0)".contains("says 1050.50; the rows come to 1005.50") }

        let negated = StatementImport.Format.mapped(
            try StatementMapping(
                "name: x\nend: [T]\nnegated: true\ntotals: [\"T,{net},{sold}\"]\ncolumns: {reference: a, amount: b, time: c}\n"
                    .utf8))
        let signed = "a,b,c\n1,-5.50,2018-06-02\n2,1.00,2018-06-02\nT,-4.50,-5.50\n"
        #expect(faults(signed, as: negated) == [])
        #expect(faults(signed.replacing("T,-", with: "T,"), as: negated) == ["4 {net}"])
        // Two columns at their limit, and many of them, are more than a machine's number holds.
        let huge = String(repeating: "1,-9999999999999.99,2018-06-02\n", count: 10_000)
        #expect(faults("a,b,c\n" + huge + "T,1,1\n", as: negated) == ["10002 {net}", "10002 {sold}"])
    }

    @Test("A quotation mark that never closes is told by its line, however long the file goes on")
    func unclosedQuote() throws {
        let row = "B-1|100|20180602100000|01|00|消费\n"
        let text =
            "订单号|交易金额|交易时间|终端号|应答码|交易类型\n" + row + "\"B-2|100|20180602100000|01|00|消费\n"
            + String(repeating: row, count: 20_000) + "TOTAL|20002|2000200\n"
        // The rows behind it are read again, the total among them: nothing else is wrong.
        #expect(faults(text, as: try Self.mapping("unionpay")) == ["3 "])
    }

    @Test("A file that unpacks to more than is taken is refused before it is read to its end")
    func limited() throws {
        let bill = try fixture("statements/wechat.csv")
        let packed = try Self.packed(bill)
        _ = try StatementImport.read(packed, as: .weChat(.bill), cutOff: 0, limit: 1 << 20)
        #expect(throws: RowFaults.self) {
            try StatementImport.read(packed, as: .weChat(.bill), cutOff: 0, limit: bill.count / 2)
        }
    }
}
