import AuditLog
import Cryptography
import Foundation
import LedgerHTTP
import Testing

@Suite("A witness's state file")
struct WitnessFileTests {
    private func text(_ bench: WitnessBench) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: bench.path)), as: UTF8.self)
    }

    private func put(_ text: String, _ bench: WitnessBench) throws {
        try Data(text.utf8).write(to: URL(filePath: bench.path))
    }

    /// A text with the digest that makes it whole.
    private func sealed(_ text: String) -> String {
        "\(text)sha256 \(SHA256Digest.of(Array(text.utf8)).hexadecimal)\n"
    }

    @Test("It is text, one line for each log")
    func format() throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        #expect(try text(bench) == sealed("wenhui witness state 1\n"))
        let spaced = MemoryLog(try #require(NoteSigner(name: "spaced", key: .random())), leaves: 7)
        let origin = try #require(LogOrigin(" a log of many  words "))
        let checkpoint = Checkpoint(origin: origin, head: spaced.head(7))
        let note = try spaced.signer.sign(checkpoint.text)
        let witness = Witness(
            signer: bench.signer,
            logs: [
                KnownLog(bench.logSigner.verifierKey),
                KnownLog(origin: origin, keys: [spaced.signer.verifierKey]),
            ])
        let log = bench.log(3)
        for body in [
            try log.request(3, from: 0), AddCheckpointRequest(oldSize: 0, proof: [], note: note).bytes,
        ] {
            #expect(try bench.file.answer(body, by: witness, at: 1).status == .ok)
        }
        let lines = """
            wenhui witness state 1
             a log of many  words  7 \(spaced.head(7).root.base64)
            wenhui/370782 3 \(log.head(3).root.base64)

            """
        #expect(try text(bench) == sealed(lines))
        #expect(
            try bench.file.read().heads
                == [origin: spaced.head(7), log.checkpoint(3).checkpoint.origin: log.head(3)])
    }

    @Test("A reply leaves only when its step is in the file, and a refusal changes nothing")
    func stored() throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(9)
        #expect(try bench.file.answer(log.request(4, from: 0), by: bench.witness, at: 1).status == .ok)
        let before = try text(bench)
        #expect(try bench.file.answer(log.request(9, from: 3), by: bench.witness, at: 1).knownSize == 4)
        #expect(try text(bench) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).sorted()
                == ["witness.state", "witness.state.lock"])
        // Where it cannot be written, nothing is granted.
        try FileManager.default.createDirectory(
            atPath: "\(bench.path).new", withIntermediateDirectories: false)
        #expect(throws: WitnessFileError.self) {
            try bench.file.answer(log.request(9, from: 4), by: bench.witness, at: 1)
        }
        #expect(try text(bench) == before)
    }

    @Test("Whatever is not exactly what a witness writes is refused")
    func damage() throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(4)
        _ = try bench.file.answer(log.request(4, from: 0), by: bench.witness, at: 1)
        let whole = try text(bench)
        for length in 0..<whole.utf8.count {
            try put(String(decoding: Array(whole.utf8.prefix(length)), as: UTF8.self), bench)
            #expect(throws: WitnessFileError.damaged(bench.path), "\(length)") { try bench.file.read() }
        }
        let root = log.head(4).root.base64
        let title = "wenhui witness state 1\n"
        for text in [
            whole + "\n", whole.replacingOccurrences(of: " 4 ", with: " 3 "),
            sealed(title + "wenhui/370782 04 \(root)\n"), sealed(title + "wenhui/370782 +4 \(root)\n"),
            sealed(title + "wenhui/370782 4 \(root)\nwenhui/370782 4 \(root)\n"),
            sealed(title + "b 4 \(root)\na 4 \(root)\n"), sealed(title + "4 \(root)\n"),
            sealed(title + "\n"), sealed(title + "a 9223372036854775808 \(root)\n"),
            sealed(title + "a 4 \(root)\r\n"), sealed("wenhui witness state one\n"), sealed(""),
        ] {
            try put(text, bench)
            #expect(throws: WitnessFileError.damaged(bench.path), "\(text)") { try bench.file.read() }
            #expect(throws: WitnessFileError.damaged(bench.path)) {
                try bench.file.answer(log.request(4, from: 4), by: bench.witness, at: 1)
            }
        }
        try put(sealed("wenhui witness state 2\n"), bench)
        #expect(throws: WitnessFileError.newer(bench.path)) { try bench.file.read() }
        try put(whole, bench)
        #expect(try bench.file.read().heads.values.map(\.size) == [4])
    }

    @Test("It is begun once, and never because it is missing")
    func begun() throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(4)
        #expect(throws: WitnessFileError.exists(bench.path)) { try bench.file.create() }
        try FileManager.default.removeItem(atPath: bench.path)
        #expect(throws: WitnessFileError.missing(bench.path)) { try bench.file.read() }
        #expect(throws: WitnessFileError.missing(bench.path)) {
            try bench.file.answer(log.request(4, from: 0), by: bench.witness, at: 1)
        }
        #expect(!FileManager.default.fileExists(atPath: bench.path))
    }

    @Test("Each error says what to do")
    func sentences() {
        for error in [
            WitnessFileError.exists("/w"), .missing("/w"), .newer("/w"), .damaged("/w"),
            .refused("/w", reason: "the disk is full"),
        ] {
            #expect(error.sentence.contains("/w") && !error.sentence.contains("  "))
        }
    }
}
