import FoundationXML

/// 会计核算软件数据接口: records for auditors' software in the manner of GB/T 24589.2-2010, written piece by piece.
///
/// Files, records and fields have the standard's Chinese names. Its element numbers (locID) are left out.
package struct AccountingDataFile: Sendable {
    /// The files of an export.
    package enum Name: String, CaseIterable, Sendable {
        /// What the other one refers to: the book, periods, currencies, funds, programmes, payees.
        case common = "公共档案"
        /// Accounts, balances and vouchers of the book.
        case generalLedger = "总账"

        package var file: String { "\(rawValue).xml" }
    }

    private let name: Name
    private var text: String

    package init(_ name: Name) {
        self.name = name
        text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(name.rawValue)>\n"
    }

    /// Adds a record; fields stand in the order given.
    package mutating func append(_ record: String, _ fields: KeyValuePairs<String, String>) {
        let element = XMLElement(name: record)
        for (field, value) in fields { element.addChild(XMLElement(name: field, stringValue: value)) }
        text += element.xmlString + "\n"
    }

    /// Ends the file.
    package mutating func end() { text += "</\(name.rawValue)>\n" }

    /// What was written since this was asked last.
    package mutating func take() -> String {
        defer { text = "" }
        return text
    }
}
