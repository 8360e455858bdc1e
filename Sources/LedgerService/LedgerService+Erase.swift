package import LedgerDomain
import LedgerStorage

extension LedgerService {
    /// Deletes what the vault knows of a resident, after an event that says so. Pseudonyms stay until their scope
    /// closes, so that limits go on to hold; who is behind them can no longer be told.
    package func erase(
        _ identityNumber: String, because reason: String, _ call: Call
    ) async throws(ServiceError) -> Receipt<EraseResident> {
        let identity = people.identity(identityNumber)
        let isRetry = (try earlierCommand(call) as? EraseResident)?.subject == identity
        let isKnown = try !registered([identity]).isEmpty
        guard isRetry || isKnown else {
            throw .notFound(.resident, masked(identityNumber))
        }
        let receipt = try await perform(
            EraseResident.with {
                $0.subject = identity
                $0.reason = reason
            }, call)
        try redoErasures()
        return receipt
    }

    /// Deletes whoever the log says has been erased and the vault still holds, after a crash or a restore. Whoever
    /// registered again afterwards stays.
    package func redoErasures() throws(ServiceError) {
        let erased = try state { $0.erased }
        guard !erased.isEmpty else { return }
        let late = try registered(Array(erased.keys)).filter { $1 < erased[$0] ?? 0 }
        do {
            try people.vault.erase(Array(late.keys), ledger: ledger)
        } catch {
            throw .storage(error)
        }
    }

    /// Those of `identities` that are in the vault, with the event that closed the import they came by.
    func registered(_ identities: [Digest128]) throws(ServiceError) -> [Digest128: UInt64] {
        let files: [Digest128: Digest128]
        do {
            files = try people.vault.imports(of: identities, ledger: ledger)
        } catch {
            throw .storage(error)
        }
        let imported = try state { $0.imported }
        return files.compactMapValues { imported[$0] }
    }
}
