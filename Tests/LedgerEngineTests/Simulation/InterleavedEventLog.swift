import LedgerDomain
import LedgerStorage

/// The log that simulated processes share: before anybody reads its head or locks it, others may have a turn.
///
/// Everything runs on one thread, so that the order is the seed's. A turn inside a turn is not given.
final class InterleavedEventLog: EventLog, @unchecked Sendable {
    private let log: any EventLog
    private var isYielding = false
    /// What others do before this one's call goes on.
    var interlude: (() -> Void)?

    init(_ log: any EventLog) { self.log = log }

    func ledgers() throws(StorageError) -> [LedgerCode] { try log.ledgers() }

    func head(of ledger: LedgerCode) throws(StorageError) -> LogHead {
        letOthersGo()
        return try log.head(of: ledger)
    }

    func events(of ledger: LedgerCode, from: UInt64, limit: Int) throws(StorageError) -> [[UInt8]] {
        try log.events(of: ledger, from: from, limit: limit)
    }

    func append(
        to ledger: LedgerCode,
        _ decide: (LogHead, any EventReader) throws(StorageError) -> LogAddition
    ) throws(StorageError) {
        letOthersGo()
        try log.append(to: ledger, decide)
    }

    private func letOthersGo() {
        guard !isYielding else { return }
        isYielding = true
        interlude?()
        isYielding = false
    }
}
