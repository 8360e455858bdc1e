import LedgerDomain
package import LedgerStorage

extension StorageConformance {
    /// Every promise of ``Office``.
    package static var office: [ConformanceCheck<any Office>] {
        [
            ConformanceCheck("A key is found by its number, in its ledger alone.", keysAreFound),
            ConformanceCheck("A second key of one number is refused, and the first stays.", keysAreUnique),
            ConformanceCheck("A key is revoked once; the first time stays.", keysAreRevoked),
            ConformanceCheck(
                "A record is replaced where nobody has changed it, else nothing is.", recordsChange),
            ConformanceCheck(
                "Records are kept apart by ledger, kind and key, and forgotten.", recordsAreApart),
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

    private static func recordsChange(_ open: Opening<any Office>) throws {
        let office = try open()
        let key = Array("财政-1".utf8)
        func record(_ byte: UInt8, until expiry: Int? = nil) -> OfficeRecord {
            OfficeRecord(key: key, value: [byte], expiry: expiry.map(instant))
        }
        func replace(_ old: OfficeRecord?, _ new: OfficeRecord?) throws(StorageError) -> Bool {
            try office.replace(.account, key, old, with: new, ledger: zhucheng)
        }
        try demand(replace(record(1), record(2)), is: false, "one in the place of what is not there")
        try demand(office.record(.account, key, ledger: zhucheng), is: nil, "what is not there")
        try demand(replace(nil, record(1)), is: true, "a new one")
        try demand(replace(nil, record(2)), is: false, "a new one where there is one")
        try demand(replace(record(1, until: 5), record(2)), is: false, "one with another end")
        try demand(replace(record(1), record(2, until: 5)), is: true, "a change")
        try demand(office.record(.account, key, ledger: zhucheng), is: record(2, until: 5), "the record")
        try demand(replace(record(2, until: 5), nil), is: true, "an end")
        try demand(office.records(.account, ledger: zhucheng), is: [], "what is left")
        try demand("an empty one", fails: \.isConstraint) { () throws(StorageError) in
            _ = try replace(nil, OfficeRecord(key: key, value: []))
        }
    }

    private static func recordsAreApart(_ open: Opening<any Office>) throws {
        let office = try open()
        for (kind, key, expiry) in [
            (OfficeRecord.Kind.signIn, UInt8(2), 9), (.signIn, 1, 3), (.failures, 1, 3),
        ] {
            _ = try office.replace(
                kind, [key], nil, with: OfficeRecord(key: [key], value: [key], expiry: instant(expiry)),
                ledger: zhucheng)
        }
        _ = try office.replace(
            .signIn, [1], nil, with: OfficeRecord(key: [1], value: [7]), ledger: gaomi)
        try demand(
            office.records(.signIn, ledger: zhucheng).map(\.key), is: [[1], [2]], "the keys of a kind")
        try office.forget(expiredBefore: instant(3))
        try demand(office.records(.signIn, ledger: zhucheng).count, is: 2, "what ends now and later")
        try office.forget(expiredBefore: instant(4))
        try demand(office.records(.signIn, ledger: zhucheng).map(\.key), is: [[2]], "what ends later")
        try demand(office.records(.failures, ledger: zhucheng), is: [], "another kind's that ended")
        try demand(open().record(.signIn, [1], ledger: gaomi)?.value, is: [7], "what never ends, elsewhere")
    }

    private static func officeReopening(_ open: Opening<any Office>) throws {
        try open().add(accessKey(KeyID(1)), ledger: zhucheng)
        _ = try open().revokeAccessKey(KeyID(1), at: instant(7), ledger: zhucheng)
        var key = accessKey(KeyID(1))
        key.revokedAt = instant(7)
        try demand(open().accessKeys(ledger: zhucheng), is: [key], "the keys after opening again")
    }
}
