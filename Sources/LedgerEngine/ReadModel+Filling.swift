package import LedgerDomain
package import LedgerStorage

extension ReadModel {
    /// Projects a ledger's events from the log, from where this read model stands.
    package func fill(
        _ ledger: LedgerCode, upTo size: UInt64, from log: any EventReader
    ) throws {
        var position = try position(of: ledger)
        while position < size {
            let stored = try log.events(of: ledger, from: position, limit: Int(min(4096, size - position)))
            guard !stored.isEmpty else {
                throw EngineFault.corruptLog(event: position, reason: "the event is missing")
            }
            let events = try stored.enumerated().map { try Event.decoded($1, number: position + UInt64($0)) }
            let next = position + UInt64(events.count)
            _ = try apply(events.changes(from: position), to: ledger, from: position, upTo: next)
            position = next
        }
    }
}

extension [Event] {
    /// What the read model gains from these events, the first of which has the number `number`.
    func changes(from number: UInt64) -> [ReadModelChange] {
        var rows: [ReadModelChange] = []
        rows.reserveCapacity(count * 10)
        for (offset, event) in enumerated() { event.project(number: number + UInt64(offset), into: &rows) }
        return rows
    }
}
