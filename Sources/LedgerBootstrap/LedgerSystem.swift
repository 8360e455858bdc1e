import Cryptography
import Foundation
package import LedgerDomain
import LedgerEngine
package import LedgerService
package import LedgerStorage
import SQLiteStorage
import Synchronization

/// Everything running for one data folder; the only place that names a storage engine.
package final class LedgerSystem: LedgerDirectory {
    private let machine: LedgerMachine
    package let folder: DataFolder
    private let claim: FolderClaim
    private let log: SQLiteEventLog
    private let vault: SQLiteVault
    private let officeFile: SQLiteOffice
    private let readModel: SQLiteReadModel
    private let authenticator: MessageAuthenticator
    private let key: SecretKey
    /// The ledgers that have been asked for; what each was opened with never changes.
    private let services = Mutex<[LedgerCode: LedgerService]>([:])
    private let clock: @Sendable () -> Instant

    /// Opens the folder's files and starts the machine.
    ///
    /// - Throws: ``DataFolderError`` or ``ServiceError``.
    package init(_ folder: DataFolder, clock: @escaping @Sendable () -> Instant = systemClock) throws {
        let key = try folder.readKey()
        guard let claim = FolderClaim(folder, alone: false) else { throw DataFolderError.inUse(folder.path) }
        let (log, vault, office, readModel) = try LedgerSystem.files(folder)
        let authenticator = MessageAuthenticator(key: key.derived(for: "authentication"))
        let signing = key.derived(for: "logs")
        self.folder = folder
        self.claim = claim
        self.log = log
        self.vault = vault
        officeFile = office
        self.readModel = readModel
        self.clock = clock
        self.authenticator = authenticator
        self.key = key
        machine = LedgerMachine(log: log, readModel: readModel) { ledger in
            LedgerFiles(
                ledger, signer: LogSigner(ledger, key: signing),
                snapshot: SnapshotFile(
                    URL(fileURLWithPath: "\(folder.snapshotsPath)/\(ledger).snapshot"), authenticator),
                head: HeadFile("\(folder.headsPath)/\(ledger)"),
                tiles: LogFolder("\(folder.tilesPath)/\(ledger)"),
                policyPath: "\(folder.policiesPath)/\(ledger)")
        }
        machine.start()
    }

    private static func files(
        _ folder: DataFolder
    ) throws(ServiceError) -> (SQLiteEventLog, SQLiteVault, SQLiteOffice, SQLiteReadModel) {
        // SQLite would take a missing or empty file for a new one, and the ledger for one without a past.
        for path in [folder.logPath, folder.vaultPath] {
            let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
            guard let size, size > 0 else { throw .storage(.corrupt("\(path) is missing or empty")) }
        }
        do {
            return (
                try SQLiteEventLog(path: folder.logPath), try SQLiteVault(path: folder.vaultPath),
                try SQLiteOffice(path: folder.officePath), try SQLiteReadModel(path: folder.readModelPath)
            )
        } catch {
            throw .storage(error)
        }
    }

    /// The use cases of one ledger, with keys of the profile that it was opened with; for a ledger that is not open
    /// yet, to open it.
    package func service(_ ledger: LedgerCode) throws(ServiceError) -> LedgerService {
        try opened(ledger) ?? newService(ledger, .international)
    }

    /// The use cases of a ledger that is open; the same ones each time, for they remember what they have read.
    package func opened(_ ledger: LedgerCode) throws(ServiceError) -> LedgerService? {
        if let known = services.withLock({ $0[ledger] }) { return known }
        let algorithms: CryptographicProfile?
        do {
            algorithms =
                try machine.ledgers().contains(ledger)
                ? machine.read(ledger) { $0.profile?.algorithms } : nil
        } catch {
            throw .fault(error)
        }
        guard let algorithms else { return nil }
        let service = newService(ledger, algorithms)
        return services.withLock { services in
            let first = services[ledger] ?? service
            services[ledger] = first
            return first
        }
    }

    private func newService(_ ledger: LedgerCode, _ algorithms: CryptographicProfile) -> LedgerService {
        LedgerService(
            ledger, algorithms: algorithms, machine: machine,
            people: PersonalData(
                vault: vault, sealing: key.derived(for: "sealing", profile: algorithms),
                authentication: key.derived(for: "authentication", profile: algorithms),
                algorithms: algorithms, ledger: ledger),
            tokens: TokenIssuer(
                ledger, secret: key.derived(for: "tokens", profile: algorithms), algorithms: algorithms),
            access: AccessSecrets(
                ledger, secret: key.derived(for: "access", profile: algorithms), algorithms: algorithms),
            authenticator: authenticator, clock: clock)
    }

    /// The log's events as they are stored.
    var events: any EventReader { log }

    /// What a ledger keeps beside the log.
    func files(_ ledger: LedgerCode) -> LedgerFiles { machine.files(of: ledger) }

    /// Publishes what a ledger's log holds now.
    func published(_ ledger: LedgerCode) throws(EngineFault) -> PublishedHead { try machine.publish(ledger) }

    /// Who may come in.
    package var office: any Office { officeFile }

    func copyOffice(to path: String) throws(StorageError) { try officeFile.copy(to: path) }

    func copyVault(to path: String) throws(StorageError) { try vault.copy(to: path) }

    /// The ledgers of the folder, ascending.
    package func ledgers() throws(ServiceError) -> [LedgerCode] {
        do {
            return try machine.ledgers()
        } catch {
            throw .fault(error)
        }
    }

    /// Purges what unfinished imports left in the vault more than a day ago, and whoever has been erased (DESIGN §5
    /// and §6).
    package func purgeOrphans() throws(ServiceError) {
        for ledger in try ledgers() {
            let service = try service(ledger)
            try service.redoErasures()
            let imported = try service.state { Set($0.imported.keys) }.union([PersonalData.payeeChanges])
            do {
                try officeFile.forget(expiredBefore: clock())
                try vault.purge(
                    keeping: imported, stagedBefore: clock().adding(-Instant.day), ledger: ledger)
            } catch {
                throw .storage(error)
            }
        }
    }

    /// Answers everything accepted and closes.
    ///
    /// - Returns: what kept an event that is recorded from being projected or published, if anything did.
    @discardableResult
    package func stop() -> ServiceError? {
        let fault = machine.stop()
        log.close()
        vault.close()
        officeFile.close()
        readModel.close()
        return fault.map { .fault($0) }
    }
}

/// What the computer's clock says.
package let systemClock: @Sendable () -> Instant = {
    Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
}
