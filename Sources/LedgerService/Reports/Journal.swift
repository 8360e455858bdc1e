import LedgerDomain

/// The book as a journal for hledger: an entry per day, fund and kind of posting, or one per event, with balance assertions.
///
/// Debits are positive. Money is in CNY, points in PT. Each day ends with what every account class holds, so that
/// `hledger check` adds the whole book up again.
struct Journal: Sendable {
    /// What is added up in one entry.
    private struct Entry: Hashable, Comparable {
        var kind: Posting.Kind
        var undoes: Bool
        var fund: FundID
        var debit: Account.Kind
        var credit: Account.Kind

        static func < (left: Entry, right: Entry) -> Bool {
            (left.fund, left.kind.rawValue, left.undoes ? 1 : 0, left.debit.rawValue, left.credit.rawValue)
                < (
                    right.fund, right.kind.rawValue, right.undoes ? 1 : 0, right.debit.rawValue,
                    right.credit.rawValue
                )
        }
    }

    private let ledger: LedgerCode
    private let isDetailed: Bool
    /// What every class of accounts holds, debits positive.
    private(set) var balances: [BookColumn: Int64] = [:]
    private var day: BusinessDay?
    private var sums: [Entry: (fen: Int64, events: Set<UInt64>)] = [:]
    private var touched: Set<BookColumn> = []
    private var text = ""

    init(_ ledger: LedgerCode, isDetailed: Bool) {
        self.ledger = ledger
        self.isDetailed = isDetailed
    }

    /// What was written since this was asked last.
    mutating func take() -> String {
        defer { text = "" }
        return text
    }

    mutating func writeHead(_ title: String, from: BusinessDay, through: BusinessDay, events: UInt64) {
        text += "; \(title) (\(ledger)), \(from.text) – \(through.text), \(events) events 事件\n"
        text += "; Debits are positive. hledger -f FILE check; hledger -f FILE balance\n\n"
        text += "commodity 1000.00 CNY\ncommodity 1000. PT\n\n"
    }

    /// What the accounts hold before the first day.
    mutating func open(_ rows: [(kind: Account.Kind, fund: FundID, amount: Amount)], on day: BusinessDay) {
        for row in rows where row.amount != .zero {
            balances[BookColumn(kind: row.kind, fund: row.fund, owner: 0), default: 0] +=
                row.kind.isDebitNormal ? row.amount.fen : -row.amount.fen
        }
        guard !balances.isEmpty else { return }
        text += "\(day.text) opening balances 期初余额\n"
        for (column, fen) in balances.sorted(by: { $0.key < $1.key }) {
            // A journal in detail opens with classes: their owners are told as they are touched.
            text += "    \(name(column, isDetailed ? "opening" : nil))  \(money(fen, column.kind))\n"
        }
        text += "\n"
    }

    /// Takes an event's postings.
    mutating func add(_ number: UInt64, _ event: Event, on day: BusinessDay) {
        let postings = event.postings
        guard !postings.isEmpty else { return }
        if self.day != day { endDay() }
        self.day = day
        for posting in postings {
            for (account, sign) in [(posting.debit, Int64(1)), (posting.credit, -1)] {
                let column = BookColumn(kind: account.kind, fund: posting.fund, owner: 0)
                balances[column, default: 0] += sign * posting.amount.fen
                touched.insert(column)
            }
            let entry = Entry(
                kind: posting.kind, undoes: posting.undoes, fund: posting.fund, debit: posting.debit.kind,
                credit: posting.credit.kind)
            sums[entry, default: (0, [])].fen += posting.amount.fen
            sums[entry, default: (0, [])].events.insert(number)
        }
        if isDetailed { writeDetail(number, event, postings, day) }
    }

    private mutating func writeDetail(
        _ number: UInt64, _ event: Event, _ postings: [Posting], _ day: BusinessDay
    ) {
        let kinds = postings.map { $0.undoes ? "undo \($0.kind)" : "\($0.kind)" }
        let names = kinds.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        text += "\(day.text) \(names.joined(separator: ", "))  ; event:\(number)\n"
        for posting in postings {
            for (account, sign) in [(posting.debit, Int64(1)), (posting.credit, -1)] {
                let column = BookColumn(kind: account.kind, fund: posting.fund, owner: account.owner)
                text +=
                    "    \(name(column, account.ownerText(in: ledger)))  \(money(sign * posting.amount.fen, column.kind))\n"
            }
        }
        text += "\n"
    }

    /// Ends a day: its entries, and what the classes that they touched hold then.
    mutating func endDay() {
        guard let day else { return }
        if !isDetailed {
            for (entry, sum) in sums.sorted(by: { $0.key < $1.key }) where sum.fen != 0 {
                text +=
                    "\(day.text) \(entry.undoes ? "undo " : "")\(entry.kind)  ; events:\(sum.events.count)\n"
                let sides = [(entry.debit, sum.fen), (entry.credit, -sum.fen)]
                for (kind, fen) in sides {
                    text +=
                        "    \(name(BookColumn(kind: kind, fund: entry.fund, owner: 0), nil))  \(money(fen, kind))\n"
                }
                text += "\n"
            }
        }
        text += "\(day.text) balances 日终余额\n"
        for column in touched.sorted() {
            let fen = balances[column] ?? 0
            // With a star, every account below the class is taken in.
            let sign = isDetailed ? "=*" : "="
            text +=
                "    \(name(column, nil))  \(money(0, column.kind)) \(sign) \(money(fen, column.kind))\n"
        }
        text += "\n"
        sums = [:]
        touched = []
        self.day = nil
    }

    private func money(_ fen: Int64, _ kind: Account.Kind) -> String {
        kind.countsPoints ? "\(fen) PT" : "\(Amount(fen: fen).yuan) CNY"
    }

    /// The account's name: its class, its fund and, in detail, its owner.
    private func name(_ column: BookColumn, _ owner: String?) -> String {
        let fund = column.kind.countsPoints ? "" : ":" + column.fund.text(in: ledger)
        let end = owner.map { ":" + $0 } ?? ""
        let name =
            switch column.kind {
            case .treasury: "assets:treasury"
            case .fund: "equity:fund"
            case .remitted: "equity:remitted"
            case .programme: "liabilities:programme"
            case .batch: "liabilities:batch"
            case .voucher: "liabilities:voucher"
            case .payable: "liabilities:payable"
            case .clearing: "liabilities:clearing"
            case .points: "points:earned"
            case .pointsIssued: "points:issued"
            }
        return name + fund + end
    }
}
