import AuditLog
import Cryptography
import Testing

@Suite("Verifier keys (C2SP signed-note)")
struct NoteVerifierKeyTests {
    @Test(
        "published keys are read and printed as they are",
        arguments: [
            PublishedNotes.example, PublishedNotes.peter, PublishedNotes.enoch, PublishedNotes.sumDatabase,
            PublishedNotes.arche, PublishedNotes.remora, PublishedNotes.garden, PublishedNotes.smartit,
            PublishedNotes.plus,
        ])
    func published(_ text: String) throws {
        #expect(try key(text).text == text)
    }

    @Test("name, type, ID and key are told apart, also where the key has a plus")
    func parts() throws {
        let plus = try key(PublishedNotes.plus)
        #expect(plus.name.description == "TEST")
        #expect(plus.type == .ed25519)
        #expect(plus.id == 0x7997_405c)
        #expect(try key(PublishedNotes.remora).type == .cosignature)
        #expect(
            try key(PublishedNotes.example).publicKey.bytes.hexadecimal
                == "e932791ae6e7a840a46164c904786426d5e7821dd8b29a00d61cae72afdd4da4")
    }

    @Test("the public key of a seed has the ID that Go gives it")
    func derived() throws {
        let seed = try #require([UInt8](base64: "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz".utf8))
            .dropFirst()
        let seeded = try #require(Ed25519PrivateKey(seed: Array(seed)))
        let signer = try #require(NoteSigner(name: "PeterNeumann", key: seeded))
        #expect(signer.verifierKey.text == PublishedNotes.peter)
    }

    @Test("one name and key as a log's and as a witness's have different IDs")
    func types() throws {
        let name = try #require(KeyName("example.com/a"))
        let publicKey = try privateKey(9).publicKey
        let log = NoteVerifierKey(name: name, publicKey: .ed25519(publicKey))
        let witness = NoteVerifierKey(name: name, publicKey: .cosignature(publicKey))
        #expect(log != witness)
        #expect(log.id != witness.id)
        #expect(Set([log, witness, try key(log.text)]).count == 2)
    }

    @Test("no part of a key is a key, and neither is a key with a byte changed, as Go's tests ask")
    func mangled() {
        let whole = utf8(PublishedNotes.peter)
        for start in whole.indices {
            for end in start + 1...whole.count where end - start < whole.count {
                let text = String(decoding: whole[start..<end], as: UTF8.self)
                #expect(throws: VerifierKeyError.self) { try key(text) }
            }
        }
        for index in whole.indices {
            var bytes = whole
            bytes[index] += 1
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(throws: VerifierKeyError.self) { try key(text) }
        }
    }

    @Test(
        "a key is refused with the reason",
        arguments: [
            ("", .malformed), ("++", .malformed), ("a+b", .malformed),
            ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .malformed),
            ("Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .malformed),
            ("PeterNeumann+c74f20a3+", .malformed),
            ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .id(expected: "c74f20a3")),
            ("PeterNeumann+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .id(expected: "c74f20a3")),
            (
                "PeterNeumann+c74f20a3 +ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
                .id(expected: "c74f20a3")
            ),
            ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", .malformed),
            ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEQ==", .keyLength(36)),
            ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", .unknownType(0x65)),
            ("wenhui/370782+00000000+/1NNMi1TTTM=", .unknownType(0xff)), ("a+00000000+AQ==", .keyLength(0)),
        ] as [(String, VerifierKeyError)])
    func refused(_ text: String, _ error: VerifierKeyError) {
        #expect(throws: error) { try key(text) }
    }

    @Test(
        "names with spaces, pluses or control characters are no names",
        arguments: [
            "", " ", "a b", "a+b", "a\tb", "a\nb", "a\r", "a\u{1}b", "a\u{85}b", "a\u{a0}b", "a\u{2003}b",
            "a\u{3000}",
            "a\u{2028}b", "a\u{1680}b",
        ])
    func badNames(_ text: String) {
        #expect(KeyName(text) == nil)
    }

    @Test("names are compared byte by byte, whatever Unicode takes for equal")
    func exactNames() throws {
        #expect("é" == "e\u{301}")
        let names = [try #require(KeyName("é")), try #require(KeyName("e\u{301}"))]
        #expect(Set(names).count == 2)
        let origins = [try #require(LogOrigin("é")), try #require(LogOrigin("e\u{301}"))]
        #expect(Set(origins).count == 2)
        #expect(KeyName(bytes: [0xff]) == nil)
        #expect(LogOrigin(bytes: [0xc3, 0x28]) == nil)
        #expect(LogOrigin("go.sum database tree")?.description == "go.sum database tree")
    }
}
