import Foundation
import LedgerDomain

/// Several files in one body: `multipart/form-data` (RFC 7578).
///
/// What mail alone needs is refused: text before the first boundary, blanks behind one, encodings of a part's content.
package struct MultipartForm: Sendable {
    /// The files by the names of their fields.
    package private(set) var parts: [String: [UInt8]] = [:]

    /// - Parameters:
    ///   - contentType: the header, which says what stands between the files.
    ///   - limits: the fields that are taken, with the most bytes of each.
    /// - Throws: what is wrong, by its field: one that is not known, is there twice or is too long, a body that ends too early.
    package init(
        _ body: [UInt8], _ contentType: String, taking limits: [(name: String, limit: Int)]
    ) throws(FieldFault) {
        guard let boundary = HeaderParameters(contentType).values["boundary"],
            (1...70).contains(boundary.utf8.count)
        else {
            throw FieldFault(
                "",
                Sentence(
                    "Content-Type 缺少 1 至 70 字节的 boundary", "Content-Type lacks a boundary of 1 to 70 bytes"))
        }
        // Every delimiter stands at the beginning of a line, the first one at the beginning of the body.
        let delimiter = Data("\r\n--\(boundary)".utf8)
        let bytes = Data("\r\n".utf8) + body
        guard var found = bytes.range(of: delimiter), found.lowerBound == 0 else {
            throw Self.fault("请求体不以 boundary 开头", "the body does not begin with its boundary")
        }
        while true {
            let rest = bytes[found.upperBound...]
            if rest.starts(with: Array("--".utf8)) { return }
            guard rest.starts(with: Array("\r\n".utf8)) else {
                throw Self.fault("boundary 之后不是换行", "a boundary does not end its line")
            }
            // A part has headers, so the next delimiter is behind this line's end.
            let start = found.upperBound + 2
            guard let next = bytes.range(of: delimiter, in: start..<bytes.endIndex) else {
                throw Self.fault("请求体不完整：缺少结尾的 boundary", "the body ends before its last boundary")
            }
            try take(bytes[start..<next.lowerBound], limits)
            found = next
        }
    }

    /// Takes one part: its headers, an empty line, its content.
    private mutating func take(
        _ part: Data, _ limits: [(name: String, limit: Int)]
    ) throws(FieldFault) {
        guard let end = part.prefix(Self.headerLimit).range(of: Data("\r\n\r\n".utf8)),
            let text = String(data: part[..<end.lowerBound], encoding: .utf8)
        else {
            throw Self.fault(
                "一个文件项没有以空行结束的头部（UTF-8，最多 \(Self.headerLimit) 字节）",
                "a part lacks headers in UTF-8, at most \(Self.headerLimit) bytes, with an empty line behind them"
            )
        }
        var name: String?
        for line in text.components(separatedBy: "\r\n") {
            let header = line.split(separator: ":", maxSplits: 1).map(String.init)
            switch header.first?.lowercased() {
            case "content-disposition": name = HeaderParameters(header.last ?? "").values["name"]
            case "content-transfer-encoding":
                let encoding = header.last?.trimmingCharacters(in: .whitespaces).lowercased() ?? ""
                guard ["7bit", "8bit", "binary"].contains(encoding) else {
                    throw Self.fault(
                        "不接受 Content-Transfer-Encoding，请原样发送",
                        "no Content-Transfer-Encoding is taken: send the bytes as they are")
                }
            default: break
            }
        }
        guard let name else {
            throw Self.fault(
                "一个文件项的 Content-Disposition 没有 name", "the Content-Disposition of a part has no name")
        }
        guard let limit = limits.first(where: { $0.name == name })?.limit else {
            let names = limits.map(\.name).joined(separator: ", ")
            throw FieldFault(
                name.isText(upTo: 64) ? name : "",
                Sentence("没有这个文件项；有 \(names)", "no such file is taken; there are \(names)"))
        }
        let content = part[end.upperBound...]
        guard content.count <= limit else {
            throw FieldFault(name, Sentence("最多 \(limit) 字节", "it has at most \(limit) bytes"))
        }
        guard parts.updateValue(Array(content), forKey: name) == nil else {
            throw FieldFault(name, Sentence("出现了两次", "it is there twice"))
        }
    }

    /// The most bytes of a part's headers.
    private static let headerLimit = 2_048

    static func missing(_ name: String) -> FieldFault {
        FieldFault(name, Sentence("缺少这个文件", "this file is missing"))
    }

    private static func fault(_ chinese: String, _ english: String) -> FieldFault {
        FieldFault("", Sentence(chinese, english))
    }
}
