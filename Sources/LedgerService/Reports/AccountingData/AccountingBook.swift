import LedgerDomain
import StatementFormats

/// The general ledger of some months for auditors' software: vouchers (记账凭证) of each day, balances of each month.
///
/// Accounts are kept by fund and, but for residents' vouchers, by owner: programme, batch, payee, settlement, other ledger.
struct AccountingBook {
    /// What a voucher adds up in one pair of lines.
    private struct Pair: Hashable, Comparable {
        var kind: Posting.Kind
        var undoes: Bool
        var debit: BookColumn
        var credit: BookColumn

        static func < (left: Pair, right: Pair) -> Bool {
            if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
            if left.undoes != right.undoes { return right.undoes }
            return (left.debit, left.credit) < (right.debit, right.credit)
        }
    }

    private struct Sum {
        var amount = Amount.zero
        var events: Set<UInt64> = []
    }

    private struct Turnover {
        var debit = Amount.zero
        var credit = Amount.zero
    }

    private let ledger: LedgerCode
    private let isDetailed: Bool
    private var file = AccountingDataFile(.generalLedger)
    /// What every account holds, on the side that its class is kept on.
    private(set) var balances: [BookColumn: Amount] = [:]
    private var opening: [BookColumn: Amount] = [:]
    private var turnover: [BookColumn: Turnover] = [:]
    private var day: BusinessDay?
    private var pairs: [Pair: Sum] = [:]
    /// The number of the month's last voucher.
    private var number = 0
    private(set) var vouchers = 0

    init(_ ledger: LedgerCode, isDetailed: Bool) {
        self.ledger = ledger
        self.isDetailed = isDetailed
        file.append("总账基础信息", ["结构分隔符": "-", "会计科目编号规则": "4"])
        for title in AccountTitle.all {
            file.append(
                "会计科目",
                [
                    "科目编号": title.code, "科目名称": title.name, "科目级次": "1", "科目类型": title.type,
                    "余额方向": title.kind.isDebitNormal ? "借" : "贷",
                ])
        }
        for title in AccountTitle.all {
            for (place, archive) in ["资金", title.archive].enumerated() {
                guard let archive else { continue }
                file.append(
                    "科目辅助核算",
                    [
                        "科目编号": title.code, "辅助项编号": String(place + 1), "辅助项名称": archive,
                        "对应档案": archive, "辅助项描述": "",
                    ])
            }
        }
    }

    /// What was written since this was asked last.
    mutating func take() -> String { file.take() }

    /// Takes an event from before the first month.
    mutating func carry(_ postings: [Posting]) {
        for posting in postings where !posting.debit.kind.countsPoints { post(posting) }
    }

    /// Begins a month: what the accounts hold now is what they open with.
    mutating func beginMonth() {
        opening = balances
        turnover = [:]
        number = 0
    }

    /// Takes an event of a day.
    mutating func add(_ event: UInt64, _ recorded: Event, on day: BusinessDay) {
        let postings = recorded.postings.filter {
            !$0.debit.kind.countsPoints && $0.amount != .zero
        }
        guard !postings.isEmpty else { return }
        if self.day != day { endDay() }
        self.day = day
        for posting in postings {
            post(posting)
            let (debit, credit) = (
                BookColumn(keeping: posting.debit, posting.fund),
                BookColumn(keeping: posting.credit, posting.fund)
            )
            turnover[debit, default: Turnover()].debit += posting.amount
            turnover[credit, default: Turnover()].credit += posting.amount
            let pair = Pair(kind: posting.kind, undoes: posting.undoes, debit: debit, credit: credit)
            pairs[pair, default: Sum()].amount += posting.amount
            pairs[pair, default: Sum()].events.insert(event)
        }
        if isDetailed { writeVoucher(on: day, by: recorded.principal.name) }
    }

    /// Ends a day: its voucher, where each event has none of its own.
    mutating func endDay() {
        if let day, !pairs.isEmpty { writeVoucher(on: day, by: "文惠") }
        day = nil
    }

    /// Ends a month: what every account opened with, its turnover, and what it holds.
    mutating func endMonth(_ month: BusinessDay) {
        endDay()
        let (year, number, _) = month.civil
        for key in balances.keys.sorted() {
            let (first, last) = (opening[key] ?? .zero, balances[key] ?? .zero)
            let moved = turnover[key]
            guard let title = AccountTitle.of(key.kind), first != .zero || last != .zero || moved != nil
            else { continue }
            file.append(
                "科目余额及发生额",
                [
                    "科目编号": title.code, "辅助项1编号": key.fund.text(in: ledger),
                    "辅助项2编号": key.ownerText(in: ledger), "期初余额方向": key.side(of: first),
                    "期末余额方向": key.side(of: last), "币种编码": "CNY", "会计年度": String(year),
                    "会计期间号": String(number), "期初本币余额": first.size.yuan,
                    "借方本币金额": (moved?.debit ?? .zero).yuan, "贷方本币金额": (moved?.credit ?? .zero).yuan,
                    "期末本币余额": last.size.yuan,
                ])
        }
    }

    mutating func end() { file.end() }

    private mutating func post(_ posting: Posting) {
        for (account, isDebit) in [(posting.debit, true), (posting.credit, false)] {
            let key = BookColumn(keeping: account, posting.fund)
            balances[key, default: .zero] +=
                isDebit == key.kind.isDebitNormal ? posting.amount : -posting.amount
        }
    }

    /// Writes what was added up as the month's next voucher.
    private mutating func writeVoucher(on day: BusinessDay, by maker: String) {
        number += 1
        vouchers += 1
        let (year, month, _) = day.civil
        var place = 0
        for (pair, sum) in pairs.sorted(by: { $0.key < $1.key }) {
            let (first, last) = (sum.events.min() ?? 0, sum.events.max() ?? 0)
            let events = first == last ? "事件 \(first)" : "\(sum.events.count) 笔，事件 \(first) 至 \(last)"
            let text = "\(pair.undoes ? "撤销" : "")\(pair.kind.title)（\(events)）"
            for (key, isDebit) in [(pair.debit, true), (pair.credit, false)] {
                guard let title = AccountTitle.of(key.kind) else { continue }
                place += 1
                file.append(
                    "记账凭证",
                    [
                        "记账凭证日期": day.digits, "会计年度": String(year), "会计期间号": String(month),
                        "记账凭证类型编号": "记", "记账凭证编号": String(number), "记账凭证行号": String(place),
                        "记账凭证摘要": text, "科目编号": title.code, "辅助项1编号": key.fund.text(in: ledger),
                        "辅助项2编号": key.ownerText(in: ledger), "币种编码": "CNY",
                        "借方本币金额": isDebit ? sum.amount.yuan : "0.00",
                        "贷方本币金额": isDebit ? "0.00" : sum.amount.yuan, "附件数": "0", "制单人": maker,
                        "记账人": "文惠", "记账标志": "1", "作废标志": "0",
                    ])
            }
        }
        pairs = [:]
    }
}

extension BookColumn {
    /// The account as the export keeps it: one for all vouchers of residents, for millions tell an accountant nothing.
    fileprivate init(keeping account: Account, _ fund: FundID) {
        self.init(
            kind: account.kind, fund: fund, owner: account.kind == .voucher ? 0 : account.owner)
    }

    /// The owner as the archives number it; empty where there is none.
    func ownerText(in ledger: LedgerCode) -> String {
        owner == 0 ? "" : Account(kind: kind, owner: owner).ownerText(in: ledger) ?? ""
    }

    /// On which side an amount stands: 借, 贷, or 平 for nothing.
    fileprivate func side(of amount: Amount) -> String {
        if amount == .zero { return "平" }
        return (amount > .zero) == kind.isDebitNormal ? "借" : "贷"
    }
}

extension Amount {
    fileprivate var size: Amount { self < .zero ? -self : self }
}
