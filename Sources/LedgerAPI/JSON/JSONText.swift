import Foundation

/// JSON as it is written, compact, members in the order in which they are named (RFC 8259).
///
/// Foundation's encoder makes a tree of boxes first and took a tenth of the processor's time of a redemption over HTTP.
struct JSONText {
    private(set) var bytes: [UInt8] = []

    init() { bytes.reserveCapacity(512) }

    mutating func append(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x00..<0x20: bytes += "\\u00\(byte < 0x10 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    mutating func append(_ number: some BinaryInteger) { bytes += String(number).utf8 }

    mutating func append(_ flag: Bool) { bytes += (flag ? "true" : "false").utf8 }

    /// A list, element by element.
    mutating func list<Elements: Sequence>(
        _ elements: Elements, _ write: (Elements.Element, inout JSONText) -> Void
    ) {
        bytes.append(UInt8(ascii: "["))
        var isFirst = true
        for element in elements {
            if !isFirst { bytes.append(UInt8(ascii: ",")) }
            isFirst = false
            write(element, &self)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// An object; `write` names its members.
    mutating func object(_ write: (inout JSONText) -> Void) {
        bytes.append(UInt8(ascii: "{"))
        write(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// The name of the next member of an object, whose value comes next.
    mutating func name(_ name: String) {
        if bytes.last != UInt8(ascii: "{") { bytes.append(UInt8(ascii: ",")) }
        append(name)
        bytes.append(UInt8(ascii: ":"))
    }
}

/// What a scalar is as JSON.
protocol JSONRaw: Decodable {
    func append(to text: inout JSONText)
}

extension String: JSONRaw {
    func append(to text: inout JSONText) { text.append(self) }
}

extension Bool: JSONRaw {
    func append(to text: inout JSONText) { text.append(self) }
}

extension JSONRaw where Self: BinaryInteger {
    func append(to text: inout JSONText) { text.append(self) }
}

extension UInt32: JSONRaw {}
extension Int32: JSONRaw {}
extension UInt64: JSONRaw {}
extension Int64: JSONRaw {}
