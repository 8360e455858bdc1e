import Foundation
import Testing

/// A certificate authority of one: self-signed certificates for 127.0.0.1, made by the openssl command.
private struct Certificates {
    let folder: URL
    var chain: String { folder.appendingPathComponent("chain.pem").path }
    var key: String { folder.appendingPathComponent("key.pem").path }

    init() throws { folder = try temporaryFolder("tls") }

    /// Puts a new certificate in the place of the one before; a copy of it, for clients that trust it alone.
    func renew(_ name: String) throws -> String {
        let made = try Program(at: URL(fileURLWithPath: "/usr/bin/openssl")).run([
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "\(key).new", "-out",
            "\(chain).new",
        ])
        guard made.status == 0 else { throw ProgramFailure("openssl: \(made)") }
        let copy = folder.appendingPathComponent("\(name).pem").path
        try FileManager.default.copyItem(atPath: "\(chain).new", toPath: copy)
        guard rename("\(key).new", key) == 0, rename("\(chain).new", chain) == 0 else {
            throw ProgramFailure("the certificate could not be put in place")
        }
        return copy
    }
}

@Suite("TLS", .timeLimit(.minutes(3)))
struct TLSTests {
    private func curl(_ address: String, trusting certificate: String, _ more: [String] = []) throws
        -> Finished
    {
        try Program(at: URL(fileURLWithPath: "/usr/bin/curl")).run(
            [
                "-sS", "-D", "-", "--cacert", certificate, "--max-time", "20", "-w",
                "\nversion %{http_version}",
            ]
                + more + [address])
    }

    @Test("A certificate serves HTTP/1.1 and 2, is renewed without a restart, and a bad one changes nothing")
    func life() throws {
        let certificates = try Certificates()
        defer { try? FileManager.default.removeItem(at: certificates.folder) }
        let first = try certificates.renew("first")
        let served = try ServedFolder(
            try PracticeFolder(),
            ["--certificate", certificates.chain, "--certificate-key", certificates.key])
        let address = served.address.replacing("http://", with: "https://") + "/health/ready"
        for (options, version) in [([], "2"), (["--http1.1"], "1.1"), (["--tls-max", "1.2"], "2")] {
            let answer = try curl(address, trusting: first, options)
            #expect(
                answer.output.contains("version \(version)") && answer.output.contains("ready"), "\(answer)")
            #expect(answer.output.lowercased().contains("strict-transport-security: max-age=31536000"))
        }
        #expect(try curl(address, trusting: first, ["--tls-max", "1.1"]).status != 0, "TLS 1.1")
        #expect(try curl(served.address + "/health/ready", trusting: first).status != 0, "plain HTTP")

        let second = try certificates.renew("second")
        var answer = try curl(address, trusting: second)
        for _ in 0..<100 where answer.status != 0 {
            Thread.sleep(forTimeInterval: 0.1)
            answer = try curl(address, trusting: second)
        }
        #expect(answer.status == 0, "the new one is served: \(answer)")
        #expect(try curl(address, trusting: first).status != 0, "the old one is not")

        try Data("no certificate".utf8).write(to: URL(fileURLWithPath: certificates.chain))
        Thread.sleep(forTimeInterval: 1.2)
        #expect(try curl(address, trusting: second).status == 0, "the last good one stays")
    }

    @Test("A certificate that cannot be used is told at the start")
    func unusable() throws {
        let (mine, other) = (try Certificates(), try Certificates())
        defer { for each in [mine, other] { try? FileManager.default.removeItem(at: each.folder) } }
        _ = try mine.renew("mine")
        _ = try other.renew("other")
        let folder = try PracticeFolder()
        for (arguments, said) in [
            (["--certificate", mine.chain], "come together"),
            (
                ["--certificate", mine.folder.path + "/none", "--certificate-key", mine.key],
                "no certificates in PEM"
            ),
            (["--certificate", mine.chain, "--certificate-key", mine.chain], "no private key in PEM"),
            (
                ["--certificate", mine.chain, "--certificate-key", other.key],
                "not that of the first certificate"
            ),
        ] {
            let done = try folder.run(["serve", "--port", "0"] + arguments)
            #expect(done.status == 64 && done.errors.contains(said), "\(arguments): \(done)")
        }
    }
}
