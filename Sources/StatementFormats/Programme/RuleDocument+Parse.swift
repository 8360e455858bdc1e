import LedgerDomain
import Yams

extension RuleDocument {
    /// The most bytes a rule file may have: its rule has to fit into one event. A real one has two thousand.
    private static var sizeLimit: Int { 60_000 }
    /// The most aliases (`*name`): a few that refer to each other are a file that no memory can hold.
    private static var aliasLimit: Int { 32 }

    /// The whole file as one value.
    static func root(of bytes: some Collection<UInt8>) throws(ProgrammeFileError) -> RuleValue {
        guard bytes.count <= sizeLimit else {
            throw refused("the file has more than \(sizeLimit) bytes; is it the right file?")
        }
        let text: String
        do {
            text = try FileText(bytes).text
        } catch {
            throw refused(error.message, line: error.line)
        }
        guard aliases(in: text) <= aliasLimit else {
            throw refused("the file has more than \(aliasLimit) aliases (*name); write the values out")
        }
        let root: Node?
        do {
            root = text.contains { !$0.isWhitespace } ? try compose(yaml: text) : nil
        } catch {
            throw ProgrammeFileError([fault(of: error)])
        }
        // Of an empty file everything is missing, and whoever begins with one wants to know what.
        return RuleValue(field: "", node: root ?? .mapping(Node.Mapping([])))
    }

    private static func refused(_ message: String, line: Int? = nil) -> ProgrammeFileError {
        ProgrammeFileError([ProgrammeFileFault(line: line, field: "", message: message)])
    }

    /// How often an asterisk stands before a letter or a digit: at least as many as there are aliases.
    private static func aliases(in text: String) -> Int {
        zip(text.utf8, text.utf8.dropFirst()).count { character, next in
            character == UInt8(ascii: "*") && next > UInt8(ascii: "*") && next < 0x7F
        }
    }

    /// What Yams says about text that is no YAML.
    private static func fault(of error: any Error) -> ProgrammeFileFault {
        func fault(_ line: Int?, _ problem: String, field: String = "") -> ProgrammeFileFault {
            ProgrammeFileFault(line: line, field: field, message: problem)
        }
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            let place = context.map { " \($0.text)" } ?? ""
            return fault(mark.line, "not YAML:\(place) \(problem)")
        case .reader(let problem, let offset, _, let yaml):
            let line = offset.map { 1 + yaml.prefix($0).count(where: \.isNewline) }
            return fault(line, "not YAML: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "“\($0)”" }.joined(separator: ", ")
            return fault(
                context.mark.line, "the key \(names) stands more than once; here is the first",
                field: keys.first ?? "")
        default:
            return fault(nil, "not YAML: \(error)")
        }
    }
}
