import Foundation
import LedgerDomain
import Reconciliation

/// 微信支付交易账单: a trade bill of WeChat Pay, 27 columns with a backtick before each field, and a summary that must agree
/// (WeChat Pay, 下载交易账单, format of the trade bill).
///
/// A field begins at a comma that a backtick follows, so goods may have commas in their names.
struct WeChatBillReader: StatementReader {
    /// The columns, by their titles in the bill.
    private enum Column: String, CaseIterable {
        case time = "交易时间"
        case appID = "公众账号ID"
        case merchant = "商户号"
        case subMerchant = "特约商户号"
        case device = "设备号"
        case transaction = "微信订单号"
        case order = "商户订单号"
        case user = "用户标识"
        case kind = "交易类型"
        case state = "交易状态"
        case bank = "付款银行"
        case currency = "货币种类"
        case settled = "应结订单金额"
        case coupon = "代金券金额"
        case refundTransaction = "微信退款单号"
        case refundOrder = "商户退款单号"
        case refunded = "退款金额"
        case couponRefunded = "充值券退款金额"
        case refundKind = "退款类型"
        case refundState = "退款状态"
        case goods = "商品名称"
        case attachment = "商户数据包"
        case fee = "手续费"
        case rate = "费率"
        case bill = "订单金额"
        case refundAsked = "申请退款金额"
        case rateNote = "费率备注"

        var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
    }

    /// What the summary row adds up, and its titles in their order.
    private static let summed: [Column] = [
        .settled, .refunded, .couponRefunded, .fee, .bill, .refundAsked,
    ]
    private static let columns = Column.allCases.count

    private enum Part {
        case header, rows, summary, end
        /// Some other file: what its lines lack says nothing more.
        case other
    }

    private var splitter = LineSplitter()
    private var faults = StatementFaults()
    private var encoding = StatementEncoding()
    private var part = Part.header
    private var statement = Statement(name: StatementImport.name)
    private var days: ClosedRange<BusinessDay>?
    private var sums = [Int64](repeating: 0, count: 6)
    private var rows = 0
    private var fields: [Range<Int>] = []
    private let compared: ComparedAmount
    private let cutOff: Int64
    private let places: [Int]

    init(comparing compared: ComparedAmount, cutOff: Int64) {
        self.compared = compared
        self.cutOff = cutOff
        places = Self.summed.map(\.place)
        fields.reserveCapacity(Self.columns)
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer) throws(RowFaults) {
        var splitter = splitter
        splitter.take(bytes) { line, number in take(line, number) }
        self.splitter = splitter
        if splitter.isBroken {
            faults.add(splitter.next, "", "is longer than any line of a bill")
        }
        if faults.isFull || splitter.isBroken || part == .other { try faults.check() }
    }

    mutating func finish() throws(RowFaults) -> ImportedStatement {
        var splitter = splitter
        splitter.finish { line, number in take(line, number) }
        self.splitter = splitter
        switch part {
        case .header:
            faults.add(1, "", "is no trade bill of WeChat Pay: the file has no line that begins with 交易时间")
        case .rows:
            faults.add(splitter.next, "", "the bill ends without its summary: the download is incomplete")
        case .summary:
            faults.add(splitter.next, "", "the bill ends before its totals: the download is incomplete")
        case .end, .other: break
        }
        try faults.check()
        return ImportedStatement(statement: statement, days: days)
    }

    private mutating func take(_ line: UnsafeRawBufferPointer, _ number: Int) {
        guard line.count > 0, !faults.isFull else { return }
        encoding.notice(line)
        switch part {
        case .header: takeHeader(line, number)
        case .rows:
            if line[0] != UInt8(ascii: "`"), encoding.text(line)?.hasPrefix("总交易单数") == true {
                part = .summary
            } else {
                takeRow(line, number)
            }
        case .summary: takeSummary(line, number)
        case .end: faults.add(number, "", "stands behind the summary; a bill ends with it")
        case .other: break
        }
    }

    private mutating func takeHeader(_ line: UnsafeRawBufferPointer, _ number: Int) {
        let titles = StatementBytes.text(line)?.split(separator: ",", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
        let expected = Column.allCases.map(\.rawValue)
        guard let titles, titles.first == expected.first else {
            faults.add(
                number, "",
                "is not the header of WeChat Pay's trade bill, which begins with 交易时间; another file needs a mapping"
            )
            part = .other
            return
        }
        part = .rows
        for (place, title) in expected.enumerated() where place >= titles.count || titles[place] != title {
            let found = place < titles.count ? "“\(titles[place])”" : "nothing"
            faults.add(number, title, "is column \(place + 1) of a trade bill; here stands \(found)")
            part = .other
            break
        }
        if titles.count > expected.count {
            faults.add(number, titles[expected.count], "is a column that a trade bill does not have")
            part = .other
        }
    }

    /// Finds the fields of a line; `false` where it has another number of them.
    private mutating func split(_ line: UnsafeRawBufferPointer, _ number: Int, count: Int) -> Bool {
        fields.removeAll(keepingCapacity: true)
        let tick = UInt8(ascii: "`"), comma = UInt8(ascii: ",")
        guard line[0] == tick else {
            faults.add(number, "", "does not begin with a backtick, as the rows of a bill do")
            return false
        }
        var start = 1, place = 1
        let end = line.count - 1
        while place < end {
            if line[place] == comma, line[place + 1] == tick {
                fields.append(start..<place)
                place += 2
                start = place
            } else {
                place += 1
            }
        }
        fields.append(start..<line.count)
        guard fields.count == count else {
            faults.add(number, "", "has \(fields.count) fields; \(count) are due")
            return false
        }
        return true
    }

    private func field(_ column: Column, of line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[fields[column.place]]))
    }

    private mutating func amount(
        _ place: Int, of line: UnsafeRawBufferPointer, _ number: Int
    ) -> Int64 {
        let bytes = StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[fields[place]]))
        guard bytes.count > 0 else { return 0 }
        do throws(StatementBytes.AmountProblem) {
            return try StatementBytes.amount(bytes)
        } catch {
            let text = StatementBytes.text(bytes) ?? "?"
            faults.add(number, Column.allCases[place].rawValue, "“\(text)” \(error.meaning)")
            return 0
        }
    }

    private mutating func takeRow(_ line: UnsafeRawBufferPointer, _ number: Int) {
        guard split(line, number, count: Self.columns) else { return }
        rows += 1
        var amounts = (
            settled: Int64(0), refunded: Int64(0), couponRefunded: Int64(0), bill: Int64(0), asked: Int64(0)
        )
        for (index, place) in places.enumerated() {
            // A fee has five decimals in some bills, and is none of our business.
            if place == Column.fee.place { continue }
            let value = amount(place, of: line, number)
            sums[index] &+= value
            switch index {
            case 0: amounts.settled = value
            case 1: amounts.refunded = value
            case 2: amounts.couponRefunded = value
            case 4: amounts.bill = value
            default: amounts.asked = value
            }
        }
        let currency = field(.currency, of: line)
        if currency.count > 0, !currency.elementsEqual("CNY".utf8) {
            faults.add(number, Column.currency.rawValue, "is not CNY")
        }
        guard let time = StatementBytes.time(field(.time, of: line)), let second = time.second else {
            let text = StatementBytes.text(field(.time, of: line)) ?? "?"
            faults.add(number, Column.time.rawValue, "“\(text)” is no time such as 2018-06-02 10:00:00")
            return
        }
        let order = field(.order, of: line)
        guard order.count > 0 else {
            faults.add(number, Column.order.rawValue, "is empty")
            return
        }
        let state = field(.state, of: line)
        let isRefund = state.elementsEqual("REFUND".utf8)
        guard isRefund || state.elementsEqual("SUCCESS".utf8) || state.elementsEqual("REVOKED".utf8) else {
            let text = StatementBytes.text(state) ?? "?"
            faults.add(
                number, Column.state.rawValue, "“\(text)” is not known; allowed: SUCCESS, REFUND, REVOKED")
            return
        }
        let day = Instant(microseconds: Int64(second) * 1_000_000).businessDay(cutOff: cutOff)
        days = days.map { min($0.lowerBound, day)...max($0.upperBound, day) } ?? day...day
        let value: Int64 =
            switch (compared, isRefund) {
            case (.bill, false): amounts.bill
            case (.paid, false): amounts.settled
            case (.coupon, false): coupon(line, number)
            // Some bills write refunds below zero.
            case (.bill, true): -abs(amounts.asked)
            case (.paid, true): -abs(amounts.refunded)
            case (.coupon, true): -abs(amounts.couponRefunded)
            }
        let hasFailed =
            isRefund
            ? !field(.refundState, of: line).elementsEqual("SUCCESS".utf8)
            : state.elementsEqual("REVOKED".utf8)
        let device = field(.device, of: line)
        let place = device.count == 0 ? 0 : statement.number(ofPlace: encoding.text(device) ?? "")
        let encoding = encoding
        encoding.withUTF8(order) { order in
            statement.append(
                reference: order, amount: value, day: day.days, second: second, place: place, line: number,
                kind: isRefund ? .refund : .sale, outcome: hasFailed ? .failed : .succeeded)
        }
    }

    private mutating func coupon(_ line: UnsafeRawBufferPointer, _ number: Int) -> Int64 {
        amount(Column.coupon.place, of: line, number)
    }

    private mutating func takeSummary(_ line: UnsafeRawBufferPointer, _ number: Int) {
        part = .end
        guard split(line, number, count: 1 + Self.summed.count) else { return }
        let told = StatementBytes.text(
            StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[fields[0]])))
        if told.flatMap({ Int($0) }) != rows {
            faults.add(number, "总交易单数", "says \(told ?? "?"); the bill has \(rows) rows")
        }
        for (index, column) in Self.summed.enumerated() where column != .fee {
            let bytes = StatementBytes.trimmed(UnsafeRawBufferPointer(rebasing: line[fields[index + 1]]))
            let title = "\(column.rawValue)合计"
            guard let total = try? StatementBytes.amount(bytes) else {
                faults.add(number, title, "“\(StatementBytes.text(bytes) ?? "?")” is not an amount")
                continue
            }
            if total != sums[index] {
                faults.add(
                    number, title,
                    "says \(Amount(fen: total).yuan); the rows come to \(Amount(fen: sums[index]).yuan)")
            }
        }
    }
}
