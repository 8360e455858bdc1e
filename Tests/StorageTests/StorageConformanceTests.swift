import LedgerStorage
import LedgerTesting
import Testing

@Suite("Every storage engine keeps the promises of its ports")
struct StorageConformanceTests {
    @Test("The event log keeps its promise", arguments: StorageEngine.all, StorageConformance.eventLog)
    func eventLog(_ engine: StorageEngine, _ promise: ConformanceCheck<any EventLog>) throws {
        try promise.run(on: engine.makeLog())
    }

    @Test("The vault keeps its promise", arguments: StorageEngine.all, StorageConformance.vault)
    func vault(_ engine: StorageEngine, _ promise: ConformanceCheck<any Vault>) throws {
        try promise.run(on: engine.makeVault())
    }

    @Test("The office keeps its promise", arguments: StorageEngine.all, StorageConformance.office)
    func office(_ engine: StorageEngine, _ promise: ConformanceCheck<any Office>) throws {
        try promise.run(on: engine.makeOffice())
    }

    @Test("The read model keeps its promise", arguments: StorageEngine.all, StorageConformance.readModel)
    func readModel(_ engine: StorageEngine, _ promise: ConformanceCheck<any ReadModel>) throws {
        try promise.run(on: engine.makeReadModel())
    }
}
