import CBOR
import LedgerDomain
import LedgerStorage
package import StatementFormats

extension Risks {
    /// Notes who is close to which merchants, beside what was noted before; names and numbers are not kept, only keyed MACs.
    ///
    /// All rows are checked first; then each person's are noted, and a file that was cut short can be taken again.
    ///
    /// - Returns: how many relations are new.
    /// - Throws: ``ServiceError/rows(_:)`` where a merchant is not registered; then nothing is noted.
    package func relate(_ file: RelationFile) throws(ServiceError) -> Int {
        let merchants = try service.state { state in
            Dictionary(state.merchants.enumerated.map { ($0.entity.creditCode, $0.id) }) { first, _ in first }
        }
        let faults = file.rows.filter { merchants[$0.creditCode.text] == nil }.map {
            RowFault(row: $0.line, field: "credit_code", message: "no merchant is registered with it")
        }
        guard faults.isEmpty else { throw .rows(RowFaults(faults)) }
        let (size, erased) = try service.state { ($0.size, $0.erased) }
        let people = Dictionary(grouping: file.rows) { service.people.identity($0.identity.text) }
        // Somebody who was erased and is named again is as if never named before.
        func known(_ record: RelationsRecord?, _ identity: Digest128) -> RelationsRecord {
            guard let record, record.size > erased[identity] ?? 0 else { return RelationsRecord() }
            return record
        }
        var count = 0
        for isWritten in [false, true] {
            for (identity, rows) in people {
                let added = try records.change(RelationsRecord.self, identity.bytes, at: service.now) {
                    record throws(ServiceError) in
                    var kept = known(record, identity)
                    let before = kept.relations.count
                    for row in rows {
                        guard let merchant = merchants[row.creditCode.text] else { continue }
                        kept.relate(to: merchant, row.relation)
                    }
                    guard kept.relations.count <= RelationsRecord.limit else {
                        throw .invalid(
                            "Line \(rows[0].line): somebody is close to more than \(RelationsRecord.limit) merchants."
                        )
                    }
                    kept.size = size
                    if isWritten { record = kept }
                    return kept.relations.count - before
                }
                if isWritten { count += added }
            }
        }
        return count
    }

    /// Deletes what is noted of somebody, registered or not.
    ///
    /// - Returns: whether there was anything.
    package func unrelate(_ identityNumber: String) throws(ServiceError) -> Bool {
        let identity = service.people.identity(identityNumber)
        return try records.change(RelationsRecord.self, identity.bytes, at: service.now) { record in
            defer { record = nil }
            return record != nil
        }
    }

    /// Deletes what is kept of a resident who was erased.
    package func forget(_ identityNumber: String) throws(ServiceError) {
        let identity = service.people.identity(identityNumber)
        let erasure = try service.state { $0.erased[identity] } ?? 0
        try records.change(RelationsRecord.self, identity.bytes, at: service.now) { record in
            if let kept = record, kept.size <= erasure { record = nil }
        }
    }

    /// Who is close to which merchants, by the pseudonyms of every programme.
    func related() throws(ServiceError) -> [Pseudonym: Set<MerchantID>] {
        let (erased, scopes) = try service.state { state in
            (state.erased, Set(state.programmes.enumerated.map { PseudonymScope($0.id, in: state) }))
        }
        var merchants: [Digest128: Set<MerchantID>] = [:]
        for (key, record) in try records.all(RelationsRecord.self, at: service.now) {
            guard let identity = Digest128(key), record.size > erased[identity] ?? 0 else { continue }
            merchants[identity] = Set(record.relations.map(\.merchant))
        }
        guard !merchants.isEmpty else { return [:] }
        var related: [Pseudonym: Set<MerchantID>] = [:]
        for scope in scopes {
            let known = try service.people.knownPseudonyms(of: Array(merchants.keys), in: scope)
            for (identity, pseudonym) in known { related[pseudonym] = merchants[identity] }
        }
        return related
    }
}

extension RelationsRecord {
    /// Notes that the person is close to a merchant, in this way.
    fileprivate mutating func relate(to merchant: MerchantID, _ relation: String) {
        if let place = relations.firstIndex(where: { $0.merchant == merchant }) {
            relations[place].relation = relation
        } else {
            relations.append(.with { ($0.merchant, $0.relation) = (merchant, relation) })
        }
    }
}
