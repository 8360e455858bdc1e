import LedgerDomain
import Yams

extension RuleDocument {
    /// The most bytes a rule file may have; a real one has two thousand.
    private static var sizeLimit: Int { 262_144 }

    /// The whole file as one value.
    static func root(of bytes: some Collection<UInt8>) throws(ProgrammeFileError) -> RuleValue {
        guard bytes.count <= sizeLimit else {
            let message = "the file has more than \(sizeLimit) bytes; is it a rule file?"
            throw ProgrammeFileError([ProgrammeFileFault(line: nil, field: "", message: message)])
        }
        do {
            let text = try FileText(bytes).text
            if let node = text.contains(where: { !$0.isWhitespace }) ? try compose(yaml: text) : nil {
                return RuleValue(field: "", node: node)
            }
        } catch let error as NotUTF8 {
            throw ProgrammeFileError([ProgrammeFileFault(line: error.line, field: "", message: error.message)])
        } catch {
            throw ProgrammeFileError([fault(of: error)])
        }
        throw ProgrammeFileError([ProgrammeFileFault(line: nil, field: "", message: "the file is empty")])
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
