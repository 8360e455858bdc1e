import Foundation
import LedgerAPI
import LedgerDomain
import LedgerTesting
import Testing

@Suite("Forms with several files")
struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=b"
    private static let names = [(name: "bill", limit: 1_000), (name: "bank", limit: 20)]

    private func read(_ text: String, _ type: String = type) throws(FieldFault) -> [String: String] {
        try MultipartForm(Array(text.utf8), type, taking: Self.names).parts.mapValues {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private func part(_ name: String, _ content: String, _ more: String = "") -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\(more)\r\n\r\n\(content)\r\n"
    }

    @Test("Files are read to the byte, whatever their names and kinds")
    func files() throws {
        let text =
            part(
                "bill", "a\r\n--c\r\n\r\n",
                "; filename=\"C:\\\\账单 \\\"六月\\\";.csv\"\r\nContent-Type: text/csv")
            + part("bank", "") + "--b--\r\nwhat stands behind it"
        #expect(try read(text) == ["bill": "a\r\n--c\r\n\r\n", "bank": ""])
        #expect(try read("--b--") == [:])
        for type in [
            "multipart/form-data; charset=utf-8; BOUNDARY=\"b\"", "multipart/form-data;boundary=b;x",
            "multipart/form-data; x; =y; boundary = b",
        ] { #expect(try read(text, type).count == 2, "\(type)") }
    }

    @Test("What is no form is refused by what is wrong with it")
    func refused() {
        let good = part("bill", "x") + "--b--\r\n"
        let cases: [(String, String, String)] = [
            ("", "", "begin"), ("--b", "", "end its line"), ("--b\r\n", "", "last boundary"),
            // Nothing stands between two boundaries.
            ("--b\r\n--b--", "", "last boundary"), ("--b\r\n\r\n--b--", "", "headers"),
            (good.replacing("--b--", with: "--b-x"), "", "end its line"),
            (part("bill", "x"), "", "last boundary"),
            ("x" + good, "", "begin"), (good.replacing("name=", with: "nam="), "", "name"),
            (good.replacing("\"bill\"", with: "\"bills\""), "bills", "bill, bank"),
            (part("bill", "x") + good, "bill", "twice"),
            (part("bank", String(repeating: "x", count: 21)) + good, "bank", "20 bytes"),
            (part("bill", "x", "\r\nContent-Transfer-Encoding: base64") + good, "", "as they are"),
            (part("bill", "x", "\r\nX: " + String(repeating: "x", count: 3_000)) + good, "", "2048"),
        ]
        for (text, field, words) in cases {
            let fault = #expect(throws: FieldFault.self) { try read(text) }
            #expect(
                fault?.field == field && fault?.sentence.english.contains(words) == true,
                "\(text): \(fault as Any)")
        }
        for type in [
            "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
        ] {
            #expect(throws: FieldFault.self) { try read(good, type) }
        }
    }

    @Test(
        "However a form is damaged, it is read or refused, and never takes the server down", arguments: 0..<4)
    func damaged(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array((part("bill", "a,b\r\n1,2") + part("bank", "x") + "--b--\r\n").utf8)
        let pieces = ["--b", "\r\n", "--", "\r\n\r\n", "\"", "\\", ";", "name=", "é"].map { Array($0.utf8) }
        for _ in 0..<5_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...5, using: &random) {
                let place = Int.random(in: 0...bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    bytes.removeSubrange(
                        place..<min(bytes.count, place + Int.random(in: 1...30, using: &random)))
                case 1: bytes.insert(contentsOf: pieces.randomElement(using: &random) ?? [], at: place)
                default: if place < bytes.count { bytes[place] ^= UInt8.random(in: 1...255, using: &random) }
                }
            }
            guard let form = try? MultipartForm(bytes, Self.type, taking: Self.names) else { continue }
            #expect(form.parts.keys.allSatisfy { $0 == "bill" || $0 == "bank" })
        }
    }
}
