package import LedgerDomain

/// A merchant's selling point as a registry file names it.
package struct OutletRow: Hashable, Sendable {
    /// The line of the file, from 1.
    package let line: Int
    /// The city platform's id; no two rows of a file have the same.
    package let platformID: String
    /// The merchant that sells there.
    package let merchant: CreditCode
    /// What people call the outlet.
    package let name: String
    /// What it sells, in the words that rules use, such as 演出.
    package let category: String
    /// The GB/T 2260 division it lies in.
    package let region: LedgerCode
    /// The town; empty where the file says nothing.
    package let town: String
    /// Whether it lies in the country.
    package let isRural: Bool
    /// The 集聚区 it belongs to; empty for none.
    package let cluster: String
    /// What kind of place it is, such as 展销店; empty where the file says nothing.
    package let outletClass: String
}

/// 网点名册: outlets from CSV, for the officer who imports them; all rows or none.
package struct OutletFile: Sendable {
    /// The columns of an outlets file.
    package enum Column: String, CSVColumn {
        case platformID = "platform_id"
        case merchant = "merchant_credit_code"
        case name
        case category
        case region
        case town
        case rural
        case cluster
        case outletClass = "class"

        package var aliases: [String] {
            switch self {
            case .platformID: ["平台编号"]
            case .merchant: ["统一社会信用代码", "商户统一社会信用代码"]
            case .name: ["网点名称", "名称"]
            case .category: ["类别"]
            case .region: ["行政区划代码"]
            case .town: ["乡镇"]
            case .rural: ["农村"]
            case .cluster: ["集聚区"]
            case .outletClass: ["类型"]
            }
        }

        package var isOptional: Bool { [.town, .cluster, .outletClass].contains(self) }
    }

    /// The outlets in the order of the file.
    package let rows: [OutletRow]

    /// Reads a whole file; the division 999900 is taken only for a `practice` ledger.
    package init(_ bytes: some Collection<UInt8>, practice: Bool) throws(RowFaults) {
        var outlets = CSVEntries(try CSVTable<Column>(bytes)) { record in
            OutletFile.row(&record, practice: practice)
        }
        outlets.requireUnique(Column.platformID, line: \.line, key: \.platformID)
        rows = try outlets.checked()
    }

    private static func row(_ record: inout CSVRecord<Column>, practice: Bool) -> OutletRow? {
        let platformID = record.text(.platformID, .event)
        let merchant = record.creditCode(.merchant, practice: practice)
        let name = record.text(.name)
        let category = record.text(.category, .event)
        let region = record.value(.region) { (text: String) throws(TextFault) -> LedgerCode in
            try LedgerCode(entered: text, practice: practice)
        }
        let rural = record.choice(.rural, Choice(["yes": true, "no": false, "是": true, "否": false]))
        let town = record.optionalText(.town)
        let cluster = record.optionalText(.cluster, .event)
        let outletClass = record.optionalText(.outletClass, .event)
        guard let platformID, let merchant, let name, let category, let region, let rural else { return nil }
        return OutletRow(
            line: record.line, platformID: platformID, merchant: merchant, name: name, category: category,
            region: region, town: town ?? "", isRural: rural, cluster: cluster ?? "",
            outletClass: outletClass ?? "")
    }
}
