package import LedgerDomain

/// 商品目录: things with listed prices from CSV; all rows or none.
package struct CatalogueFile: Sendable {
    /// The columns of a catalogue file.
    package enum Column: String, CSVColumn {
        case code
        case name
        case category
        case listed

        package var aliases: [String] {
            switch self {
            case .code: ["编号"]
            case .name: ["名称"]
            case .category: ["类别"]
            case .listed: ["标价"]
            }
        }
    }

    /// The things in the order of the file.
    package let items: [CatalogueItem]

    package init(_ bytes: some Collection<UInt8>) throws(RowFaults) {
        var entries = CSVEntries(try CSVTable<Column>(bytes)) { record -> (line: Int, item: CatalogueItem)? in
            let code = record.value(.code, TextLimit.order.check)
            let name = record.text(.name, .event)
            let category = record.text(.category, .event)
            let listed = record.amountOrZero(.listed)
            guard let code, let name, let category, let listed else { return nil }
            var item = CatalogueItem()
            (item.code, item.name, item.category, item.listed) = (code, name, category, listed)
            return (record.line, item)
        }
        entries.requireUnique(Column.code, line: \.line, key: \.item.code)
        let rows = try entries.checked()
        if let first = rows.dropFirst(PublishCatalogue.maximumItems).first {
            throw RowFaults([
                RowFault(
                    row: first.line, field: "",
                    message: "a catalogue has at most \(PublishCatalogue.maximumItems) things; make several")
            ])
        }
        items = rows.map(\.item)
    }
}
