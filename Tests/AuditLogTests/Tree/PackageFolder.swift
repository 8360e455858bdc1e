import Foundation

/// Where the package's folders are on this machine.
enum PackageFolder {
    /// The package's own folder.
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// Real logs and trees that tests read.
    static let logs = root.appending(path: "Fixtures/log")

    /// Proofs, good and bad, that nobody here made; not on every machine.
    static let vectors = root.deletingLastPathComponent().appending(path: "shared/vectors/merkle")

    static var hasVectors: Bool { FileManager.default.fileExists(atPath: vectors.path) }
}

/// The bytes that hexadecimal digits, two a byte, stand for.
func bytes(hexadecimal text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count, by: 2).compactMap { place in
        UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
    }
}
