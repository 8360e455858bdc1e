import Foundation

/// How the bytes of a text file stand for its characters.
package enum FileEncoding: Hashable, Sendable {
    case utf8
    /// UTF-8 behind a byte order mark, by which Excel knows it.
    case utf8Mark
    case gb18030

    /// The bytes of a text; a byte order mark is the text's own business.
    func bytes(of text: String) -> [UInt8] {
        switch self {
        case .utf8, .utf8Mark: Array(text.utf8)
        // Every character of Unicode has bytes in GB 18030.
        case .gb18030: text.data(using: GB18030.encoding).map { [UInt8]($0) } ?? Array(text.utf8)
        }
    }

    static let words = Choice([
        "utf-8": FileEncoding.utf8, "utf-8-bom": .utf8Mark, "gb18030": .gb18030, "gbk": .gb18030,
    ])
}
