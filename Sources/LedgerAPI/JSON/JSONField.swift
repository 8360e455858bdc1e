import Foundation
import LedgerDomain

/// One field of an object: its name, what it is for, and how it is read and written.
struct JSONField<Owner>: Sendable {
    let name: String
    let about: String
    let isRequired: Bool
    let limits: FieldLimits
    let example: Document
    private let schema: @Sendable (inout SchemaBook) -> Document
    private let reading:
        (@Sendable (inout Owner, KeyedDecodingContainer<FieldName>, LedgerCode) throws -> Void)?
    private let writing: @Sendable (Owner, inout JSONText, LedgerCode) -> Void

    /// A field that requests bring and that is always there.
    init<Value: JSONReadable>(
        _ name: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ about: String,
        _ limits: FieldLimits = .none
    ) {
        self.init(name, about, limits, Value.self, isRequired: true) {
            $0[keyPath: path]
        } reading: {
            owner, container, ledger in
            owner[keyPath: path] = try JSONField.read(Value.self, name, limits, container, ledger)
        }
    }

    /// A field that requests may bring.
    init<Value: JSONReadable>(
        _ name: String, _ path: any WritableKeyPath<Owner, Value?> & Sendable, _ about: String,
        _ limits: FieldLimits = .none
    ) {
        self.init(name, about, limits, Value.self, isRequired: false) {
            $0[keyPath: path]
        } reading: {
            owner, container, ledger in
            owner[keyPath: path] = try JSONField.read(Value.self, name, limits, container, ledger)
        }
    }

    /// A field that requests may leave out, for the value that a blank has.
    init<Value: JSONReadable>(
        optional name: String, _ path: any WritableKeyPath<Owner, Value> & Sendable, _ about: String,
        _ limits: FieldLimits = .none
    ) {
        self.init(name, about, limits, Value.self, isRequired: false) {
            $0[keyPath: path]
        } reading: {
            owner, container, ledger in
            owner[keyPath: path] = try JSONField.read(Value.self, name, limits, container, ledger)
        }
    }

    /// A field of answers, there or not.
    init<Value: JSONValue>(
        told name: String, _ about: String, isRequired: Bool = true,
        _ value: @escaping @Sendable (Owner) -> Value?
    ) {
        self.init(name, about, .none, Value.self, isRequired: isRequired, value, reading: nil)
    }

    private init<Value: JSONValue>(
        _ name: String, _ about: String, _ limits: FieldLimits, _ type: Value.Type, isRequired: Bool,
        _ value: @escaping @Sendable (Owner) -> Value?,
        reading: (@Sendable (inout Owner, KeyedDecodingContainer<FieldName>, LedgerCode) throws -> Void)?
    ) {
        self.name = name
        self.about = about
        self.isRequired = isRequired
        self.limits = limits
        self.reading = reading
        example = Value.example
        schema = { Value.schema(in: &$0) }
        writing = { owner, text, ledger in
            guard let value = value(owner) else { return }
            text.name(name)
            value.write(to: &text, in: ledger)
        }
    }

    private static func read<Value: JSONReadable>(
        _ type: Value.Type, _ name: String, _ limits: FieldLimits,
        _ container: KeyedDecodingContainer<FieldName>, _ ledger: LedgerCode
    ) throws -> Value {
        let key = FieldName(name)
        let value = try container.decode(Read<Value>.self, forKey: key, configuration: ledger).value
        if let sentence = limits.fault(of: value) { throw FieldFault(container.codingPath + [key], sentence) }
        return value
    }

    func write(_ owner: Owner, _ text: inout JSONText, _ ledger: LedgerCode) {
        writing(owner, &text, ledger)
    }

    /// Fills the field of a blank; `false` where the document does not have it.
    func fill(
        _ owner: inout Owner, _ container: KeyedDecodingContainer<FieldName>, _ ledger: LedgerCode
    ) throws -> Bool {
        guard let reading else { return false }
        guard container.contains(FieldName(name)) else {
            guard isRequired else { return false }
            throw FieldFault(
                container.codingPath + [FieldName(name)], Sentence("缺少这个字段", "this field is missing"))
        }
        try reading(&owner, container, ledger)
        return true
    }

    /// The field's schema with what it is for.
    func described(in book: inout SchemaBook) -> Document {
        let schema = limits.limiting(schema(&book))
        // Beside a reference a description is allowed since JSON Schema 2019-09.
        return schema.adding(["description": .text(about)])
    }
}

/// How long or large a field may be.
enum FieldLimits: Sendable {
    case none
    /// UTF-8 bytes of a text.
    case text(ClosedRange<Int>)
    /// Elements of a list.
    case items(ClosedRange<Int>)
    /// A whole number.
    case number(ClosedRange<Int64>)

    func fault(of value: some JSONValue) -> Sentence? {
        switch self {
        case .text(let bounds):
            guard let text = value as? String, !bounds.contains(text.utf8.count) else { return nil }
            return Sentence(
                "应为 \(bounds.lowerBound) 至 \(bounds.upperBound) 字节",
                "it must have \(bounds.lowerBound) to \(bounds.upperBound) bytes of UTF-8")
        case .items(let bounds):
            guard let list = value as? any Collection, !bounds.contains(list.count) else { return nil }
            return Sentence(
                "应为 \(bounds.lowerBound) 至 \(bounds.upperBound) 项",
                "it must have \(bounds.lowerBound) to \(bounds.upperBound) elements")
        case .number(let bounds):
            guard let number = value as? any BinaryInteger, !bounds.contains(Int64(clamping: number)) else {
                return nil
            }
            return Sentence(
                "应为 \(bounds.lowerBound) 至 \(bounds.upperBound)",
                "it must be \(bounds.lowerBound) to \(bounds.upperBound)")
        case .none: return nil
        }
    }

    func limiting(_ schema: Document) -> Document {
        switch self {
        case .none: schema
        case .text(let bounds):
            // A schema counts characters, the ledger bytes: the lower bound is the same, the upper one the most there can be.
            schema.adding([
                "minLength": .integer(Int64(bounds.lowerBound)),
                "maxLength": .integer(Int64(bounds.upperBound)),
            ])
        case .items(let bounds):
            schema.adding([
                "minItems": .integer(Int64(bounds.lowerBound)),
                "maxItems": .integer(Int64(bounds.upperBound)),
            ])
        case .number(let bounds):
            schema.adding(["minimum": .integer(bounds.lowerBound), "maximum": .integer(bounds.upperBound)])
        }
    }
}
