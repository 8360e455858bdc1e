import Foundation

/// Test vectors that nobody here made, beside the package; not on every machine.
enum VectorFolder {
    static let url = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "../shared/vectors")

    static let exists = FileManager.default.fileExists(atPath: url.path)

    /// The names of the JSON files in a folder and those below it.
    static func files(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: url.appending(path: folder).path)
        return (names?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }
            .map { "\(folder)/\($0)" }.sorted()
    }

    static func read<Value: Decodable>(_ type: Value.Type, from file: String) throws -> Value {
        try JSONDecoder().decode(type, from: try Data(contentsOf: url.appending(path: file)))
    }
}

/// Examples from RFCs, in the repository.
enum RFCExamples {
    static func read<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = root.appending(path: "Fixtures/rfc/\(name).json")
        return try JSONDecoder().decode(type, from: try Data(contentsOf: file))
    }
}

/// The bytes that hexadecimal digits, two a byte, stand for.
func bytes(hexadecimal text: String) -> [UInt8] {
    let digits = Array(text.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
        UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
    }
}
