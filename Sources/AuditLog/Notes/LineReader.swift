/// Takes lines off the front of a text, for the parsers of the C2SP formats; it never reads past the end.
struct LineReader {
    /// What has not been read yet.
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: [UInt8]) { rest = bytes[...] }

    /// The next line without its newline; `nil` when no whole line is left.
    mutating func next() -> ArraySlice<UInt8>? {
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        defer { rest = rest[(end + 1)...] }
        return rest[..<end]
    }

    /// What follows `word` and a space in the next line; `nil`, and nothing read, when it begins otherwise.
    mutating func next(after word: StaticString) -> ArraySlice<UInt8>? {
        let before = rest
        let prefix = word.withUTF8Buffer { Array($0) } + [UInt8(ascii: " ")]
        guard let line = next(), line.starts(with: prefix) else {
            rest = before
            return nil
        }
        return line.dropFirst(prefix.count)
    }

    /// The hashes of a proof, one a line, and the empty line that ends them.
    mutating func nextHashes() throws(HashListError) -> [TreeHash] {
        var hashes: [TreeHash] = []
        while let line = next() {
            if line.isEmpty { return hashes }
            guard hashes.count < HashListError.maximumCount else { throw .tooMany }
            guard let hash = TreeHash(base64: line) else { throw .malformed(number: hashes.count + 1) }
            hashes.append(hash)
        }
        throw .unterminated
    }
}
