package import Cryptography
package import LedgerDomain
package import LedgerStorage

extension EventReader {
    /// The algorithms that a ledger was opened with, from its opening event alone; `nil` before that.
    ///
    /// Nothing but refusals can come before the opening, so this reads one event as a rule.
    package func algorithms(of ledger: LedgerCode) throws(EngineFault) -> CryptographicProfile? {
        var number: UInt64 = 0
        while true {
            let stored: [[UInt8]]
            do {
                stored = try events(of: ledger, from: number, limit: 1)
            } catch {
                throw .storage(error)
            }
            guard let bytes = stored.first else { return nil }
            let event = try Event.decoded(bytes, number: number)
            if event.record.refusal == nil { return (event.record.command as? OpenLedger)?.algorithms }
            number += 1
        }
    }
}
