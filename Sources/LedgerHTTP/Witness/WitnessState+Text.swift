import AuditLog
import Cryptography

/// Why bytes are not a witness's state.
enum WitnessStateError: Error, Equatable, Sendable {
    /// A later version of the format.
    case newer
    /// Cut off, changed, or never a state.
    case damaged
}

/// The state as a text file that people can read:
///
///     wenhui witness state 1
///     wenhui/370782 40021 vLkj…=
///     sha256 91ab…
///
/// A line is an origin, a size and a root. The origins are in the order of their bytes; the last line is the digest
/// of all above it, so that a file that was cut off or changed is told from an older one.
extension WitnessState {
    private static let title = "wenhui witness state "
    private static let header = Array("\(title)1\n".utf8)

    /// The bytes of the file. Reading and printing are inverse.
    var text: [UInt8] {
        var text = WitnessState.header
        let origins = heads.keys.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        for origin in origins {
            let head = head(of: origin)
            text += origin.bytes + Array(" \(head.size) \(head.root.base64)\n".utf8)
        }
        return text + WitnessState.seal(of: text)
    }

    /// Reads the bytes of a file: exactly what ``text`` prints, and nothing else.
    init(text: [UInt8]) throws(WitnessStateError) {
        let newline = UInt8(ascii: "\n")
        guard text.starts(with: WitnessState.header) else {
            let first = text.prefix { $0 != newline }
            guard let title = String(validating: first, as: UTF8.self), first.count < text.count,
                title.hasPrefix(WitnessState.title), Int(title.dropFirst(WitnessState.title.count)) != nil
            else { throw .damaged }
            throw .newer
        }
        var heads: [LogOrigin: TreeHead] = [:]
        let lines = text.split(separator: newline, omittingEmptySubsequences: false)
        // Behind the last line there is nothing; that line and the first hold no head.
        guard lines.count >= 3 else { throw .damaged }
        for line in lines[1..<(lines.count - 2)] {
            guard let (origin, head) = WitnessState.head(line) else { throw .damaged }
            heads[origin] = head
        }
        self.init(heads: heads)
        // Whatever was read generously, such as a sign, an order, a repetition or a wrong digest, shows here.
        guard self.text == text else { throw .damaged }
    }

    /// What a line says; origins may have spaces, sizes and roots have none.
    private static func head(_ line: ArraySlice<UInt8>) -> (LogOrigin, TreeHead)? {
        let space = UInt8(ascii: " ")
        guard let last = line.lastIndex(of: space), let root = TreeHash(base64: line[(last + 1)...]),
            let middle = line[..<last].lastIndex(of: space),
            let digits = String(validating: line[(middle + 1)..<last], as: UTF8.self),
            let size = UInt64(digits), size <= UInt64(Int64.max),
            let origin = LogOrigin(bytes: Array(line[..<middle]))
        else { return nil }
        return (origin, TreeHead(size: size, root: root))
    }

    /// The line that ends the file.
    private static func seal(of text: [UInt8]) -> [UInt8] {
        Array("sha256 \(SHA256Digest.of(text).hexadecimal)\n".utf8)
    }
}
