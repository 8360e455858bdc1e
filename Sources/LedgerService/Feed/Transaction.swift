import LedgerDomain
package import LedgerStorage

/// A movement of money with where it was paid out, for integrators.
package struct Transaction: Sendable {
    package var event: RecordedEvent
    /// The settlement lines that pay what it made owed, fund by fund; none before a settlement has it.
    package var payouts: [PayoutView]
}

extension LedgerService {
    /// Events that moved money, from a number on, with their payouts.
    package func transactions(
        from start: UInt64, limit: Int
    ) throws(ServiceError) -> (transactions: [Transaction], page: EventPage) {
        let page = try feed(from: start, .movements, limit: limit)
        let sellers = try state { state in page.events.map { state.seller($0.subject) } }
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        var known: [PayeeID: PayeeLines] = [:]
        var transactions: [Transaction] = []
        for (event, seller) in zip(page.events, sellers) {
            let day = event.subject.day ?? event.event.instant.businessDay(cutOff: cutOff)
            var payouts: [PayoutView] = []
            for posting in event.event.postings {
                guard let payee = posting.owed else { continue }
                if known[payee] == nil { known[payee] = try lines(of: payee) }
                let payout = known[payee]?.payout(of: posting, by: seller, event: event.number, on: day)
                if let payout, !payouts.contains(payout) { payouts.append(payout) }
            }
            transactions.append(Transaction(event: event, payouts: payouts))
        }
        return (transactions, page)
    }
}

extension LedgerState {
    /// Whose sale an event is about; `nil` where it is about none.
    fileprivate func seller(_ subject: EventSubject) -> MerchantID? {
        if let merchant = subject.merchant { return merchant }
        if let redemption = subject.redemption, redemptions.contains(redemption) {
            return outlets[redemptions[redemption].outlet].merchant
        }
        if let session = subject.session, sessions.contains(session) {
            return outlets[sessions[session].outlet].merchant
        }
        if let award = subject.award, awards.contains(award) { return awards[award].merchant }
        return nil
    }
}
