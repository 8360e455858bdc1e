import LedgerDomain
package import LedgerStorage

extension StorageConformance {
    /// Every promise of ``Office``.
    package static var office: [ConformanceCheck<any Office>] {
        [
            ConformanceCheck("A key is found by its number, in its ledger alone.", keysAreFound),
            ConformanceCheck("A second key of one number is refused, and the first stays.", keysAreUnique),
            ConformanceCheck("A key is revoked once; the first time stays.", keysAreRevoked),
            ConformanceCheck("An office that is opened again has kept everything.", officeReopening),
        ]
    }

    private static func accessKey(_ id: KeyID, _ created: Int = 1) -> StoredAccessKey {
        StoredAccessKey(
            id: id, name: "收银网关 \(id.rawValue)", scopes: ["audit", "redeem"],
            digest: [UInt8](repeating: UInt8(truncatingIfNeeded: id.rawValue), count: 32),
            createdAt: instant(created),
            createdBy: principal("admin"), expiry: instant(created + 100))
    }

    private static func keysAreFound(_ open: Opening<any Office>) throws {
        let office = try open()
        try demand(office.accessKeys(ledger: zhucheng), is: [], "the keys of a new office")
        let (young, old, high) = (accessKey(KeyID(1), 5), accessKey(KeyID(2), 3), accessKey(KeyID(.max), 5))
        for key in [young, old, high] { try office.add(key, ledger: zhucheng) }
        try demand(office.accessKey(KeyID(2), ledger: zhucheng), is: old, "a key")
        try demand(office.accessKey(KeyID(.max), ledger: zhucheng), is: high, "the highest number")
        try demand(office.accessKey(KeyID(3), ledger: zhucheng), is: nil, "a number without a key")
        try demand(office.accessKey(KeyID(2), ledger: gaomi), is: nil, "a key in another ledger")
        try demand(office.accessKeys(ledger: zhucheng), is: [old, young, high], "all keys, the oldest first")
        try demand(office.accessKeys(ledger: gaomi), is: [], "the keys of another ledger")
    }

    private static func keysAreUnique(_ open: Opening<any Office>) throws {
        let office = try open()
        try office.add(accessKey(KeyID(1), 1), ledger: zhucheng)
        var refused = false
        do throws(StorageError) {
            try office.add(accessKey(KeyID(1), 2), ledger: zhucheng)
        } catch {
            if case .constraint = error { refused = true }
        }
        try demand(refused, is: true, "whether a second one was refused")
        try demand(office.accessKey(KeyID(1), ledger: zhucheng), is: accessKey(KeyID(1), 1), "the first key")
        try office.add(accessKey(KeyID(1), 3), ledger: gaomi)
        try demand(
            office.accessKey(KeyID(1), ledger: gaomi), is: accessKey(KeyID(1), 3), "its namesake elsewhere")
    }

    private static func keysAreRevoked(_ open: Opening<any Office>) throws {
        let office = try open()
        try office.add(accessKey(KeyID(1)), ledger: zhucheng)
        try office.add(accessKey(KeyID(2)), ledger: zhucheng)
        try demand(
            office.revokeAccessKey(KeyID(1), at: instant(7), ledger: zhucheng), is: true, "a revocation")
        try demand(
            office.revokeAccessKey(KeyID(1), at: instant(9), ledger: zhucheng), is: true, "the same again")
        try demand(
            office.revokeAccessKey(KeyID(1), at: instant(9), ledger: gaomi), is: false,
            "one of another ledger")
        try demand(
            office.accessKey(KeyID(1), ledger: zhucheng)?.revokedAt, is: instant(7), "when it was revoked")
        try demand(office.accessKey(KeyID(2), ledger: zhucheng)?.revokedAt, is: nil, "when another was")
    }

    private static func officeReopening(_ open: Opening<any Office>) throws {
        try open().add(accessKey(KeyID(1)), ledger: zhucheng)
        _ = try open().revokeAccessKey(KeyID(1), at: instant(7), ledger: zhucheng)
        var key = accessKey(KeyID(1))
        key.revokedAt = instant(7)
        try demand(open().accessKeys(ledger: zhucheng), is: [key], "the keys after opening again")
    }
}
