import Cryptography
import LedgerDomain
import RedemptionTokens

/// What a till knows from its journal: its sales, what has been seen, what waits. It follows from the entries
/// alone, so a till that is opened again knows what it knew.
struct TillBook {
    private(set) var lines: [Line] = []
    private var places: [Presented: Int] = [:]
    private var orders: [String: Int] = [:]
    private var spent: [TokenID: Amount] = [:]
    private var waiting: Set<Int> = []
    /// The latest of the sales' clocks.
    ///
    /// Only a sale moves it: every sale was checked against lists that are not older than a till may have them,
    /// so no wrong clock can move it far ahead and stop the till.
    private(set) var latest: Instant?

    /// A sale and what became of it.
    struct Line {
        let sale: TillSale
        /// SHA-256 of what was presented.
        let digest: [UInt8]
        fileprivate(set) var standing: TillStanding
        /// What is uploaded of it, as long as it may have to be.
        fileprivate(set) var upload: SoldEntry?
        fileprivate var answers: [TillAnswer] = []
    }

    /// What is good for one sale.
    private struct Presented: Hashable {
        var credential: TokenID
        var counter: UInt32
    }

    /// The number of the next sale.
    var nextSequence: UInt32 { UInt32(lines.count + 1) }

    /// The sales that wait, by sequence.
    var waitingLines: [Line] { waiting.sorted().map { lines[$0] } }

    /// The sale for which this counter of this credential was used, cancelled or not.
    func line(for credential: TokenID, counter: UInt32) -> Line? {
        places[Presented(credential: credential, counter: counter)].map { lines[$0] }
    }

    /// The latest sale with this order number.
    func line(of order: String) -> Line? { orders[order].map { lines[$0] } }

    /// What this till has taken off bills for this credential, whatever the ledger said to it; what was cancelled does
    /// not count.
    func spent(of credential: TokenID) -> Amount { spent[credential, default: .zero] }

    /// What an answer is to what is known.
    func verdict(on answer: TillAnswer) -> Verdict {
        guard let place = place(of: answer.sequence) else { return .unknown }
        let line = lines[place]
        if let earlier = line.answers.first(where: { $0.attempt == answer.attempt }) {
            return earlier.agrees(with: answer) ? .known : .contradiction
        }
        return line.standing == .waiting(attempt: answer.attempt, isSent: true) ? .new : .unknown
    }

    /// Whether an answer is to be recorded.
    enum Verdict {
        case new
        /// It was recorded before.
        case known
        /// Another was recorded for the same attempt.
        case contradiction
        /// No such sale was handed out.
        case unknown
    }

    private func place(of sequence: UInt32) -> Int? {
        let place = Int(sequence) - 1
        return lines.indices.contains(place) ? place : nil
    }
}

extension TillBook {
    /// Takes in an entry; `false` where it cannot follow what came before, and nothing is changed then.
    mutating func apply(_ entry: JournalEntry) -> Bool {
        switch entry {
        case .enrolled: return false
        case .sold(let entry): return apply(entry)
        case .cancelled(let sequence, _): return cancel(sequence)
        case .sent(let sequence, _): return send(through: sequence)
        case .answered(let answer): return apply(answer)
        }
    }

    private mutating func apply(_ entry: SoldEntry) -> Bool {
        let sale = entry.sale
        let presented = Presented(credential: sale.credential, counter: sale.counter)
        guard sale.sequence == nextSequence, places[presented] == nil else { return false }
        let place = lines.count
        lines.append(
            Line(
                sale: sale, digest: SHA256Digest.of(entry.shown),
                standing: .waiting(attempt: 0, isSent: false), upload: entry))
        places[presented] = place
        orders[sale.order] = place
        spent[sale.credential, default: .zero] += sale.subsidy
        waiting.insert(place)
        latest = max(latest ?? sale.occurredAt, sale.occurredAt)
        return true
    }

    private mutating func cancel(_ sequence: UInt32) -> Bool {
        guard let place = place(of: sequence), case .waiting(_, isSent: false) = lines[place].standing else {
            return false
        }
        spent[lines[place].sale.credential, default: .zero] -= lines[place].sale.subsidy
        close(place, .cancelled)
        return true
    }

    private mutating func send(through sequence: UInt32) -> Bool {
        guard place(of: sequence) != nil else { return false }
        for place in waiting where place < Int(sequence) {
            if case .waiting(let attempt, _) = lines[place].standing {
                lines[place].standing = .waiting(attempt: attempt, isSent: true)
            }
        }
        return true
    }

    private mutating func apply(_ answer: TillAnswer) -> Bool {
        guard verdict(on: answer) == .new, let place = place(of: answer.sequence) else { return false }
        lines[place].answers.append(answer)
        switch answer.outcome {
        case .paid(let subsidy, let event): close(place, .paid(subsidy: subsidy, event: event))
        case .absorbed(let subsidy, let event): close(place, .absorbed(subsidy: subsidy, event: event))
        case .refused(_, _, canRetry: true) where answer.attempt < .max:
            lines[place].standing = .waiting(attempt: answer.attempt + 1, isSent: false)
        case .refused(let code, let sentence, _): close(place, .refused(code: code, sentence: sentence))
        }
        return true
    }

    private mutating func close(_ place: Int, _ standing: TillStanding) {
        lines[place].standing = standing
        lines[place].upload = nil
        waiting.remove(place)
    }
}

extension TillAnswer {
    /// Whether two answers to one attempt say the same; a sentence may be worded anew.
    fileprivate func agrees(with other: TillAnswer) -> Bool {
        switch (outcome, other.outcome) {
        case (.refused(let code, _, _), .refused(let otherCode, _, _)): code == otherCode
        default: outcome == other.outcome
        }
    }
}
