/// A file of settings: a YAML mapping of names to single values, read as text.
package struct SettingsFile: Sendable {
    /// A value as it was written, and its line.
    package struct Entry: Sendable {
        package let text: String
        package let line: Int?
    }

    /// What the file sets, by name.
    package let entries: [String: Entry]

    /// Reads a file that may set `names` and nothing else; an unknown name is a fault that suggests the one meant.
    package init(
        _ bytes: some Collection<UInt8>, names: [String]
    ) throws(ProgrammeFileError) {
        let root = try RuleDocument.root(of: bytes)
        var document = RuleDocument()
        var entries: [String: Entry] = [:]
        for (name, value) in document.mapping(root, names) {
            let line = document.line(of: name)
            guard let text = document.value(value, { (text) throws(TextFault) in text }) else { continue }
            entries[name] = Entry(text: text, line: line)
        }
        guard document.faults.isEmpty else { throw ProgrammeFileError(document.faults) }
        self.entries = entries
    }
}
