import Foundation

/// The parameters of a header's value, such as `form-data; name="bill"; filename="账单.csv"` (RFC 9110 §5.6.6).
struct HeaderParameters {
    /// By their names in small letters; the first where one is there twice.
    private(set) var values: [String: String] = [:]

    init(_ text: String) {
        var rest = text.drop { $0 != ";" }
        while rest.first == ";" {
            rest = rest.dropFirst().drop { $0 == " " || $0 == "\t" }
            let name = rest.prefix { $0 != "=" && $0 != ";" }
            rest = rest.dropFirst(name.count)
            guard rest.first == "=" else { continue }
            rest = rest.dropFirst()
            var value = ""
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while let character = rest.popFirst(), character != "\"" {
                    // Of escapes only that of a quotation mark: others are parts of folders' names.
                    if character == "\\", rest.first == "\"" {
                        value.append("\"")
                        rest.removeFirst()
                    } else {
                        value.append(character)
                    }
                }
                rest = rest.drop { $0 != ";" }
            } else {
                let word = rest.prefix { $0 != ";" }
                value = word.trimmingCharacters(in: .whitespaces)
                rest = rest.dropFirst(word.count)
            }
            let key = name.lowercased().trimmingCharacters(in: .whitespaces)
            if values[key] == nil { values[key] = value }
        }
    }
}
