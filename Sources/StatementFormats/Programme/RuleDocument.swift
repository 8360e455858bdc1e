import Yams

/// A value of a rule file and where it stands.
struct RuleValue {
    /// The path as faults show it.
    let field: String
    let node: Node

    var line: Int? { node.mark?.line }
}

/// A rule file while it is read: gives out its values and gathers what is wrong with them.
///
/// Values keep the text of the file; YAML's own ideas of numbers, dates and truth are never asked.
struct RuleDocument {
    private(set) var faults: [ProgrammeFileFault] = []
    /// The line of every key that was found, by its path.
    private var lines: [String: Int] = [:]

    /// Adds a fault at the value's own line, or at that of its key.
    mutating func fault(_ value: RuleValue, _ message: String, allowed: [String] = []) {
        fault(line: value.line ?? lines[value.field], value.field, message, allowed: allowed)
    }

    mutating func fault(line: Int?, _ field: String, _ message: String, allowed: [String] = []) {
        faults.append(ProgrammeFileFault(line: line, field: field, message: message, allowed: allowed))
    }

    /// Where the key with this path stands.
    func line(of field: String) -> Int? { lines[field] }

    /// Whether something is wrong with the field itself or with something inside it.
    func hasFault(at field: String) -> Bool {
        faults.contains {
            $0.field == field || $0.field.hasPrefix(field + ".") || $0.field.hasPrefix(field + "[")
        }
    }

    /// The values of a mapping by key; keys other than `allowed` are faults, and so are missing ones of `required`.
    mutating func mapping(
        _ value: RuleValue?, _ allowed: [String], required: [String] = []
    ) -> [String: RuleValue] {
        guard let value else { return [:] }
        guard case .mapping(let mapping) = value.node else {
            fault(value, "must have keys below it", allowed: allowed)
            return [:]
        }
        var found: [String: RuleValue] = [:]
        for (keyNode, node) in mapping {
            let key = keyNode.scalar?.string ?? "?"
            let field = value.field.isEmpty ? key : "\(value.field).\(key)"
            let line = keyNode.mark?.line
            if found[key] != nil {
                fault(line: line, field, "the key stands more than once")
            } else if allowed.contains(key) {
                lines[field] = line
                found[key] = RuleValue(field: field, node: node)
            } else {
                let message = Suggestion.sentence("unknown key “\(key)”", for: key, among: allowed)
                fault(line: line, field, message, allowed: allowed)
            }
        }
        require(required, in: found, of: value)
        return found
    }

    /// The items of a list; nothing where there is no such key.
    mutating func list(_ value: RuleValue?, _ form: String) -> [RuleValue] {
        guard let value else { return [] }
        guard case .sequence(let items) = value.node else {
            fault(value, "must be a list", allowed: [form])
            return []
        }
        if items.isEmpty {
            fault(value, "is an empty list; leave the key out for no restriction", allowed: [form])
        }
        return items.enumerated().map {
            RuleValue(field: "\(value.field)[\($0.offset + 1)]", node: $0.element)
        }
    }

    /// What a single value's text means; `nil` where there is no such key, or after a fault.
    mutating func value<Value>(
        _ value: RuleValue?, _ read: (String) throws(TextFault) -> Value
    ) -> Value? {
        guard let value else { return nil }
        guard case .scalar(let scalar) = value.node else {
            fault(value, "must be one value")
            return nil
        }
        do {
            return try read(scalar.string)
        } catch {
            fault(value, error.message, allowed: error.allowed)
            return nil
        }
    }

    /// What every item of a list means, as far as it means something; no item may stand twice.
    mutating func values<Value: Hashable>(
        _ value: RuleValue?, _ form: String, _ read: (String) throws(TextFault) -> Value
    ) -> [Value] {
        var found: [Value] = []
        for item in list(value, form) {
            guard let meaning = self.value(item, read) else { continue }
            if found.contains(meaning) { fault(item, "stands twice in the list") }
            found.append(meaning)
        }
        return found
    }

    /// Faults for the keys among `keys` that the mapping does not have.
    mutating func require(_ keys: [String], in values: [String: RuleValue], of parent: RuleValue) {
        for key in keys where values[key] == nil {
            let field = parent.field.isEmpty ? key : "\(parent.field).\(key)"
            if !hasFault(at: field) {
                fault(line: parent.field.isEmpty ? nil : parent.line, field, "the key is missing")
            }
        }
    }
}
