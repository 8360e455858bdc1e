import Foundation

/// What a command says at its end: facts and tables, for people or as one JSON document.
struct Report: Sendable {
    /// Single facts in order: key in JSON, label for people, value.
    var facts: [(key: String, label: String, value: Cell)] = []
    var tables: [(key: String, table: ReportTable)] = []
    /// A document to be kept as it is, in place of facts and tables.
    var document: String?

    init() {}

    mutating func add(_ key: String, _ label: String, _ value: Cell) {
        facts.append((key, label, value))
    }

    mutating func add(_ key: String, _ table: ReportTable) {
        tables.append((key, table))
    }

    var text: String {
        if let document { return document.hasSuffix("\n") ? String(document.dropLast()) : document }
        let width = facts.map(\.label.displayWidth).max() ?? 0
        var parts: [String] = []
        if !facts.isEmpty {
            parts.append(
                facts.map { fact in
                    let space = String(repeating: " ", count: width - fact.label.displayWidth)
                    return "  \(fact.label)\(space)  \(fact.value.forPeople)"
                }.joined(separator: "\n"))
        }
        parts += tables.map(\.table.text)
        return parts.joined(separator: "\n\n")
    }

    /// One line of JSON with sorted keys.
    var json: String {
        var document: [String: JSONPart] = [:]
        if let text = self.document { document["document"] = .cell(.text(text)) }
        for fact in facts { document[fact.key] = .cell(fact.value) }
        for (key, table) in tables { document[key] = .rows(table.objects) }
        return encodedJSON(document)
    }

    private enum JSONPart: Encodable {
        case cell(Cell)
        case rows([[String: Cell]])

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .cell(let cell): try cell.encode(to: encoder)
            case .rows(let rows): try rows.encode(to: encoder)
            }
        }
    }
}

/// JSON on one line, keys sorted, slashes as they are.
func encodedJSON(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(value) else { return "{}" }
    return String(decoding: data, as: UTF8.self)
}
