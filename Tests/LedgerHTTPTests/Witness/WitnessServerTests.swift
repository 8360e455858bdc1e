import AuditLog
import Cryptography
import Foundation
import LedgerHTTP
import Logging
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("A witness over HTTP", .timeLimit(.minutes(15)))
struct WitnessServerTests {
    @Test("The first checkpoint of a known log is cosigned")
    func first() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(5)
        let cosigned = try await bench.serving { url in
            try await bench.client(url).cosign(log.checkpoint(5)) { _, _ in
                Issue.record("no proof is needed")
                return nil
            }
        }
        #expect(
            cosigned.cosignatures.map(\.key) == [bench.signer.verifierKey]
                && cosigned.cosignatures.map(\.time) == [WitnessBench.time])
        // Whoever gets the note can verify both signatures.
        let opened = try SignedCheckpoint(
            opening: cosigned.bytes, of: KnownLog(bench.logSigner.verifierKey),
            witnesses: [bench.signer.verifierKey])
        #expect(opened == cosigned)
        #expect(try bench.file.read().heads == [cosigned.checkpoint.origin: log.head(5)])
    }

    @Test("A log that grew is cosigned again with a proof, and the same tree without one")
    func growth() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(300)
        try await bench.serving { url in
            let client = try bench.client(url)
            var last: UInt64 = 0
            for size in [1, 2, 7, 7, 8, 255, 300] {
                let cosigned = try await client.cosign(log.checkpoint(size), after: last, proof: log.proof)
                #expect(cosigned.cosignatures.count == 1)
                last = UInt64(size)
            }
        }
        #expect(try bench.file.read().heads.values.map(\.size) == [300])
    }

    @Test("A log that forgot what was cosigned is told the size, and tries again from there")
    func retry() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(20)
        try await bench.serving { url in
            let client = try bench.client(url)
            _ = try await client.cosign(log.checkpoint(5), proof: log.proof)
            let conflict = try await PlainReply.of("POST", "\(url)/add-checkpoint", log.request(20, from: 3))
            #expect(conflict == PlainReply(status: 409, contentType: "text/x.tlog.size", text: "5\n"))
            let grown = try await client.cosign(log.checkpoint(20), after: 0, proof: log.proof)
            #expect(grown.cosignatures.count == 1)
            let again = try await client.cosign(log.checkpoint(20), after: 7, proof: log.proof)
            #expect(again.cosignatures.count == 1)
        }
    }

    @Test("What is no request of a known log is refused with the status of the standard")
    func refusals() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(9)
        let stranger = MemoryLog(
            try #require(NoteSigner(name: "wenhui/110101", key: .random())), leaves: 3)
        let impostor = MemoryLog(
            try #require(NoteSigner(name: "wenhui/370782", key: .random())), leaves: 3)
        let other = bench.log(9, branch: 2)
        try await bench.serving { url in
            func refused(_ body: [UInt8]) async throws -> Int {
                let reply = try await PlainReply.of("POST", "\(url)/add-checkpoint", body)
                #expect(reply.contentType == "text/plain; charset=utf-8")
                #expect(reply.text.hasSuffix("\n") && reply.text.count > 5)
                return reply.status
            }
            #expect(try await refused(stranger.request(3, from: 0)) == 404)
            #expect(try await refused(impostor.request(3, from: 0)) == 403)
            #expect(try await refused([]) == 400)
            #expect(try await refused(Array("old 00\n\n".utf8) + log.checkpoint(3).bytes) == 400)
            #expect(try await refused(log.request(3, from: 4)) == 400)
            #expect(try bench.file.read().heads.isEmpty)

            _ = try await bench.client(url).cosign(log.checkpoint(4), proof: log.proof)
            let bent = AddCheckpointRequest(
                oldSize: 4, proof: try #require(try log.proof(4, 8)).path, note: log.checkpoint(9).note)
            #expect(try await refused(bent.bytes) == 422)
            #expect(try await refused(other.request(9, from: 4)) == 422)
            let fork = try await PlainReply.of("POST", "\(url)/add-checkpoint", other.request(4, from: 4))
            #expect(fork.status == 409 && fork.contentType != WitnessReply.sizeType)
        }
        #expect(try bench.file.read().heads.values.map(\.self) == [log.head(4)])
    }

    @Test("A request as long as may be is read, and a longer one is not")
    func tooLarge() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        try await bench.serving { url in
            for (length, status) in [
                (AddCheckpointRequest.maximumLength, 400), (AddCheckpointRequest.maximumLength + 1, 413),
                (2_000_000, 413),
            ] {
                let body = [UInt8](repeating: 0x61, count: length)
                let reply = try await PlainReply.of("POST", "\(url)/add-checkpoint", body)
                #expect(reply.status == status, "\(length) bytes")
            }
        }
    }

    @Test("There are the key, the submission path, and nothing else")
    func paths() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(3)
        let prefix = try #require(SubmissionPrefix("/shandong/witness-1/"))
        try await bench.serving(prefix: prefix) { url in
            let key = try await PlainReply.of("GET", url)
            #expect(key.text == "\(bench.signer.verifierKey.text)\n" && key.status == 200)
            #expect(key.contentType == "text/plain; charset=utf-8")
            let below = "\(url)/shandong/witness-1"
            let body = try log.request(3, from: 0)
            for (method, path) in [
                ("POST", "\(url)/add-checkpoint"), ("POST", url), ("GET", "\(below)/add-checkpoint"),
                ("POST", "\(below)/add-checkpoint/more"), ("GET", below), ("GET", "\(url)/witness.state"),
            ] {
                let sent = method == "POST" ? body : nil
                let status = try await PlainReply.of(method, path, sent).status
                #expect(status == 404 || status == 405, "\(method) \(path)")
            }
            #expect(try bench.file.read().heads.isEmpty)
            _ = try await bench.client("\(below)/").cosign(log.checkpoint(3), proof: log.proof)
        }
        #expect(
            ["x", "//", "/a//b", "/../a", "/:a", "/a b", "/**", "/é", "?a"].allSatisfy {
                SubmissionPrefix($0) == nil
            })
        #expect(
            SubmissionPrefix("/") == SubmissionPrefix.none && SubmissionPrefix("") == SubmissionPrefix.none)
    }

    @Test("A witness that is started again goes on where it was")
    func restart() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(10)
        let other = bench.log(10, branch: 3)
        try await bench.serving { url in
            _ = try await bench.client(url).cosign(log.checkpoint(6), proof: log.proof)
        }
        try await bench.serving { url in
            let client = try bench.client(url)
            let error = await #expect(throws: WitnessClientError.self) {
                try await client.cosign(other.checkpoint(6), proof: other.proof)
            }
            #expect(error?.reason == .refused(status: 409, line: "another root at the same size"))
            _ = try await client.cosign(log.checkpoint(10), after: 6, proof: log.proof)
        }
    }

    @Test("A witness whose state is damaged or gone neither starts nor cosigns")
    func damaged() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let log = bench.log(10)
        try await bench.serving { url in
            _ = try await bench.client(url).cosign(log.checkpoint(6), proof: log.proof)
            try Data("rubbish".utf8).write(to: URL(filePath: bench.path))
            let reply = try await PlainReply.of("POST", "\(url)/add-checkpoint", log.request(10, from: 6))
            #expect(reply.status == 500 && !reply.text.contains(bench.path))
        }
        await #expect(throws: WitnessFileError.damaged(bench.path)) { try await bench.serving { _ in } }
        try FileManager.default.removeItem(atPath: bench.path)
        await #expect(throws: WitnessFileError.missing(bench.path)) { try await bench.serving { _ in } }
    }

    @Test("A witness whose task is cancelled stops")
    func cancelled() async throws {
        let bench = try WitnessBench()
        defer { bench.remove() }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = WitnessServer(
            witness: bench.witness, file: bench.file, host: "127.0.0.1", port: 0, logLevel: .critical,
            onRunning: { port.yield($0) })
        let running = Task { try await server.run() }
        let url = "http://127.0.0.1:\(await ports.first { $0 > 0 } ?? 0)"
        let key = try await PlainReply.of("GET", url)
        #expect(key.text == "\(bench.signer.verifierKey.text)\n")
        running.cancel()
        // Whether that counts as an error is the library's affair.
        _ = await running.result
        await #expect(throws: URLError.self) { try await PlainReply.of("GET", url) }
    }

    @Test("Two servers on one state never cosign a fork, whichever request comes first", arguments: [0, 4])
    func race(old: Int) async throws {
        for _ in 0..<3 {
            let bench = try WitnessBench()
            defer { bench.remove() }
            let branches = [bench.log(20), bench.log(20, branch: 4)]
            let roots = try await bench.serving { first in
                try await bench.serving { second in
                    if old > 0 {
                        _ = try await bench.client(first).cosign(branches[0].checkpoint(old)) { _, _ in nil }
                    }
                    return try await raced(branches, size: 20, from: old, urls: [first, second])
                }
            }
            #expect(roots.count == 1)
            #expect(try bench.file.read().heads.values.map(\.root) == Array(roots))
        }
    }

    /// Asks for both branches many times at once; the roots that were cosigned.
    private func raced(
        _ branches: [MemoryLog], size: Int, from old: Int, urls: [String]
    ) async throws -> Set<TreeHash> {
        try await withThrowingTaskGroup(of: TreeHash?.self) { tasks in
            for request in 0..<32 {
                let log = branches[request % 2]
                tasks.addTask {
                    let url = "\(urls[request / 2 % 2])/add-checkpoint"
                    let reply = try await PlainReply.of("POST", url, log.request(size, from: old))
                    return reply.status == 200 ? log.head(size).root : nil
                }
            }
            var roots: Set<TreeHash> = []
            for try await root in tasks { if let root { roots.insert(root) } }
            return roots
        }
    }
}
