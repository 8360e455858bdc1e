import Cryptography
import LedgerDomain

extension String: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) { self = raw }
    func raw(in ledger: LedgerCode) -> String { self }
    static var expectation: Sentence { Sentence("应为字符串", "it must be a string") }
    static func schema(in book: inout SchemaBook) -> Document { ["type": "string"] }
    static var example: Document { "演练" }
}

extension Bool: JSONScalar {
    init?(raw: Bool, in ledger: LedgerCode) { self = raw }
    func raw(in ledger: LedgerCode) -> Bool { self }
    static var expectation: Sentence { Sentence("应为 true 或 false", "it must be true or false") }
    static func schema(in book: inout SchemaBook) -> Document { ["type": "boolean"] }
    static var example: Document { false }
}

extension UInt32: JSONScalar {
    init?(raw: UInt32, in ledger: LedgerCode) { self = raw }
    func raw(in ledger: LedgerCode) -> UInt32 { self }
    static var expectation: Sentence {
        Sentence("应为 0 至 4294967295 的整数", "it must be a whole number from 0 to 4294967295")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "integer", "minimum": 0, "maximum": 4_294_967_295]
    }
    static var example: Document { 1 }
}

extension Int32: JSONScalar {
    init?(raw: Int32, in ledger: LedgerCode) { self = raw }
    func raw(in ledger: LedgerCode) -> Int32 { self }
    static var expectation: Sentence { Sentence("应为整数", "it must be a whole number") }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "integer", "format": "int32", "minimum": -2_147_483_648, "maximum": 2_147_483_647]
    }
    static var example: Document { 2018 }
}

/// The number of an event.
extension UInt64: JSONScalar {
    init?(raw: UInt64, in ledger: LedgerCode) {
        // The largest whole number that every reader of JSON keeps (RFC 8259 §6).
        guard raw <= 9_007_199_254_740_991 else { return nil }
        self = raw
    }
    func raw(in ledger: LedgerCode) -> UInt64 { self }
    static var expectation: Sentence {
        Sentence("应为不小于 0 的整数", "it must be a whole number from 0 on")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "integer", "minimum": 0, "maximum": 9_007_199_254_740_991]
    }
    static var example: Document { 42 }
}

extension Amount: JSONScalar {
    init?(raw: Int64, in ledger: LedgerCode) { self.init(fen: raw) }
    func raw(in ledger: LedgerCode) -> Int64 { fen }
    static var expectation: Sentence {
        Sentence("金额应为整数，单位为分", "an amount is a whole number of fen")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        book.reference("Amount") { _ in
            [
                "type": "integer", "description": "An amount of money in whole fen (分).", "format": "int64",
                "minimum": .integer(-Amount.limit.fen), "maximum": .integer(Amount.limit.fen),
            ]
        }
    }
    static var example: Document { 12_000 }
}

extension Instant: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) { self.init(text: raw) }
    func raw(in ledger: LedgerCode) -> String { text }
    static var expectation: Sentence {
        Sentence(
            "时间应形如 2018-06-01T10:00:00+08:00", "a time looks like 2018-06-01T10:00:00+08:00 (RFC 3339)")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "format": "date-time"]
    }
    static var example: Document { "2018-06-01T10:00:00+08:00" }
}

extension BusinessDay: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) { self.init(text: raw) }
    func raw(in ledger: LedgerCode) -> String { text }
    static var expectation: Sentence {
        Sentence("日期应形如 2018-06-01", "a day looks like 2018-06-01")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "format": "date"]
    }
    static var example: Document { "2018-06-01" }
}

extension LedgerCode: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) { self.init(text: raw) }
    func raw(in ledger: LedgerCode) -> String { description }
    static var expectation: Sentence {
        Sentence("区划代码为六位数字（GB/T 2260）", "a ledger is six digits (GB/T 2260)")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "pattern": "^[0-9]{6}$"]
    }
    static var example: Document { "370782" }
}

extension Identifier: JSONScalar, JSONReadable, JSONValue where Entity: Numbered {
    init?(raw: String, in ledger: LedgerCode) {
        guard let id = try? Identifier(text: raw, in: ledger) else { return nil }
        self = id
    }

    func raw(in ledger: LedgerCode) -> String { text(in: ledger) }
    static var expectation: Sentence {
        let form = Identifier(1).text(in: LedgerCode(370_782))
        return Sentence(
            "编号应形如 \(form)，或只写序号", "the number looks like \(form), or is the bare number in a string")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        book.reference("\(Entity.self)ID") { _ in
            [
                "type": "string",
                "description":
                    "Letter, ledger, number, check digit (ISO/IEC 7064 MOD 11,10); requests may bring the bare number.",
                "pattern": .text("^(\(Entity.letter)[0-9]{6}-[0-9]{8,10}-[0-9]|[0-9]{1,10})$"),
            ]
        }
    }
    static var example: Document { .text(Identifier(1).text(in: LedgerCode(370_782))) }
}

extension KeyID: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) {
        guard let bytes = [UInt8](hexadecimal: raw), let id = KeyID(bytes) else { return nil }
        self = id
    }
    func raw(in ledger: LedgerCode) -> String { bytes.hexadecimal }
    static var expectation: Sentence {
        Sentence("应为 16 位十六进制数字", "it must be 16 hexadecimal digits")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "pattern": "^[0-9a-f]{16}$"]
    }
    static var example: Document { "1c9d4fd0b1e2a3f4" }
}

extension Digest128: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) {
        guard let bytes = [UInt8](hexadecimal: raw), let digest = Digest128(bytes) else { return nil }
        self = digest
    }
    func raw(in ledger: LedgerCode) -> String { bytes.hexadecimal }
    static var expectation: Sentence {
        Sentence("应为 32 位十六进制数字", "it must be 32 hexadecimal digits")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "pattern": "^[0-9a-f]{32}$"]
    }
    static var example: Document { "00112233445566778899aabbccddeeff" }
}

extension Octets: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) {
        guard let bytes = [UInt8](hexadecimal: raw) else { return nil }
        self.init(bytes)
    }
    func raw(in ledger: LedgerCode) -> String { bytes.hexadecimal }
    static var expectation: Sentence {
        Sentence("应为十六进制数字", "it must be hexadecimal digits")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "pattern": "^([0-9a-f]{2})*$", "maxLength": 8192]
    }
    static var example: Document { "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff" }
}

extension Principal: JSONScalar {
    init?(raw: String, in ledger: LedgerCode) { self.init(raw) }
    func raw(in ledger: LedgerCode) -> String { name }
    static var expectation: Sentence {
        Sentence("名称应为 1 至 64 字节", "a name has 1 to 64 bytes")
    }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "string", "minLength": 1, "maxLength": 64]
    }
    static var example: Document { "经办人" }
}

/// A setting's value.
extension Int64: JSONScalar {
    init?(raw: Int64, in ledger: LedgerCode) { self = raw }
    func raw(in ledger: LedgerCode) -> Int64 { self }
    static var expectation: Sentence { Sentence("应为整数", "it must be a whole number") }
    static func schema(in book: inout SchemaBook) -> Document {
        ["type": "integer", "format": "int64"]
    }
    static var example: Document { 10_000 }
}
