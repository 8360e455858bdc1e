/// One thing wrong with a rule file, for the officer who wrote it.
package struct ProgrammeFileFault: Error, Hashable, Sendable {
    /// The line of the file, from 1; `nil` where something is missing from the file as a whole.
    package var line: Int?
    /// The path of the field as the file spells it, such as `limits.person.amount` or `ratios[2].ratio`.
    package var field: String
    /// What is wrong, in English, without a full stop.
    package var message: String
    /// The keys, the words or the form of the value that would be right; empty where that goes without saying.
    package var allowed: [String]

    /// Makes a fault, for a reader or for a command that checks a rule further.
    package init(line: Int?, field: String, message: String, allowed: [String] = []) {
        self.line = line
        self.field = field
        self.message = message
        self.allowed = allowed
    }
}

extension ProgrammeFileFault: CustomStringConvertible {
    /// `line 7, step: “x” is not an amount in yuan; allowed: yuan such as 30, 30.5 or 30.50`.
    package var description: String {
        let place = [line.map { "line \($0)" }, field.isEmpty ? nil : field].compactMap(\.self)
        let head = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
        return head + TextFault(message: message, allowed: allowed).sentence
    }
}

/// Everything wrong with a rule file, thrown by its reader.
package struct ProgrammeFileError: Error, Equatable, Sendable {
    /// At least one fault, in the order of the lines; what concerns the whole file comes last.
    package let faults: [ProgrammeFileFault]

    init(_ faults: [ProgrammeFileFault]) {
        self.faults = faults.enumerated()
            .sorted { ($0.element.line ?? .max, $0.offset) < ($1.element.line ?? .max, $1.offset) }
            .map(\.element)
    }
}

extension ProgrammeFileError: CustomStringConvertible {
    /// One fault a line.
    package var description: String { faults.map(\.description).joined(separator: "\n") }
}
