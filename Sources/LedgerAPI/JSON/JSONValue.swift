import Foundation
import LedgerDomain

/// What requests and answers carry as JSON (RFC 8259): how it is written and how it is described.
///
/// Identifiers are written as people see them, with their ledger, so that both need to know it.
protocol JSONValue: Sendable {
    func write(to text: inout JSONText, in ledger: LedgerCode)
    /// Its JSON Schema (2020-12); what has a name of its own goes into the book.
    static func schema(in book: inout SchemaBook) -> Document
    /// One that could be.
    static var example: Document { get }
}

/// A value that requests bring.
protocol JSONReadable: JSONValue {
    /// - Throws: ``FieldFault`` for what it cannot be.
    init(reading decoder: any Decoder, in ledger: LedgerCode) throws
}

/// A value that is one string, number or truth value.
protocol JSONScalar: JSONReadable {
    associatedtype Raw: JSONRaw
    /// `nil` for what it cannot be.
    init?(raw: Raw, in ledger: LedgerCode)
    func raw(in ledger: LedgerCode) -> Raw
    /// What would be right.
    static var expectation: Sentence { get }
}

extension JSONScalar {
    init(reading decoder: any Decoder, in ledger: LedgerCode) throws {
        let raw: Raw
        do {
            raw = try decoder.singleValueContainer().decode(Raw.self)
        } catch {
            throw FieldFault(decoder.codingPath, Self.expectation)
        }
        guard let value = Self(raw: raw, in: ledger) else {
            throw FieldFault(decoder.codingPath, Self.expectation)
        }
        self = value
    }

    func write(to text: inout JSONText, in ledger: LedgerCode) { raw(in: ledger).append(to: &text) }
}

extension Array: JSONValue where Element: JSONValue {
    func write(to text: inout JSONText, in ledger: LedgerCode) {
        text.list(self) { $0.write(to: &$1, in: ledger) }
    }

    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "array", "items": Element.schema(in: &book)]
    }

    static var example: Document { .list([Element.example]) }
}

extension Array: JSONReadable where Element: JSONReadable {
    init(reading decoder: any Decoder, in ledger: LedgerCode) throws {
        var container: any UnkeyedDecodingContainer
        do {
            container = try decoder.unkeyedContainer()
        } catch {
            throw FieldFault(decoder.codingPath, Sentence("应为列表", "it must be a list"))
        }
        self = []
        while !container.isAtEnd {
            append(try container.decode(Read<Element>.self, configuration: ledger).value)
        }
    }
}

/// A value as Foundation's decoders give it.
struct Read<Value: JSONReadable>: DecodableWithConfiguration {
    let value: Value

    init(from decoder: any Decoder, configuration ledger: LedgerCode) throws {
        value = try Value(reading: decoder, in: ledger)
    }
}
