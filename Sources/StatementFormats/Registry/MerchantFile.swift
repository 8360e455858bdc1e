/// A merchant, and who is paid for it, as a registry file names them.
package struct MerchantRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// The merchant's own code; no two rows of a file have the same.
    package let creditCode: CreditCode
    /// The merchant's name, as registered.
    package let name: String
    /// Who is paid: the merchant itself or its agent (代理中介).
    package let payeeCreditCode: CreditCode
    /// The name that the account is held in.
    package let payeeName: String
    /// The bank account, 6 to 32 digits and dashes.
    package let account: String
    /// The bank's 联行号 (CNAPS), 12 digits.
    package let bankCode: String
}

/// 商户名册: merchants with their payees from CSV, for the officer who imports them; all rows or none.
package struct MerchantFile: Sendable {
    /// The columns of a merchants file; without the payee's, every merchant is paid itself.
    package enum Column: String, CSVColumn {
        case creditCode = "credit_code"
        case name
        case payeeCreditCode = "payee_credit_code"
        case payeeName = "payee_name"
        case account
        case bankCode = "bank_code"

        package var aliases: [String] {
            switch self {
            case .creditCode: ["统一社会信用代码"]
            case .name: ["名称"]
            case .payeeCreditCode: ["收款方统一社会信用代码"]
            case .payeeName: ["收款方名称"]
            case .account: ["收款账号"]
            case .bankCode: ["联行号"]
            }
        }

        package var isOptional: Bool { self == .payeeCreditCode || self == .payeeName }
    }

    /// The merchants in the order of the file.
    package let rows: [MerchantRow]

    /// Reads a whole file; demonstration merchants (999900) are taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        var merchants = CSVEntries(try CSVTable<Column>(bytes)) { record in
            MerchantFile.row(&record, practice: practice)
        }
        merchants.requireUnique(Column.creditCode, line: \.line, key: \.creditCode)
        MerchantFile.requireOneAccount(&merchants)
        rows = try merchants.checked()
    }

    private static func row(_ record: inout CSVRecord<Column>, practice: Bool) -> MerchantRow? {
        let creditCode = record.creditCode(.creditCode, practice: practice)
        let name = record.text(.name)
        let agent =
            record[.payeeCreditCode].isEmpty ? nil : record.creditCode(.payeeCreditCode, practice: practice)
        let payeeName = record.optionalText(.payeeName)
        let account = record.value(.account, PayeeAccount.number)
        let bankCode = record.value(.bankCode, PayeeAccount.bankCode)
        if let agent, agent != creditCode, record[.payeeName].isEmpty {
            record.fault(.payeeName, "is empty; an agent's account needs the agent's name")
        }
        guard let creditCode, let name, let account, let bankCode else { return nil }
        return MerchantRow(
            line: record.line, creditCode: creditCode, name: name, payeeCreditCode: agent ?? creditCode,
            payeeName: payeeName ?? name, account: account, bankCode: bankCode)
    }

    /// One payee has one name, account and bank, whichever merchant's row names them.
    private static func requireOneAccount(_ merchants: inout CSVEntries<MerchantRow>) {
        var first: [CreditCode: MerchantRow] = [:]
        for row in merchants.entries {
            guard let earlier = first[row.payeeCreditCode] else {
                first[row.payeeCreditCode] = row
                continue
            }
            let differences: [(Column, Bool)] = [
                (.payeeName, row.payeeName != earlier.payeeName), (.account, row.account != earlier.account),
                (.bankCode, row.bankCode != earlier.bankCode),
            ]
            for (column, differs) in differences where differs {
                merchants.fault(
                    row: row.line, column,
                    "differs from line \(earlier.line), which has the same payee \(row.payeeCreditCode)")
            }
        }
    }
}
