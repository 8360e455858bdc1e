/// The text that QR codes carry bytes in (RFC 9285): digits, capitals and nine signs, three for two bytes.
package enum Base45 {
    /// Writes bytes; the text never ends in a space, so surrounding blanks can be cut off.
    package static func encode(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 1) / 2 * 3)
        var first: UInt8?
        for byte in bytes {
            guard let upper = first else {
                first = byte
                continue
            }
            let value = Int(upper) << 8 | Int(byte)
            text += [alphabet[value % 45], alphabet[value / 45 % 45], alphabet[value / 2025]]
            first = nil
        }
        if let last = first { text += [alphabet[Int(last) % 45], alphabet[Int(last) / 45]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Reads exactly what ``encode(_:)`` writes; small letters and groups that are too large are refused.
    package static func decode(_ text: some Collection<UInt8>) throws(Base45Error) -> [UInt8] {
        guard text.count % 3 != 1 else { throw .length(text.count) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 3 * 2 + 1)
        var value = 0
        var weight = 1
        for (offset, character) in text.enumerated() {
            let digit = values[Int(character)]
            guard digit < 45 else { throw .character(offset: offset) }
            value += Int(digit) * weight
            weight *= 45
            guard weight > 2025 else { continue }
            guard value <= 0xffff else { throw .overflow(offset: offset - 2) }
            bytes += [UInt8(value >> 8), UInt8(value & 0xff)]
            (value, weight) = (0, 1)
        }
        if weight > 1 {
            guard value <= 0xff else { throw .overflow(offset: text.count - 2) }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    private static let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:".utf8)

    /// What each byte stands for; 255 for those that stand for nothing.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        return values
    }()
}

/// Why a text is not base45 (RFC 9285 §6).
package enum Base45Error: Error, Equatable, Sendable {
    /// One character is left over after groups of three: something is missing.
    case length(Int)
    /// A character of another alphabet, such as a small letter; counted in bytes from 0.
    case character(offset: Int)
    /// The group that begins here stands for more than its bytes can hold.
    case overflow(offset: Int)
}

extension Base45Error: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .length(let length): "no base45 text has \(length) characters; it may have been cut off"
        case .character(let offset): "character \(offset + 1) is not of the base45 alphabet"
        case .overflow(let offset): "the group at character \(offset + 1) stands for too large a number"
        }
    }
}
