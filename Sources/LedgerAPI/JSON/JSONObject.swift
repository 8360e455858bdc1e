import Foundation
import LedgerDomain

/// A JSON object whose fields are named once, for writing, reading and describing.
protocol JSONObject: JSONValue {
    static var fields: [JSONField<Self>] { get }
    /// What the description calls it.
    static var schemaName: String { get }
}

/// An object that requests bring: blank at first, every field filled or left out; a field that it does not have is refused.
protocol JSONBody: JSONObject, JSONReadable {
    init()
}

/// The name of a field as a coding key.
struct FieldName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension JSONObject {
    static var schemaName: String { "\(Self.self)" }

    func write(to text: inout JSONText, in ledger: LedgerCode) {
        text.object { text in
            for field in Self.fields { field.write(self, &text, ledger) }
        }
    }

    static func schema(in book: inout SchemaBook) -> Document {
        book.reference(schemaName) { book in
            objectSchema(fields, isClosed: Self.self is any JSONBody.Type, &book)
        }
    }

    static var example: Document {
        .map(fields.map { Document.Member(name: $0.name, value: $0.example) })
    }
}

/// The schema of an object with these fields.
func objectSchema<Owner>(
    _ fields: [JSONField<Owner>], isClosed: Bool, _ book: inout SchemaBook
) -> Document {
    let required = fields.filter(\.isRequired).map { Document.text($0.name) }
    return .object([
        "type": "object",
        "properties": .map(fields.map { .init(name: $0.name, value: $0.described(in: &book)) }),
        "required": required.isEmpty ? nil : .list(required),
        "additionalProperties": isClosed ? .flag(false) : nil,
    ])
}

extension JSONBody {
    init(reading decoder: any Decoder, in ledger: LedgerCode) throws {
        let container: KeyedDecodingContainer<FieldName>
        do {
            container = try decoder.container(keyedBy: FieldName.self)
        } catch {
            throw FieldFault(decoder.codingPath, Sentence("应为 JSON 对象", "it must be a JSON object"))
        }
        self.init()
        var found = 0
        for field in Self.fields where try field.fill(&self, container, ledger) { found += 1 }
        guard found < container.allKeys.count else { return }
        let known = Self.fields.map(\.name)
        for key in container.allKeys where !known.contains(key.stringValue) {
            let list = known.joined(separator: ", ")
            throw FieldFault(
                decoder.codingPath + [key],
                known.isEmpty
                    ? Sentence("这里没有任何字段", "nothing is said here")
                    : Sentence("没有这个字段；有：\(list)", "there is no such field; there are: \(list)"))
        }
    }
}

/// Reads a document of `Value`.
///
/// - Throws: ``FieldFault``.
func readJSON<Value: JSONReadable>(
    _ type: Value.Type, _ bytes: some Sequence<UInt8>, in ledger: LedgerCode
) throws -> Value {
    do {
        return try JSONDecoder().decode(Read<Value>.self, from: Data(bytes), configuration: ledger).value
    } catch let fault as FieldFault {
        throw fault
    } catch {
        throw FieldFault("", Sentence("不是合法的 JSON（RFC 8259）", "it is not JSON (RFC 8259)"))
    }
}

/// The document of `value`, a line of its own.
func writtenJSON(_ value: some JSONValue, in ledger: LedgerCode) -> [UInt8] {
    var text = JSONText()
    value.write(to: &text, in: ledger)
    return text.bytes + [UInt8(ascii: "\n")]
}
