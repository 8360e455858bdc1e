import Foundation
import LedgerDomain
import LedgerStorage

/// Adds new pseudonyms to the vault in groups: those that come while the disk writes are written together, with one sync for
/// all of them. At ten o'clock sharp everybody is new.
final class PseudonymIntake: @unchecked Sendable {
    private let vault: any Vault
    private let ledger: LedgerCode
    private let condition = NSCondition()

    // Guarded by `condition`.
    private var waiting = Group()
    private var isWriting = false

    /// What is written together; whoever waits for it holds it.
    private final class Group {
        var entries: [PseudonymEntry] = []
        var isDone = false
        var fault: StorageError?
    }

    init(_ vault: any Vault, _ ledger: LedgerCode) {
        self.vault = vault
        self.ledger = ledger
    }

    /// Adds entries; what the vault has under the same keys stays.
    func add(_ entries: [PseudonymEntry]) throws(StorageError) {
        condition.lock()
        defer { condition.unlock() }
        let group = waiting
        group.entries += entries
        while !group.isDone {
            guard !isWriting else {
                condition.wait()
                continue
            }
            isWriting = true
            // Nobody else has begun it: it is the one that waits.
            waiting = Group()
            condition.unlock()
            var fault: StorageError?
            do {
                try vault.add(group.entries, ledger: ledger)
            } catch {
                fault = error
            }
            condition.lock()
            group.fault = fault
            group.isDone = true
            isWriting = false
            condition.broadcast()
        }
        if let fault = group.fault { throw fault }
    }
}
