package import LedgerDomain
import LedgerStorage

extension LedgerService {
    /// What writing a journal came to.
    package struct JournalSummary: Sendable {
        package var events: UInt64
        /// How many of them moved money or points.
        package var movements: Int
    }

    /// Writes the journal of some business days, piece by piece.
    ///
    /// - Throws: ``ServiceError/unsound(_:)`` where the postings of the log do not lead to what the read model holds.
    package func journal(
        from: BusinessDay, through: BusinessDay, detail: Bool, write: (String) throws -> Void
    ) throws -> JournalSummary {
        let range = try events(from: from, through: through)
        let (opening, closing) = try query { (model) throws(StorageError) in
            (
                try model.trialBalance(afterEvents: range.lowerBound, ledger),
                try model.trialBalance(afterEvents: range.upperBound, ledger)
            )
        }
        let (name, cutOff) = try state { ($0.profile?.name ?? "", $0.settings[.businessDayCutOff]) }
        var journal = Journal(ledger, isDetailed: detail)
        journal.writeHead(name, from: from, through: through, events: range.upperBound)
        journal.open(opening.map { ($0.kind, $0.fund, $0.amount) }, on: from)
        var movements = 0
        var next = range.lowerBound
        while next < range.upperBound {
            for event in try eventPage(from: next, before: range.upperBound) {
                journal.add(next, event, on: event.instant.businessDay(cutOff: cutOff))
                if !event.balances.isEmpty { movements += 1 }
                next += 1
            }
            try write(journal.take())
        }
        journal.endDay()
        for row in closing {
            let column = BookColumn(kind: row.kind, fund: row.fund, owner: 0)
            let fen = journal.balances[column] ?? 0
            guard (row.kind.isDebitNormal ? fen : -fen) == row.amount.fen else {
                throw ServiceError.unsound(
                    "the postings of fund \(row.fund.rawValue) leave the \(row.kind) accounts at \(fen) fen; the books say \(row.amount.fen)"
                )
            }
        }
        try write(journal.take())
        return JournalSummary(events: range.upperBound, movements: movements)
    }
}
