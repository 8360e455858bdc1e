import LedgerDomain
package import LedgerStorage

extension StorageConformance {
    /// Every promise of ``Vault``.
    package static var vault: [ConformanceCheck<any Vault>] {
        [
            ConformanceCheck("A new vault is empty.", newVaultIsEmpty),
            ConformanceCheck("A staged resident is found by its identity.", residentsAreFound),
            ConformanceCheck("Identities are listed in a stable order, page by page.", identitiesArePaged),
            ConformanceCheck("Staging a file again replaces its residents.", stagingReplaces),
            ConformanceCheck(
                "An identity of another import is refused, and nothing changes.", duplicatesAreRefused),
            ConformanceCheck(
                "Who is registered is told with the import that brought them.", registeredIdentities),
            ConformanceCheck("An entry is stored once.", entriesAreStoredOnce),
            ConformanceCheck("A key keeps its first pseudonym.", pseudonymsStay),
            ConformanceCheck("The last attestation of a resident and a group counts.", attestationsReplace),
            ConformanceCheck("A purge keeps closed and young imports, and all pseudonyms.", purging),
            ConformanceCheck("A purge leaves an old import alone that is tried again.", retriedImportStays),
            ConformanceCheck("Who is erased is gone, and may come back by another import.", erasing),
            ConformanceCheck("The ledgers of a vault know nothing of each other.", vaultLedgersApart),
            ConformanceCheck("A vault that is opened again has kept everything.", vaultReopening),
        ]
    }

    private static func newVaultIsEmpty(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try demand(vault.residentCount(ledger: zhucheng), is: 0, "the residents of a new vault")
        try demand(vault.identities(ledger: zhucheng, offset: 0, limit: 9), is: [], "its identities")
        try demand(vault.resident(digest(1), ledger: zhucheng), is: nil, "a resident")
        try demand(vault.entry(digest(1), ledger: zhucheng), is: nil, "an entry")
        try demand(vault.pseudonyms([digest(1)], ledger: zhucheng), is: [:], "a pseudonym")
        try demand(vault.imports(of: [digest(1)], ledger: zhucheng), is: [:], "registered ones")
        try vault.purge(keeping: [], stagedBefore: instant(9), ledger: zhucheng)
    }

    private static func attestationsReplace(_ open: Opening<any Vault>) throws {
        let vault = try open()
        func attestation(_ identity: Int, _ group: String, _ byte: UInt8) -> SealedAttestation {
            SealedAttestation(identity: digest(identity), group: group, sealed: [byte])
        }
        try demand(vault.attestations(of: [digest(1)], ledger: zhucheng), is: [], "those of a new vault")
        try vault.attest(
            [attestation(1, "rural", 1), attestation(1, "minor", 2), attestation(2, "minor", 3)],
            ledger: zhucheng)
        try vault.attest([attestation(1, "minor", 4)], ledger: zhucheng)
        try vault.attest([attestation(1, "elderly", 5)], ledger: gaomi)
        try demand(
            vault.attestations(of: [digest(2), digest(1), digest(3)], ledger: zhucheng),
            is: [attestation(2, "minor", 3), attestation(1, "minor", 4), attestation(1, "rural", 1)],
            "the attestations, by group")
        try vault.stage([resident(digest(1))], file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.erase([digest(1)], ledger: zhucheng)
        try demand(
            vault.attestations(of: [digest(1), digest(2)], ledger: zhucheng),
            is: [attestation(2, "minor", 3)],
            "what is left after an erasure")
        try demand(
            vault.attestations(of: [digest(1)], ledger: gaomi), is: [attestation(1, "elderly", 5)],
            "another ledger's")
    }

    private static func residentsAreFound(_ open: Opening<any Vault>) throws {
        let vault = try open()
        let residents = [
            SealedResident(identity: digest(1), sealed: [0, 1, 0xff]),
            SealedResident(identity: digest(2), sealed: []),
            SealedResident(identity: digest(3), sealed: [UInt8](repeating: 9, count: 70_000)),
        ]
        try vault.stage(residents, file: digest(100), at: instant(1), ledger: zhucheng)
        try demand(vault.residentCount(ledger: zhucheng), is: 3, "the number of residents")
        for resident in residents {
            try demand(
                vault.resident(resident.identity, ledger: zhucheng), is: resident.sealed,
                "a resident's sealed data")
        }
    }

    private static func identitiesArePaged(_ open: Opening<any Vault>) throws {
        let vault = try open()
        let identities = (0..<25).map {
            Digest128(high: UInt64($0) &* 0x9e37_79b9_7f4a_7c15, low: UInt64($0))
        }
        try vault.stage(identities.map(resident), file: digest(100), at: instant(1), ledger: zhucheng)
        let all = try vault.identities(ledger: zhucheng, offset: 0, limit: 100)
        try demand(Set(all), is: Set(identities), "the identities")
        try demand(all.count, is: identities.count, "their number")
        var pages: [Digest128] = []
        for offset in stride(from: 0, to: 30, by: 10) {
            pages += try vault.identities(ledger: zhucheng, offset: offset, limit: 10)
        }
        try demand(pages, is: all, "the identities in pages")
    }

    private static func stagingReplaces(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.stage(
            [1, 2].map(digest).map(resident), file: digest(100), at: instant(1), ledger: zhucheng)
        let again = [SealedResident(identity: digest(2), sealed: [7]), resident(digest(3))]
        try vault.stage(again, file: digest(100), at: instant(2), ledger: zhucheng)
        try demand(vault.residentCount(ledger: zhucheng), is: 2, "the number of residents")
        try demand(vault.resident(digest(1), ledger: zhucheng), is: nil, "a resident that is gone")
        try demand(vault.resident(digest(2), ledger: zhucheng), is: [7], "a resident that was replaced")
    }

    private static func duplicatesAreRefused(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.stage([resident(digest(1))], file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.stage([resident(digest(2))], file: digest(200), at: instant(1), ledger: zhucheng)
        for identities in [[3, 1], [4, 4]] {
            try demand("identities \(identities)", fails: \.isConstraint) { () throws(StorageError) in
                try vault.stage(
                    identities.map(digest).map(resident), file: digest(200), at: instant(2), ledger: zhucheng)
            }
        }
        try demand(
            Set(vault.identities(ledger: zhucheng, offset: 0, limit: 9)), is: [digest(1), digest(2)],
            "the identities after what was refused")
    }

    private static func registeredIdentities(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.stage(
            [1, 2].map(digest).map(resident), file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.stage([3].map(digest).map(resident), file: digest(200), at: instant(1), ledger: zhucheng)
        let asked = [1, 2, 3, 4].map(digest)
        try demand(
            vault.imports(of: asked, ledger: zhucheng),
            is: [digest(1): digest(100), digest(2): digest(100), digest(3): digest(200)],
            "who came by which file")
        try demand(vault.imports(of: [], ledger: zhucheng), is: [:], "of nobody")
    }

    private static func entriesAreStoredOnce(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.store(
            [entry(1, [1]), entry(1, [2]), entry(2, [])], file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.store([entry(1, [3]), entry(3, [4])], file: digest(200), at: instant(2), ledger: zhucheng)
        try demand(vault.entry(digest(1), ledger: zhucheng), is: [1], "an entry that was stored thrice")
        try demand(vault.entry(digest(2), ledger: zhucheng), is: [], "an empty entry")
        try demand(
            vault.entry(digest(3), ledger: zhucheng), is: [4], "an entry stored beside one that was there")
    }

    private static func pseudonymsStay(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.add([pseudonym(1, 11), pseudonym(2, .max), pseudonym(1, 12)], ledger: zhucheng)
        try vault.add([pseudonym(2, 22), pseudonym(3, 1 << 63)], ledger: zhucheng)
        try demand(
            vault.pseudonyms([1, 2, 3, 4].map(digest), ledger: zhucheng),
            is: [digest(1): Pseudonym(11), digest(2): Pseudonym(.max), digest(3): Pseudonym(1 << 63)],
            "the pseudonyms")
    }

    private static func purging(_ open: Opening<any Vault>) throws {
        let vault = try open()
        let (closed, orphan, young) = (digest(100), digest(200), digest(300))
        for (index, (file, at)) in [(closed, 1), (orphan, 2), (young, 5)].enumerated() {
            let number = index + 1
            try vault.stage([resident(digest(number))], file: file, at: instant(at), ledger: zhucheng)
            try vault.store([entry(number, [1])], file: file, at: instant(at), ledger: zhucheng)
            try vault.stage([resident(digest(number))], file: file, at: instant(at), ledger: gaomi)
        }
        try vault.add([pseudonym(1, 1), pseudonym(2, 2)], ledger: zhucheng)
        try vault.purge(keeping: [closed], stagedBefore: instant(5), ledger: zhucheng)
        try demand(
            Set(vault.identities(ledger: zhucheng, offset: 0, limit: 9)), is: [digest(1), digest(3)],
            "residents")
        let kept = try (1...3).map { try vault.entry(digest($0), ledger: zhucheng) != nil }
        try demand(kept, is: [true, false, true], "entries that are kept")
        try demand(
            vault.pseudonyms([1, 2].map(digest), ledger: zhucheng).count, is: 2, "the number of pseudonyms")
        try demand(vault.residentCount(ledger: gaomi), is: 3, "the residents of another ledger")
        try vault.stage([resident(digest(2))], file: digest(400), at: instant(6), ledger: zhucheng)
    }

    private static func vaultLedgersApart(_ open: Opening<any Vault>) throws {
        let vault = try open()
        for (ledger, byte) in [(zhucheng, UInt8(1)), (gaomi, 2)] {
            let sealed = SealedResident(identity: digest(1), sealed: [byte])
            try vault.stage([sealed], file: digest(100), at: instant(1), ledger: ledger)
            try vault.store([entry(1, [byte])], file: digest(100), at: instant(1), ledger: ledger)
            try vault.add([pseudonym(1, UInt64(byte))], ledger: ledger)
        }
        for (ledger, byte) in [(zhucheng, UInt8(1)), (gaomi, 2)] {
            try demand(vault.residentCount(ledger: ledger), is: 1, "the residents of \(ledger)")
            try demand(vault.resident(digest(1), ledger: ledger), is: [byte], "a resident of \(ledger)")
            try demand(vault.entry(digest(1), ledger: ledger), is: [byte], "an entry of \(ledger)")
            try demand(
                vault.pseudonyms([digest(1)], ledger: ledger), is: [digest(1): Pseudonym(UInt64(byte))],
                "a pseudonym of \(ledger)")
        }
    }

    private static func vaultReopening(_ open: Opening<any Vault>) throws {
        let first = try open()
        try first.stage([resident(digest(1))], file: digest(100), at: instant(1), ledger: zhucheng)
        try first.store([entry(1, [5])], file: digest(100), at: instant(1), ledger: zhucheng)
        try first.add([pseudonym(1, 7)], ledger: zhucheng)
        let second = try open()
        try demand(second.residentCount(ledger: zhucheng), is: 1, "the residents")
        try demand(second.entry(digest(1), ledger: zhucheng), is: [5], "an entry")
        try demand(second.pseudonyms([digest(1)], ledger: zhucheng).count, is: 1, "the pseudonyms")
    }

    private static func retriedImportStays(_ open: Opening<any Vault>) throws {
        let vault = try open()
        // An attempt seals anew, so its entries are other ones under the same file.
        try vault.store([entry(1, [1])], file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.store([entry(2, [2])], file: digest(100), at: instant(8), ledger: zhucheng)
        try vault.purge(keeping: [], stagedBefore: instant(5), ledger: zhucheng)
        try demand(vault.entry(digest(2), ledger: zhucheng), is: [2], "an entry of an import under way")
        try vault.purge(keeping: [], stagedBefore: instant(9), ledger: zhucheng)
        try demand(vault.entry(digest(2), ledger: zhucheng), is: nil, "an entry of an import given up")
    }

    private static func erasing(_ open: Opening<any Vault>) throws {
        let vault = try open()
        try vault.stage(
            [resident(digest(1)), resident(digest(2))], file: digest(100), at: instant(1), ledger: zhucheng)
        try vault.add([pseudonym(1, 7)], ledger: zhucheng)
        try vault.erase([digest(1), digest(9)], ledger: zhucheng)
        try demand(vault.resident(digest(1), ledger: zhucheng), is: nil, "the one who is erased")
        try demand(vault.residentCount(ledger: zhucheng), is: 1, "the others")
        try demand(vault.pseudonyms([digest(1)], ledger: zhucheng).count, is: 1, "the pseudonyms")
        try vault.stage([resident(digest(1))], file: digest(101), at: instant(5), ledger: zhucheng)
        try demand(
            vault.imports(of: [digest(1)], ledger: zhucheng), is: [digest(1): digest(101)],
            "the one who is back")
    }

    private static func resident(_ identity: Digest128) -> SealedResident {
        SealedResident(identity: identity, sealed: identity.bytes)
    }

    private static func entry(_ commitment: Int, _ sealed: [UInt8]) -> SealedEntry {
        SealedEntry(commitment: digest(commitment), sealed: sealed)
    }

    private static func pseudonym(_ key: Int, _ pseudonym: UInt64) -> PseudonymEntry {
        PseudonymEntry(key: digest(key), pseudonym: Pseudonym(pseudonym))
    }
}
