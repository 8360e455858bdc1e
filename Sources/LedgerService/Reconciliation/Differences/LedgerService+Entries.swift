import LedgerDomain
import LedgerStorage

extension LedgerService {
    /// What an entry is, for the second person: its type, its order, the money that it moved; empty where there is none.
    package func entry(_ number: UInt64) throws(ServiceError) -> String {
        guard let event = try storedEvents(from: number, limit: 1).first else { return "" }
        let moved = event.postings.reduce(Amount.zero) { $0 + $1.amount }
        let order = RecordedEvent(number: number, event: event).subject.order
        return ["\(event.record.type)", order, moved.yuan].compactMap(\.self).joined(separator: " ")
    }

    /// Whose sale an event is about; `nil` where it is about none.
    func merchant(of event: RecordedEvent) throws(ServiceError) -> MerchantID? {
        if let merchant = event.subject.merchant { return merchant }
        guard let redemption = event.subject.redemption else { return nil }
        return try query { (model) throws(StorageError) in
            try model.redemption(redemption, ledger)?.row.merchant
        }
    }
}
