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
