package import LedgerStorage

/// Opens one store again and again; every opening is what another process would have of it.
package typealias Opening<Port> = @Sendable () throws(StorageError) -> Port

/// An engine that the conformance suite runs against: each closure makes a new, empty store.
package struct StorageEngine: Sendable, CustomStringConvertible {
    package let description: String
    package let makeLog: @Sendable () throws -> Opening<any EventLog>
    package let makeVault: @Sendable () throws -> Opening<any Vault>
    package let makeOffice: @Sendable () throws -> Opening<any Office>
    package let makeReadModel: @Sendable () throws -> Opening<any ReadModel>

    package init(
        _ name: String,
        makeLog: @escaping @Sendable () throws -> Opening<any EventLog>,
        makeVault: @escaping @Sendable () throws -> Opening<any Vault>,
        makeOffice: @escaping @Sendable () throws -> Opening<any Office>,
        makeReadModel: @escaping @Sendable () throws -> Opening<any ReadModel>
    ) {
        description = name
        self.makeLog = makeLog
        self.makeVault = makeVault
        self.makeOffice = makeOffice
        self.makeReadModel = makeReadModel
    }

    /// The engine in memory; every opening of a store shares it.
    package static let memory = StorageEngine(
        "memory",
        makeLog: {
            let log = MemoryEventLog()
            return { log }
        },
        makeVault: {
            let vault = MemoryVault()
            return { vault }
        },
        makeOffice: {
            let office = MemoryOffice()
            return { office }
        },
        makeReadModel: {
            let model = MemoryReadModel()
            return { model }
        })
}

/// One promise of a port, and the check of it.
package struct ConformanceCheck<Port>: Sendable, CustomStringConvertible {
    /// The promise as a sentence; the check's name.
    package let description: String
    private let check: @Sendable (Opening<Port>) throws -> Void

    init(_ promise: String, _ check: @escaping @Sendable (Opening<Port>) throws -> Void) {
        description = promise
        self.check = check
    }

    /// Checks the promise on a new store.
    package func run(on open: Opening<Port>) throws { try check(open) }
}
