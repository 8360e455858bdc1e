/// How long a text may be: what people may write, and what the ledger's events carry.
struct TextLimit {
    /// Characters as people count them.
    var characters = 100
    /// Bytes in UTF-8; a Chinese character has three.
    var bytes = 400

    /// Names and other texts that stay outside events.
    static let name = TextLimit()
    /// Texts that events carry in clear: categories, platform ids, serials, reasons.
    static let event = TextLimit(bytes: 200)
    /// A merchant's reference of a sale.
    static let order = TextLimit(bytes: 64)
    /// What is scanned at a till: a token, a code or a voucher's number.
    static let token = TextLimit(characters: 640, bytes: 640)
    /// A payment channel.
    static let channel = TextLimit(bytes: 32)

    /// The text itself, where it is one line, not empty and not too long.
    func check(_ text: String) throws(TextFault) -> String {
        guard !text.isEmpty else { throw TextFault(message: "is empty") }
        guard text.count <= characters else {
            throw TextFault(message: "has \(text.count) characters, more than \(characters)")
        }
        guard text.utf8.count <= bytes else {
            throw TextFault(message: "is longer than \(bytes) bytes (\(bytes / 3) Chinese characters)")
        }
        guard !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw TextFault(message: "has a line break, a tab or another control character in it")
        }
        return text
    }
}
