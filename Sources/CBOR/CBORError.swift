/// Why bytes are not the one deterministic encoding of a value (RFC 8949 §4.2).
@usableFromInline package enum CBORError: Error, Equatable, Sendable {
    /// The bytes end inside an item.
    case truncated(offset: Int)
    /// Bytes follow the item that should have been the last.
    case trailingBytes(offset: Int)
    /// An integer or a length is not in its shortest form.
    case notShortest(offset: Int)
    /// Indefinite lengths, floats, tags or simple values that our formats never use.
    case unsupported(offset: Int)
    /// Another major type was expected here.
    case typeMismatch(offset: Int)
    /// Text that is not UTF-8.
    case invalidUTF8(offset: Int)
    /// A map key that is missing, repeated, out of order or unknown.
    case unexpectedKey(offset: Int)
    /// A number that does not fit the type it is for.
    case outOfRange(offset: Int)
    /// Items nested deeper than ``CBORDecoder/maximumDepth``.
    case tooDeep(offset: Int)
}

extension CBORError: CustomStringConvertible {
    /// What is wrong and at which byte, as the end of a sentence.
    @usableFromInline package var description: String {
        switch self {
        case .truncated(let offset): "the bytes end at \(offset), inside an item"
        case .trailingBytes(let offset): "something follows the last item, at byte \(offset)"
        case .notShortest(let offset): "a number is not in its shortest form, at byte \(offset)"
        case .unsupported(let offset): "an item of a kind that is not used here, at byte \(offset)"
        case .typeMismatch(let offset): "an item of another type than expected, at byte \(offset)"
        case .invalidUTF8(let offset): "a text is not UTF-8, at byte \(offset)"
        case .unexpectedKey(let offset):
            "a key is missing, repeated, out of order or unknown, at byte \(offset)"
        case .outOfRange(let offset): "a number is too large or too small, at byte \(offset)"
        case .tooDeep(let offset): "items are nested too deep, at byte \(offset)"
        }
    }
}
