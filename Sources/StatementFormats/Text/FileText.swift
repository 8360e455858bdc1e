/// A file's bytes as text, for every reader of this module: UTF-8, with or without a byte order mark, or GB18030.
struct FileText {
    let text: String

    /// Takes the bytes as they lie in the file; throws the line where they stop being UTF-8, if they are no GB18030.
    init(_ bytes: some Collection<UInt8>) throws(NotUTF8) {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let content = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        let hasMark = content.count < bytes.count
        let decoded = String(validating: content, as: UTF8.self)
        guard let text = decoded ?? (hasMark ? nil : GB18030.text(Array(content))) else {
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

/// A file is damaged, or in another encoding, such as UTF-16.
struct NotUTF8: Error {
    /// The first line, from 1, with bytes that are no UTF-8.
    let line: Int

    /// What the person who has the file can do about it.
    let message = "the file is neither UTF-8 nor GB18030 text; save it again as UTF-8 (in Excel: “CSV UTF-8”)"
}
