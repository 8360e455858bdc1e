import CBOR
package import LedgerDomain
import LedgerStorage
package import StatementFormats

/// Who belongs to which group, as somebody attested it; the vault keeps it, and a claim records what it used.
extension LedgerService {
    /// Stores attestations of registered residents, all or none.
    ///
    /// - Parameter call: whose principal looked at the papers; nobody claims with an attestation of their own.
    package func attest(
        _ file: AttestationFile, _ call: Call
    ) throws(ServiceError) -> Int {
        let identities = file.rows.map { people.identity($0.identity.text) }
        let known: Set<Digest128>
        do {
            known = Set(try people.vault.imports(of: identities, ledger: ledger).keys)
        } catch {
            throw .storage(error)
        }
        var faults: [RowFault] = []
        var sealed: [SealedAttestation] = []
        for (row, identity) in zip(file.rows, identities) {
            if !known.contains(identity) {
                faults.append(
                    RowFault(row: row.line, field: "id_number", message: "is no registered resident's"))
            }
            if row.until.start <= call.instant ?? now {
                faults.append(
                    RowFault(
                        row: row.line, field: "until", message: "is past: the attestation would say nothing"))
            }
            if AgeGroup.all.contains(row.group) {
                faults.append(
                    RowFault(
                        row: row.line, field: "group", message: "follows from the identity number by itself"))
            }
            sealed.append(
                try people.seal(
                    AttestedGroup.with {
                        $0.group = row.group
                        $0.until = row.until.start
                        $0.attestor = call.principal
                        $0.evidence = row.evidence
                    }, of: identity))
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        do {
            try people.vault.attest(sealed, ledger: ledger)
        } catch {
            throw .storage(error)
        }
        return sealed.count
    }

    /// The groups of a resident: attested ones, and those that follow from the age at `instant`.
    package func groups(of number: String, at instant: Instant) throws(ServiceError) -> [AttestedGroup] {
        // Age first: a claim names at most eight groups, and these must not fall off.
        AgeGroup.attested(number, at: instant) + (try people.attested(people.identity(number)))
    }

    /// What a claim of a resident says of the person: of all groups, those that the batch or its rule asks about.
    ///
    /// - Parameter proxy: the identity number of who claims for the person.
    func claimant(
        _ number: String, proxy: String?, channel: String?, taking batch: BatchID, at instant: Instant
    ) throws(ServiceError) -> Claimant? {
        guard let facts = try knownBatches.facts(of: batch, self),
            !facts.groups.isEmpty || proxy != nil || channel != nil
        else { return nil }
        let identity = people.identity(number)
        // A platform's claims in a drop say their channel, and need no look into the vault for it.
        let known = facts.groups.isEmpty ? [] : try groups(of: number, at: instant)
        let groups = known.filter { facts.groups.contains($0.group) && $0.until > instant }
        var claimant = Claimant()
        claimant.attestations = groups.prefix(Claimant.maximumAttestations).map { group in
            .with {
                $0.group = group.group
                $0.until = group.until
                $0.attestor = group.attestor
                $0.commitment = people.commitment(to: identity, in: group.group, facts.scope)
            }
        }
        if let proxy {
            guard let pseudonym = try registered([proxy], in: facts.scope)[proxy] else {
                throw .notFound(.proxy, masked(proxy))
            }
            claimant.proxy = pseudonym
        }
        claimant.channel = channel
        return claimant == Claimant() ? nil : claimant
    }
}

extension Claimant? {
    /// Whether a retry says the same as the earlier request did, whatever has been attested since.
    func isSaid(again earlier: Claimant?) -> Bool {
        self?.proxy == earlier?.proxy && self?.channel == earlier?.channel
    }
}
