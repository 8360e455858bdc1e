package import LedgerDomain
import Synchronization

/// The outlets and terminals that this process has seen by the names that people use for them, so that a till's sale is
/// resolved without waiting for the writer, who holds the ledger's state while it commits.
///
/// An outlet and a terminal keep their number and name for ever, so what is here is never out of date.
final class KnownOutlets: Sendable {
    private let names = Mutex<OutletDirectory?>(nil)

    /// What `find` finds in the names as known, or else in the ledger's as they are now.
    func find<Value>(
        _ service: LedgerService, _ find: (OutletDirectory) -> Value?
    ) throws(ServiceError) -> Value? {
        let known = names.withLock { $0 }
        if let found = known.flatMap(find) { return found }
        let (outlets, terminals) = try service.state { ($0.outlets, $0.terminals) }
        // A name that nobody has costs a look at the counts, not the whole directory again.
        if let known, known.counts == (outlets.storage.count, terminals.storage.count) { return nil }
        let current = OutletDirectory(outlets, terminals)
        names.withLock { $0 = current }
        return find(current)
    }
}

extension LedgerService {
    /// An outlet by its platform id or number, and a terminal by its serial; no terminal where none is named.
    package func till(
        outlet: String, terminal: String?
    ) throws(ServiceError) -> (OutletID, TerminalID) {
        let outletID: OutletID
        if outlet.first == "O", let printed = try? OutletID(text: outlet, in: ledger) {
            outletID = printed
        } else if let known = try knownOutlets.find(self, { $0.outlets[outlet] }) {
            outletID = known
        } else {
            guard outlet.first == "O" || !outlet.isEmpty && outlet.allSatisfy(\.isNumber) else {
                throw .notFound(.outlet, outlet)
            }
            outletID = try identifier(outlet)
        }
        guard let terminal else { return (outletID, .none) }
        guard let found = try knownOutlets.find(self, { $0.terminals[terminal] }) else {
            throw .notFound(.terminal, terminal)
        }
        return (outletID, found)
    }
}
