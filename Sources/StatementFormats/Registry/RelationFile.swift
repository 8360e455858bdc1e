import LedgerDomain

/// That a resident is close to a merchant: its owner, somebody who works there, somebody of the family.
package struct RelationRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    package let identity: IdentityNumber
    /// The merchant's credit code.
    package let creditCode: CreditCode
    /// What they are: an owner (法定代表人), staff (员工), family (近亲属); 1 to 32 bytes.
    package let relation: String
}

/// 关联人名册: who is close to which merchant, from CSV, as registers of companies and of social insurance tell; all rows or
/// none.
package struct RelationFile: Sendable {
    /// The columns of a relations file.
    package enum Column: String, CSVColumn {
        case creditCode = "credit_code"
        case idNumber = "id_number"
        case relation

        package var aliases: [String] {
            switch self {
            case .creditCode: ["统一社会信用代码"]
            case .idNumber: ["身份证号"]
            case .relation: ["关系"]
            }
        }
    }

    /// The most rows of a file.
    package static let limit = 10_000

    /// The rows in the order of the file.
    package let rows: [RelationRow]

    /// Reads a whole file; demonstration people (999900) are taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        var entries = CSVEntries(try CSVTable<Column>(bytes)) { record -> RelationRow? in
            let identity = record.identityNumber(.idNumber, practice: practice)
            let creditCode = record.creditCode(.creditCode, practice: practice)
            let relation = record.value(.relation, TextLimit(bytes: 32).check)
            guard let identity, let creditCode, let relation else { return nil }
            return RelationRow(
                line: record.line, identity: identity, creditCode: creditCode, relation: relation)
        }
        entries.requireUnique(Column.idNumber, line: \.line) {
            "\($0.identity.text) \($0.creditCode)"
        }
        let checked = try entries.checked()
        if checked.count > RelationFile.limit {
            throw RowFaults([
                RowFault(
                    row: checked[RelationFile.limit].line, field: "",
                    message: "is one of more than \(RelationFile.limit) rows; take them in several files")
            ])
        }
        rows = checked
    }
}
