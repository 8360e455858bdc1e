/// A file's bytes as text, for every reader of this module: UTF-8, with or without a byte order mark.
struct FileText {
    let text: String

    /// Takes the bytes as they lie in the file; throws the line where they stop being UTF-8.
    init(_ bytes: some Collection<UInt8>) throws(NotUTF8) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: content, as: UTF8.self) else {
            throw NotUTF8(line: FileText.firstBadLine(content))
        }
        self.text = text
    }

    private static func firstBadLine(_ bytes: some Collection<UInt8>) -> Int {
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        let index = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }
        return (index ?? 0) + 1
    }
}

/// A file is in another encoding, such as GB18030 or UTF-16.
struct NotUTF8: Error {
    /// The first line, from 1, with bytes that are no UTF-8.
    let line: Int

    /// What the person who has the file can do about it.
    let message = "the file is not UTF-8 text; save it again as UTF-8 (in Excel: “CSV UTF-8”)"
}
