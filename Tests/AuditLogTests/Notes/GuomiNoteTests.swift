import AuditLog
import Cryptography
import Testing

@Suite("Checkpoints with a line by SM2 (type 0xff)")
struct GuomiNoteTests {
    private let log: SampleLog
    private let sm2: NoteSigner
    /// The checkpoint with a line of each key.
    private let note: SignedNote

    init() throws {
        log = try SampleLog(count: 5)
        let name = log.signer.verifierKey.name
        sm2 = NoteSigner(name: name, key: try GuomiNoteTests.privateKey(4))
        let signed = log.checkpoint(5).note
        note = try signed.adding([sm2.signature(of: signed.text)])
    }

    private static func privateKey(_ seed: UInt8) throws -> SM2PrivateKey {
        try #require(SM2PrivateKey(scalar: [UInt8](repeating: seed, count: 32)))
    }

    private func known(_ keys: NoteVerifierKey...) -> KnownLog {
        KnownLog(origin: log.known.origin, keys: keys)
    }

    @Test(
        "a key's text has the type, an identifier and the point, comes back, and has the ID that C2SP recommends"
    )
    func keyText() throws {
        let verifier = sm2.verifierKey
        let identifier = utf8("wenhui/sm2-with-sm3/v1")
        let point = try GuomiNoteTests.privateKey(4).publicKey.compressed
        let digest = SHA256Digest.of(utf8("wenhui/370782\n") + [0xff] + identifier + point)
        let id = Array(digest.prefix(4)).hexadecimal
        #expect(verifier.text == "wenhui/370782+\(id)+\(([0xff] + identifier + point).base64)")
        #expect(try key(verifier.text) == verifier)
        #expect(verifier.type == .sm2)
        #expect(verifier != log.signer.verifierKey)
        #expect(verifier.id != log.signer.verifierKey.id)
    }

    @Test("keys of type 0xff that are no SM2 keys of ours are refused with the reason")
    func foreignKeys() throws {
        let identifier = utf8("wenhui/sm2-with-sm3/v1")
        let point = try GuomiNoteTests.privateKey(4).publicKey
        for (bytes, error) in [
            ([0xff], .unknownType(0xff)), ([0xff] + point.compressed, .unknownType(0xff)),
            ([0xff] + identifier.dropLast() + [0x32] + point.compressed, .unknownType(0xff)),
            ([0xff] + identifier, .noPoint), ([0xff] + identifier + point.bytes, .noPoint),
            ([0xff] + identifier + point.compressed + [0], .noPoint),
            ([0xff] + identifier + [2] + [UInt8](repeating: 0xff, count: 32), .noPoint),
            ([0x01] + point.compressed, .keyLength(33)),
        ] as [([UInt8], VerifierKeyError)] {
            #expect(throws: error) { try key("wenhui/370782+00000000+\(bytes.base64)") }
        }
    }

    @Test("a verifier that knows Ed25519 alone takes the note as it is and keeps the line")
    func internationalOnly() throws {
        let opened = try SignedCheckpoint(opening: note.bytes, of: log.known)
        #expect(opened.signers == [log.signer.verifierKey])
        #expect(opened.checkpoint == log.checkpoint(5).checkpoint)
        #expect(opened.bytes == note.bytes)
        // Also where the line is rubbish: it is somebody else's.
        let rubbish = NoteSignature(
            name: sm2.verifierKey.name, keyID: sm2.verifierKey.id, bytes: [UInt8](repeating: 7, count: 64))
        #expect(try SignedCheckpoint(opening: note.adding([rubbish]), of: log.known).signers.count == 1)
    }

    @Test("a verifier that knows the SM2 key checks it, alone or beside the other")
    func knownKey() throws {
        #expect(try SignedCheckpoint(opening: note, of: known(sm2.verifierKey)).signers == [sm2.verifierKey])
        let both = known(sm2.verifierKey, log.signer.verifierKey)
        #expect(
            try SignedCheckpoint(opening: note, of: both).signers
                == [log.signer.verifierKey, sm2.verifierKey])
        // Who relies on SM2 alone refuses what only Ed25519 signed.
        #expect(throws: CheckpointOpeningError.signatures(.noKnownSignature)) {
            try SignedCheckpoint(opening: log.checkpoint(5).note, of: known(sm2.verifierKey))
        }
    }

    @Test("a wrong signature of the known SM2 key makes the whole note refused, whatever Ed25519 says")
    func badSignature() throws {
        let verifier = sm2.verifierKey
        let good = sm2.signature(of: note.text).bytes
        let other = NoteSigner(name: verifier.name, key: try GuomiNoteTests.privateKey(5))
        var wrong: [[UInt8]] = [
            other.signature(of: note.text).bytes, sm2.signature(of: log.checkpoint(4).note.text).bytes,
            [UInt8](repeating: 0, count: 64), Array(good.dropLast()), good + [0], [0],
            log.signer.signature(of: note.text).bytes,
        ]
        for place in 0..<64 {
            wrong.append(good)
            wrong[wrong.count - 1][place] ^= 1
        }
        for bytes in wrong {
            let line = NoteSignature(name: verifier.name, keyID: verifier.id, bytes: bytes)
            let forged = try note.adding([line])
            for keys in [known(verifier), known(verifier, log.signer.verifierKey)] {
                #expect(
                    throws: CheckpointOpeningError.signatures(.badSignature(verifier.name, id: verifier.id))
                ) { try SignedCheckpoint(opening: forged, of: keys) }
            }
        }
    }

    @Test("witnesses cosign the note with the line in it, and it stays")
    func cosigning() throws {
        let witness = try witnessSigner("province.example/w", seed: 40)
        let opened = try SignedCheckpoint(opening: note, of: known(log.signer.verifierKey, sm2.verifierKey))
        let cosigned = try opened.cosigned(by: witness)
        #expect(cosigned.note.signatures.count == 3)
        #expect(cosigned.signers == opened.signers)
        let request = AddCheckpointRequest(oldSize: 0, proof: [], note: note)
        let decision = Witness(signer: witness, logs: [log.known])
            .decide(request.bytes, state: WitnessState(), at: 1)
        #expect(decision.reply.status == .ok)
    }

    @Test("a policy's log is named by its Ed25519 key, as C2SP wants")
    func policy() throws {
        let error = try #require(throws: WitnessPolicyError.self) {
            try WitnessPolicy(utf8("log \(sm2.verifierKey)\nquorum none\n"))
        }
        #expect(error.reason == .keyType(.sm2))
    }
}
