import LedgerDomain
import OfflineTill

/// What a till should know, kept in the simplest way that there is: a list that is searched.
struct TillModel {
    struct Sale {
        var sequence: UInt32
        var credential: UInt64
        var counter: UInt32
        var order: String
        var bill: Int64
        var subsidy: Int64
        var attempt: UInt32 = 0
        var fate = Fate.waiting
        var answers: [TillAnswer] = []
    }

    enum Fate { case waiting, sent, cancelled, paid, refused }

    var sales: [Sale] = []

    static let cap: Int64 = 9_000

    /// What a sale gets: a subsidy, or why not.
    enum Reply: Equatable {
        case subsidy(Int64, sequence: UInt32)
        case codeUsed, cancelled, counterReused, orderUsed, capSpent
    }

    mutating func sell(
        credential: UInt64, counter: UInt32, amount: Int64, seen: Int64?, order: String, bill: Int64
    ) -> Reply {
        if let earlier = sales.first(where: { $0.credential == credential && $0.counter == counter }) {
            if let seen, seen != amount { return .counterReused }
            guard earlier.order == order, earlier.bill == bill else { return .codeUsed }
            if earlier.fate == .cancelled { return .cancelled }
            return .subsidy(earlier.subsidy, sequence: earlier.sequence)
        }
        if sales.contains(where: { $0.order == order && $0.fate != .cancelled }) { return .orderUsed }
        let spent = sales.filter { $0.credential == credential && $0.fate != .cancelled }
            .reduce(0) { $0 + $1.subsidy }
        guard spent < TillModel.cap else { return .capSpent }
        let subsidy = min(bill * 3 / 10, 5_000, amount, TillModel.cap - spent)
        let sale = Sale(
            sequence: UInt32(sales.count + 1), credential: credential, counter: counter, order: order,
            bill: bill, subsidy: subsidy)
        sales.append(sale)
        return .subsidy(subsidy, sequence: sale.sequence)
    }

    /// Whether the latest sale with this order is or gets cancelled; `nil` where there is none.
    mutating func cancel(_ order: String) -> Bool? {
        guard let place = sales.lastIndex(where: { $0.order == order }) else { return nil }
        if sales[place].fate == .waiting { sales[place].fate = .cancelled }
        return sales[place].fate == .cancelled
    }

    /// The sequences and attempts of a batch.
    mutating func batch() -> [[Int]] {
        for place in sales.indices where sales[place].fate == .waiting { sales[place].fate = .sent }
        return sales.filter { $0.fate == .sent }.map { [Int($0.sequence), Int($0.attempt)] }
    }

    /// Whether an answer is taken, or is the one that was taken before.
    mutating func record(_ answer: TillAnswer) -> Bool {
        guard let place = sales.firstIndex(where: { $0.sequence == answer.sequence }) else { return false }
        if let earlier = sales[place].answers.first(where: { $0.attempt == answer.attempt }) {
            return earlier == answer
        }
        guard sales[place].fate == .sent, sales[place].attempt == answer.attempt else { return false }
        sales[place].answers.append(answer)
        switch answer.outcome {
        case .refused(_, _, canRetry: true):
            sales[place].fate = .waiting
            sales[place].attempt += 1
        case .refused: sales[place].fate = .refused
        default: sales[place].fate = .paid
        }
        return true
    }

    var pending: [UInt32] {
        sales.filter { $0.fate == .waiting || $0.fate == .sent }.map(\.sequence)
    }
}
