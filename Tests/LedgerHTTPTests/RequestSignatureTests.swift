import Cryptography
import HTTPTypes
import LedgerDomain
import LedgerHTTP
import LedgerService
import Testing

@Suite("Signatures of requests (RFC 9421)")
struct RequestSignatureTests {
    /// The request of RFC 9421 Appendix B.2, with the signature of B.2.5.
    private func sample(
        input: String =
            "sig-b25=(\"date\" \"@authority\" \"content-type\");created=1618884473;keyid=\"test-shared-secret\"",
        signature: String = "sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:"
    ) throws -> HTTPRequest {
        var request = HTTPRequest(
            method: .post, scheme: "https", authority: "example.com", path: "/foo?param=Value&Pet=dog")
        for (name, value) in [
            ("Date", "Tue, 20 Apr 2021 02:07:55 GMT"), ("Content-Type", "application/json"),
            ("Content-Length", "18"), ("Signature-Input", input), ("Signature", signature),
        ] { request.headerFields[try #require(HTTPField.Name(name))] = value }
        return request
    }

    private func read(_ request: HTTPRequest, covering required: [String] = []) throws(AccessRefusal)
        -> SignedMessage
    {
        try RequestSignature(
            request, target: "https://example.com/foo?param=Value&Pet=dog", covering: required
        ).message
    }

    @Test("The example of RFC 9421 B.2.5 has the base and the MAC that stand there")
    func vector() throws {
        let message = try read(try sample())
        #expect(message.keyID == "test-shared-secret")
        #expect(message.created == Instant(microseconds: 1_618_884_473_000_000))
        #expect(
            String(decoding: message.base, as: UTF8.self) == """
                "date": Tue, 20 Apr 2021 02:07:55 GMT
                "@authority": example.com
                "content-type": application/json
                "@signature-params": ("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"
                """)
        let secret =
            "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
        let mac = HMACSHA256(key: try #require([UInt8](base64: secret.utf8)))
        #expect(mac.isValid(message.signature, for: message.base))
    }

    @Test(
        "What covers too little, repeats, misses a field or is of another form is refused",
        arguments: [
            "sig-b25=(\"date\" \"date\");created=1618884473;keyid=\"k\"",
            "sig-b25=(\"x-missing\");created=1618884473;keyid=\"k\"",
            "sig-b25=(\"Date\");created=1618884473;keyid=\"k\"",
            "sig-b25=(\"@status\");created=1618884473;keyid=\"k\"",
            "sig-b25=(\"date\";sf);created=1618884473;keyid=\"k\"",
            "sig-b25=(\"date\");keyid=\"k\"", "sig-b25=(\"date\");created=1618884473",
            "sig-b25=(\"date\");created=-1;keyid=\"k\"",
            "sig-b25=(\"date\");created=9223372036854775807;keyid=\"k\"",
            "sig-b25=(\"date\");created=1618884473;keyid=\"k\";alg=\"rsa-pss-sha512\"",
            "sig-b25=(\"date\");created=1618884473;keyid=\"k\";expires=1618884480",
            "other=(\"date\");created=1618884473;keyid=\"k\"", "sig-b25", "", "sig-b25=(\"date\"",
            "a=(\"date\");created=1;keyid=\"k\", sig-b25=(\"date\");created=1;keyid=\"k\"",
        ])
    func forms(input: String) throws {
        #expect(throws: AccessRefusal.signature) { try read(try sample(input: input)) }
    }

    @Test("What must be covered is")
    func coverage() throws {
        let request = try sample()
        #expect(throws: Never.self) { try read(request, covering: ["date"]) }
        for needed in ["@method", "@target-uri", "content-digest", "idempotency-key"] {
            #expect(throws: AccessRefusal.signature, "\(needed)") { try read(request, covering: [needed]) }
        }
        let covered = try read(
            try sample(
                input:
                    "sig-b25=(\"@method\" \"@target-uri\");created=1618884473;keyid=\"k\";alg=\"hmac-sha256\""
            ),
            covering: ["@method", "@target-uri"])
        #expect(
            String(decoding: covered.base, as: UTF8.self) == """
                "@method": POST
                "@target-uri": https://example.com/foo?param=Value&Pet=dog
                "@signature-params": ("@method" "@target-uri");created=1618884473;keyid="k";alg="hmac-sha256"
                """)
    }

    @Test("A body's digest is that of RFC 9530")
    func digest() {
        // RFC 9530 Appendix D gives this body's SHA-256.
        let body = Array("{\"hello\": \"world\"}\n".utf8)
        let header = "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        #expect(ContentDigest.isOf(body, header))
        #expect(!ContentDigest.isOf(body + [10], header))
        #expect(!ContentDigest.isOf(body, nil))
        #expect(!ContentDigest.isOf(body, "sha-512=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"))
        #expect(!ContentDigest.isOf(body, "sha-256=RK"))
    }
}
