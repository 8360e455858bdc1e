package import LedgerDomain

/// A group that somebody attested a resident to belong to.
package struct AttestationRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    package let identity: IdentityNumber
    /// Such as `disabled`, `migrant`, `hardship`, `rural`; 1 to 32 bytes.
    package let group: String
    /// The first day on which it says nothing any more.
    package let until: BusinessDay
    /// What was looked at, such as a certificate's number; 1 to 200 bytes.
    package let evidence: String

    package init(line: Int, identity: IdentityNumber, group: String, until: BusinessDay, evidence: String) {
        self.line = line
        self.identity = identity
        self.group = group
        self.until = until
        self.evidence = evidence
    }
}

/// 认定名册: attestations from CSV, for who looked at the papers; all rows or none.
package struct AttestationFile: Sendable {
    /// The columns of an attestations file.
    package enum Column: String, CSVColumn {
        case idNumber = "id_number"
        case group
        case until
        case evidence

        package var aliases: [String] {
            switch self {
            case .idNumber: ["身份证号"]
            case .group: ["人群"]
            case .until: ["有效期至"]
            case .evidence: ["依据"]
            }
        }
    }

    /// The rows in the order of the file.
    package let rows: [AttestationRow]

    /// One attestation, typed.
    package init(_ row: AttestationRow) { rows = [row] }

    /// Reads a whole file; demonstration people (999900) are taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        var entries = CSVEntries(try CSVTable<Column>(bytes)) { record -> AttestationRow? in
            let identity = record.identityNumber(.idNumber, practice: practice)
            let group = record.value(.group, GroupName.check)
            let until = record.value(.until, BusinessDay.init(entered:))
            let evidence = record.value(.evidence, TextLimit.event.check)
            guard let identity, let group, let until, let evidence else { return nil }
            return AttestationRow(
                line: record.line, identity: identity, group: group, until: until, evidence: evidence)
        }
        entries.requireUnique(Column.group, line: \.line) { "\($0.identity.text) \($0.group)" }
        rows = try entries.checked()
    }
}
