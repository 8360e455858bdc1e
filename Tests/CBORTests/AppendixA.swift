import Foundation

/// The examples of RFC 8949, appendix A, that are of kinds our codec has, and those that it refuses.
struct AppendixA: Decodable, Sendable {
    struct Example<Value: Decodable & Sendable>: Decodable, Sendable {
        var value: Value
        var hex: String
    }

    var integers: [Example<Int64>]
    var texts: [Example<String>]
    /// Values in hexadecimal digits.
    var bytes: [Example<String>]
    var arrays: [Example<[Int64]>]
    var refused: [String]

    init() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let data = try Data(contentsOf: root.appending(path: "Fixtures/rfc/rfc8949-appendix-a.json"))
        self = try JSONDecoder().decode(AppendixA.self, from: data)
    }
}

/// The bytes that hexadecimal digits, two a byte, stand for.
func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8)
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap { place in
        UInt8(String(decoding: digits[place..<place + 2], as: UTF8.self), radix: 16)
    }
}
