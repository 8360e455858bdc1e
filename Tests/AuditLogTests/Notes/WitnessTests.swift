import AuditLog
import Cryptography
import Testing

@Suite("Witnesses (C2SP tlog-witness)")
struct WitnessTests {
    private static func witness(_ logs: KnownLog...) throws -> Witness {
        Witness(signer: try witnessSigner("province.example/w", seed: 40), logs: logs)
    }

    private static func request(_ log: SampleLog, from first: Int, to second: Int) -> AddCheckpointRequest {
        AddCheckpointRequest(
            oldSize: UInt64(first), proof: log.consistency(first, second).path,
            note: log.checkpoint(second).note)
    }

    @Test("a witness follows a log through all pairs of sizes, and its cosignature verifies")
    func following() throws {
        let log = try SampleLog(count: 9)
        let witness = try Self.witness(log.known)
        for first in 0...9 {
            for second in first...9 {
                var state = WitnessState(heads: first == 0 ? [:] : [log.known.origin: log.head(first)])
                let request = Self.request(log, from: first, to: second)
                let decision = witness.decide(request.bytes, state: state, at: 77)
                #expect(decision.reply.status == .ok)
                #expect(
                    decision.step
                        == WitnessStep(origin: log.known.origin, from: log.head(first), to: log.head(second)))
                #expect(state.take(try #require(decision.step)))
                #expect(state.heads == [log.known.origin: log.head(second)])
                let cosigned = try log.checkpoint(second).cosigned(
                    by: decision.reply.body, of: [witness.verifierKey])
                #expect(cosigned.cosignatures.map(\.key) == [witness.verifierKey])
                #expect(cosigned.cosignatures.map(\.time) == [77])
            }
        }
    }

    @Test("the same checkpoint is cosigned again with the time of now")
    func again() throws {
        let log = try SampleLog(count: 3)
        let witness = try Self.witness(log.known)
        let state = WitnessState(heads: [log.known.origin: log.head(3)])
        let body = Self.request(log, from: 3, to: 3).bytes
        let (first, second) = (
            witness.decide(body, state: state, at: 1), witness.decide(body, state: state, at: 2)
        )
        #expect(first.reply.status == .ok)
        #expect(first.reply != second.reply)
        #expect(first.step == WitnessStep(origin: log.known.origin, from: log.head(3), to: log.head(3)))
    }

    @Test("a request that does not fit what the witness knows is refused as the standard says")
    func refusals() throws {
        let (log, stranger) = (try SampleLog(count: 8), try SampleLog("wenhui/370783", seed: 2, count: 8))
        let impostor = try SampleLog(seed: 3, count: 8)
        var forked = log
        forked.entries[1] = utf8("another entry")
        let witness = try Self.witness(log.known)
        let known = WitnessState(heads: [log.known.origin: log.head(4)])
        let proof = log.consistency(4, 6).path
        let six = log.checkpoint(6).note
        func body(_ oldSize: UInt64, _ proof: [TreeHash], _ note: SignedNote) -> [UInt8] {
            AddCheckpointRequest(oldSize: oldSize, proof: proof, note: note).bytes
        }
        let cases: [(String, [UInt8], WitnessReply.Status)] = [
            ("unknown log", Self.request(stranger, from: 4, to: 6).bytes, .notFound),
            ("another key", Self.request(impostor, from: 4, to: 6).bytes, .forbidden),
            ("old above new", body(7, [], six), .badRequest),
            ("old below known", Self.request(log, from: 3, to: 6).bytes, .conflict),
            ("old above known", Self.request(log, from: 5, to: 6).bytes, .conflict),
            ("first contact", body(0, [], six), .conflict),
            ("no proof", body(4, [], six), .unprocessable),
            ("another proof", body(4, log.consistency(4, 7).path, six), .unprocessable),
            ("a hash too many", body(4, proof + [.empty], six), .unprocessable),
            ("a fork", Self.request(forked, from: 4, to: 6).bytes, .unprocessable),
            ("the same size with a proof", body(4, proof, log.checkpoint(4).note), .unprocessable),
            ("the same size with another root", body(4, [], forked.checkpoint(4).note), .conflict),
            ("back", body(4, [], log.checkpoint(3).note), .badRequest),
            ("nothing", [], .badRequest),
        ]
        for (name, body, status) in cases {
            let decision = witness.decide(body, state: known, at: 1)
            #expect(decision.reply.status == status, "\(name)")
            #expect(decision.step == nil, "\(name)")
            #expect(!decision.reply.body.contains(0xe2), "\(name)")
        }
    }

    @Test("a conflict tells the known size as the standard says, but not where the roots differ")
    func conflicts() throws {
        let log = try SampleLog(count: 8)
        var forked = log
        forked.entries[1] = utf8("another entry")
        let witness = try Self.witness(log.known)
        let known = WitnessState(heads: [log.known.origin: log.head(4)])
        let stale = witness.decide(Self.request(log, from: 3, to: 6).bytes, state: known, at: 1).reply
        #expect(stale == WitnessReply(status: .conflict, contentType: "text/x.tlog.size", body: utf8("4\n")))
        #expect(stale.knownSize == 4)
        let never = witness.decide(Self.request(log, from: 3, to: 6).bytes, state: WitnessState(), at: 1)
            .reply
        #expect(never.body == utf8("0\n"))
        let fork = witness.decide(Self.request(forked, from: 4, to: 4).bytes, state: known, at: 1).reply
        #expect(fork.status.rawValue == 409)
        #expect(fork.knownSize == nil)
    }

    @Test(
        "trees without entries are cosigned like others, without any proof",
        arguments: [
            ("empty", 0, 0, false, false, .ok), ("empty with another root", 0, 0, true, false, .conflict),
            ("empty with a proof", 0, 0, false, true, .unprocessable),
            ("first entry", 0, 1, false, false, .ok),
            ("first entry with a proof", 0, 1, false, true, .unprocessable),
        ] as [(String, Int, Int, Bool, Bool, WitnessReply.Status)])
    func emptyTrees(
        _ name: String, _ first: Int, _ second: Int, _ otherRoot: Bool, _ withProof: Bool,
        _ status: WitnessReply.Status
    ) throws {
        let log = try SampleLog(count: 1)
        let head = otherRoot ? TreeHead(size: UInt64(second), root: .leaf([])) : log.head(second)
        let request = AddCheckpointRequest(
            oldSize: UInt64(first), proof: withProof ? [.empty] : [], note: log.signer.checkpoint(head).note)
        for state in [WitnessState(), WitnessState(heads: [log.known.origin: log.head(0)])] {
            let decision = try Self.witness(log.known).decide(request.bytes, state: state, at: 1)
            #expect(decision.reply.status == status)
        }
    }

    @Test("a checkpoint that is signed but malformed, or has extension lines, is not cosigned")
    func malformedCheckpoints() throws {
        let log = try SampleLog(count: 2)
        let text = log.checkpoint(2).note.text
        for bad in [
            text + utf8("extension\n"), log.known.origin.bytes + utf8("\n02\n\(TreeHash.empty.base64)\n"),
        ] {
            let body = AddCheckpointRequest(oldSize: 0, proof: [], note: try log.signer.sign(bad)).bytes
            #expect(
                try Self.witness(log.known).decide(body, state: WitnessState(), at: 1).reply.status
                    == .badRequest)
        }
        let nameless = AddCheckpointRequest(oldSize: 0, proof: [], note: try log.signer.sign(utf8("\n\n")))
        #expect(
            try Self.witness(log.known).decide(nameless.bytes, state: WitnessState(), at: 1).reply.status
                == .badRequest)
    }

    @Test("a known key's bad signature is refused even beside a good one")
    func badSignature() throws {
        let (log, other) = (try SampleLog(count: 2), try SampleLog(seed: 2, count: 2))
        let known = KnownLog(
            origin: log.known.origin, keys: [log.signer.verifierKey, other.signer.verifierKey])
        let line = other.signer.signature(of: utf8("something else\n"))
        let request = AddCheckpointRequest(
            oldSize: 0, proof: [], note: try log.checkpoint(2).note.adding([line]))
        #expect(
            try Self.witness(known).decide(request.bytes, state: WitnessState(), at: 1).reply.status
                == .forbidden)
        #expect(
            try Self.witness(log.known).decide(request.bytes, state: WitnessState(), at: 1).reply.status
                == .ok)
        // Two entries of one origin are one log with the keys of both.
        let both = try Self.witness(log.known, other.known)
        #expect(
            both.decide(Self.request(other, from: 0, to: 2).bytes, state: WitnessState(), at: 1).reply.status
                == .ok)
    }
}
