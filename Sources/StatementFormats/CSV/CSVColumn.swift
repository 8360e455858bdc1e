/// The columns of one kind of CSV file; the raw value is the English header name.
package protocol CSVColumn: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// Other names that a header may have, such as the Chinese ones.
    var aliases: [String] { get }
    /// Whether a file may leave the column out; a row then reads as if the field were blank.
    var isOptional: Bool { get }
}

extension CSVColumn {
    /// Columns are needed unless a file says otherwise.
    package var isOptional: Bool { false }

    /// The English header of a whole file, for who writes one.
    package static var header: [String] { allCases.map(\.rawValue) }

    /// The column that a header names, in upper or lower case.
    static func named(_ title: String) -> Self? {
        allCases.first { $0.rawValue == title.lowercased() || $0.aliases.contains(title) }
    }

    /// The column as a message names it: `name (姓名)`.
    var title: String {
        aliases.isEmpty ? rawValue : "\(rawValue) (\(aliases.joined(separator: ", ")))"
    }
}
