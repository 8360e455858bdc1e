/// A resident as a registry file names them.
package struct ResidentRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// The name, as on the identity card.
    package let name: String
    /// The identity number; no two rows of a file have the same.
    package let identity: IdentityNumber
    /// The mobile number, eleven digits; `nil` for who has none and claims at a counter.
    package let phone: String?
}

/// 居民名册: residents from CSV, for the officer who imports them; all rows or none.
package struct ResidentFile: Sendable {
    /// The columns of a residents file.
    package enum Column: String, CSVColumn {
        case name
        case idNumber = "id_number"
        case phone

        package var aliases: [String] {
            switch self {
            case .name: ["姓名"]
            case .idNumber: ["身份证号"]
            case .phone: ["手机号"]
            }
        }
    }

    /// The residents in the order of the file.
    package let rows: [ResidentRow]

    /// Reads a whole file; demonstration people (999900) are taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        var residents = CSVEntries(try CSVTable<Column>(bytes)) { record -> ResidentRow? in
            let name = record.text(.name)
            let identity = record.identityNumber(.idNumber, practice: practice)
            let phone = record.optionalValue(.phone, ResidentFile.mobileNumber)
            guard let name, let identity else { return nil }
            return ResidentRow(line: record.line, name: name, identity: identity, phone: phone)
        }
        residents.requireUnique(Column.idNumber, line: \.line, key: \.identity)
        rows = try residents.checked()
    }

    private static func mobileNumber(_ text: String) throws(TextFault) -> String {
        let digits = Array(text.utf8)
        guard digits.count == 11, digits.allSatisfy({ (0x30...0x39).contains($0) }), digits[0] == 0x31,
            (0x33...0x39).contains(digits[1])
        else {
            throw TextFault(message: "must be a mobile number: 11 digits that begin with 13 to 19")
        }
        return text
    }
}
