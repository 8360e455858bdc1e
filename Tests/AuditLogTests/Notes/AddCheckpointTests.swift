import AuditLog
import Testing

@Suite("Requests to witnesses and their replies (C2SP tlog-witness)")
struct AddCheckpointTests {
    @Test(
        "published requests are read and printed with the same bytes",
        arguments: [
            ("behind-the-sofa.add-checkpoint", 20_852_014, 4, 2), ("litewitness-0-1.add-checkpoint", 0, 0, 1),
            ("litewitness-1-3.add-checkpoint", 1, 2, 1), ("litewitness-1-5.add-checkpoint", 1, 3, 1),
        ] as [(String, UInt64, Int, Int)])
    func published(_ file: String, _ oldSize: UInt64, _ proof: Int, _ signatures: Int) throws {
        let bytes = try PublishedNotes.file(file)
        let request = try AddCheckpointRequest(bytes)
        #expect(request.oldSize == oldSize)
        #expect(request.proof.count == proof)
        #expect(request.note.signatures.count == signatures)
        #expect(request.bytes == bytes)
    }

    @Test("a reply's size is read only where it is one")
    func sizes() {
        func size(_ status: WitnessReply.Status, _ type: String, _ body: String) -> UInt64? {
            WitnessReply(status: status, contentType: type, body: utf8(body)).knownSize
        }
        #expect(size(.conflict, "text/x.tlog.size", "20852014\n") == 20_852_014)
        for body in ["", "\n", "4", "04\n", "4\n\n", " 4\n", "-4\n", "4\r\n", "99999999999999999999\n"] {
            #expect(size(.conflict, "text/x.tlog.size", body) == nil)
        }
        #expect(size(.conflict, "text/plain", "4\n") == nil)
        #expect(size(.ok, "text/x.tlog.size", "4\n") == nil)
    }

    private static let note = "a\n1\nKgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n— a x08go/ZJ\n"
    private static let hash = "KgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"

    @Test(
        "bytes that are not a request are refused with the reason",
        arguments: [
            ("", .oldSize), ("old\n\n\(note)", .oldSize), ("old \n\n\(note)", .oldSize),
            ("old 01\n\n\(note)", .oldSize),
            ("old -1\n\n\(note)", .oldSize), ("old  1\n\n\(note)", .oldSize), ("Old 1\n\n\(note)", .oldSize),
            ("old 1\r\n\n\(note)", .oldSize), ("old 9223372036854775808\n\n\(note)", .oldSize),
            ("\n\(note)", .oldSize),
            ("old 1\n\(note)", .proof(.malformed(number: 1))),
            ("old 1\nZm9v\n\n\(note)", .proof(.malformed(number: 1))),
            ("old 1\n\(hash)\(hash.dropLast()) \n\n\(note)", .proof(.malformed(number: 2))),
            ("old 1\n\(String(repeating: hash, count: 64))\n\(note)", .proof(.tooMany)),
            ("old 1\n\(hash)", .proof(.unterminated)), ("old 1\n\n", .note(.noSignatures)),
            ("old 1\n\n\(note.dropLast())", .note(.unterminated)),
            ("old 1\n\n\(note)x", .note(.unterminated)),
        ] as [(String, AddCheckpointRequestError)])
    func malformed(_ text: String, _ error: AddCheckpointRequestError) {
        #expect(throws: error) { try AddCheckpointRequest(utf8(text)) }
    }

    @Test("sixty-three hashes are accepted, and a body too long is refused before it is read")
    func limits() throws {
        let text = "old 1\n\(String(repeating: Self.hash, count: 63))\n\(Self.note)"
        #expect(try AddCheckpointRequest(utf8(text)).bytes == utf8(text))
        #expect(throws: AddCheckpointRequestError.tooLong) {
            try AddCheckpointRequest([UInt8](repeating: 0, count: AddCheckpointRequest.maximumLength + 1))
        }
    }
}
