import Foundation

/// The files of the package's `Fixtures` folder, which the seeds are made of.
enum Fixtures {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../Fixtures").standardizedFileURL

    static func file(_ path: String) throws -> [UInt8] {
        Array(try Data(contentsOf: root.appending(path: path)))
    }

    /// The files of `Fixtures/log` with this ending.
    static func logFiles(_ ending: String) throws -> [[UInt8]] {
        try FileManager.default.contentsOfDirectory(atPath: root.appending(path: "log").path)
            .filter { $0.hasSuffix(ending) }.sorted().map { try file("log/\($0)") }
    }

    /// A season with every operation, one event's bytes an element.
    static func events() throws -> [[UInt8]] {
        try String(decoding: file("events/version-1.txt"), as: UTF8.self).split(separator: "\n").map { line in
            let digits = Array(line.utf8.drop { $0 != UInt8(ascii: " ") }.dropFirst())
            return stride(from: 0, to: digits.count, by: 2).compactMap { place in
                UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
            }
        }
    }
}
