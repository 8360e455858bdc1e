import LedgerDomain
import LedgerStorage
package import StatementFormats

extension LedgerService {
    /// What an export came to.
    package struct AccountingDataSummary: Sendable {
        /// How many events the log had at the end of its last month.
        package var events: UInt64
        /// How many vouchers (记账凭证) were written.
        package var vouchers: Int
    }

    /// Writes the months of a period that are over for auditors' software, in the manner of GB/T 24589.2-2010.
    ///
    /// - Parameters:
    ///   - detail: one voucher (记账凭证) for each event in place of one for each day.
    ///   - write: takes a piece of a file.
    /// - Throws: ``ServiceError/unsound(_:)`` where the postings of the log do not lead to what the read model holds.
    package func accountingData(
        _ period: ReportPeriod, detail: Bool, write: (AccountingDataFile.Name, String) throws -> Void
    ) throws -> AccountingDataSummary {
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        let open = try firstOpenDay()
        let months = period.months.filter { $0.lastOfMonth < open }
        guard !months.isEmpty else {
            throw ServiceError.invalid("\(period.text) has no month that is over.")
        }
        var book = AccountingBook(ledger, isDetailed: detail)
        var last = try events(from: period.from, through: period.through).lowerBound
        try forEachEvent(0..<last) { (_, event) in book.carry(event.postings) }
        for month in months {
            book.beginMonth()
            let range = try events(from: month, through: month.lastOfMonth)
            while last < range.upperBound {
                for event in try eventPage(from: last, before: range.upperBound) {
                    book.add(last, event, on: event.instant.businessDay(cutOff: cutOff))
                    last += 1
                }
                try write(.generalLedger, book.take())
            }
            book.endMonth(month)
        }
        try check(book, after: last)
        book.end()
        try write(.generalLedger, book.take())
        try write(.common, try commonArchive(months, book))
        return AccountingDataSummary(events: last, vouchers: book.vouchers)
    }

    /// Compares the sums of a book's accounts with the read model's.
    private func check(_ book: AccountingBook, after events: UInt64) throws(ServiceError) {
        let rows = try query { (model) throws(StorageError) in
            try model.trialBalance(afterEvents: events, ledger)
        }
        var sums: [BookColumn: Amount] = [:]
        for (key, amount) in book.balances {
            sums[BookColumn(kind: key.kind, fund: key.fund, owner: 0), default: .zero] += amount
        }
        for row in rows where !row.kind.countsPoints {
            sums[BookColumn(kind: row.kind, fund: row.fund, owner: 0), default: .zero] -= row.amount
        }
        guard let wrong = sums.first(where: { $0.value != .zero }) else { return }
        throw .unsound(
            "the postings of fund \(wrong.key.fund.rawValue) leave the \(wrong.key.kind) accounts \(wrong.value.fen) fen from what the books say"
        )
    }

    /// The file that says what numbers stand for.
    private func commonArchive(
        _ months: [BusinessDay], _ book: AccountingBook
    ) throws(ServiceError) -> String {
        let name = try state { $0.profile?.name ?? "" }
        let (funds, programmes, merchants) = try query { (model) throws(StorageError) in
            (try model.funds(ledger), try model.programmes(ledger), try model.merchants(ledger))
        }
        var file = AccountingDataFile(.common)
        file.append(
            "电子账簿",
            [
                "电子账簿编号": ledger.description, "电子账簿名称": "\(name)文化消费券账簿", "会计核算单位": name,
                "单位性质": "行政事业单位", "行业": "文化和旅游", "开发单位": "文惠", "本位币": "CNY",
                "会计年度": String(months[0].civil.year), "标准版本号": "GB/T 24589.2-2010",
            ])
        for month in months {
            file.append(
                "会计期间",
                [
                    "会计年度": String(month.civil.year), "会计期间号": String(month.civil.month),
                    "会计期间起始日期": month.digits, "会计期间结束日期": month.lastOfMonth.digits,
                ])
        }
        file.append("记账凭证类型", ["记账凭证类型编号": "记", "记账凭证类型名称": "记账凭证", "记账凭证类型简称": "记"])
        file.append("币种", ["币种编码": "CNY", "币种名称": "人民币"])
        var payees: Set<PayeeID> = []
        for merchant in merchants where payees.insert(merchant.row.payee).inserted {
            file.append(
                "供应商档案",
                [
                    "供应商编号": merchant.row.payee.text(in: ledger),
                    "供应商名称": try people.text(merchant.row.payeeName) ?? "",
                    "供应商简称": merchant.row.payeeCreditCode,
                ])
        }
        var values: [(archive: String, code: String, name: String)] = []
        for fund in funds {
            values.append(
                ("资金", fund.id.text(in: ledger), "\(fund.treasury) \(fund.fiscalYear) \(fund.document)"))
        }
        for programme in programmes {
            values.append(("活动", programme.row.id.text(in: ledger), programme.row.name))
        }
        var owners: Set<String> = []
        for key in book.balances.keys.sorted() where key.owner != 0 {
            let owner = key.ownerText(in: ledger)
            guard let archive = AccountTitle.of(key.kind)?.archive, archive != "供应商", archive != "活动",
                owners.insert("\(archive) \(owner)").inserted
            else { continue }
            values.append((archive, owner, ""))
        }
        for archive in ["资金", "活动", "批次", "结算单", "账簿"] {
            file.append("自定义档案项", ["档案编码": archive, "档案名称": archive])
        }
        for value in values {
            file.append(
                "自定义档案值", ["档案编码": value.archive, "档案值编码": value.code, "档案值名称": value.name])
        }
        file.end()
        return file.take()
    }
}
