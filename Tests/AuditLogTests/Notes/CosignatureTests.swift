import AuditLog
import Cryptography
import Testing

@Suite("Cosignatures (C2SP tlog-cosignature)")
struct CosignatureTests {
    @Test("a public log's checkpoint verifies with three public witnesses and the time they tell")
    func published() throws {
        let witnesses = [
            try key(PublishedNotes.garden), try key(PublishedNotes.remora), try key(PublishedNotes.smartit),
        ]
        let bytes = try PublishedNotes.file("arche2025h1.note")
        let log = KnownLog(try key(PublishedNotes.arche))
        let opened = try SignedCheckpoint(opening: bytes, of: log, witnesses: witnesses)
        #expect(opened.checkpoint.head.size == 1_432_088_532)
        #expect(Set(opened.cosignatures.map(\.key)) == Set(witnesses))
        #expect(opened.cosignatures.allSatisfy { $0.time == 0x6a12_2120 })
        #expect(opened.note.signatures.count == 6)
        // Without the witnesses' keys their lines are ignored.
        #expect(try SignedCheckpoint(opening: bytes, of: log).cosignatures.isEmpty)
        // Another size under the same signatures.
        let text = String(decoding: bytes, as: UTF8.self).replacing("1432088532", with: "42")
        #expect(throws: CheckpointOpeningError.self) {
            try SignedCheckpoint(opening: utf8(text), of: log, witnesses: witnesses)
        }
    }

    @Test("the time of a published cosignature is read from its first eight bytes")
    func layout() throws {
        let line = try #require(
            SignedNote.signatures(
                of: utf8(
                    "— w ZGhGuQAAAABm/qTPeyKXD+R2rzyQsxPiP8mXum7qq/iF0u4vanlqJyocWODBt97w9uL+8qT7S5gxEHWWOworDcFiEBYJXORmnFBOBA==\n"
                )
            ).first)
        #expect(line.keyID == 0x6468_46b9)
        #expect(line.bytes.count == 72)
        #expect(line.bytes.prefix(8).reduce(0) { $0 << 8 | Int($1) } == 1_727_964_367)
    }

    @Test("a cosignature is the time and an Ed25519 signature of header, time and text")
    func message() throws {
        let log = try SampleLog(count: 3)
        let signer = try witnessSigner("province.example/w", seed: 11)
        let signature = signer.cosignature(of: log.checkpoint(3).checkpoint, at: 1_679_315_147)
        let message = utf8("cosignature/v1\ntime 1679315147\n") + log.checkpoint(3).note.text
        #expect(signature.bytes.prefix(8) == [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb][...])
        #expect(signer.verifierKey.publicKey.isValid(Array(signature.bytes.dropFirst(8)), for: message))
        #expect(signature.keyID == signer.verifierKey.id)
    }

    @Test("cosignatures are told with their witness and time")
    func verification() throws {
        let log = try SampleLog(count: 3)
        let (first, second) = (try witnessSigner("a", seed: 11), try witnessSigner("b", seed: 12))
        let keys = [first.verifierKey, second.verifierKey]
        let signed = try log.checkpoint(3).cosigned(by: first, at: 0).cosigned(by: second, at: 1 << 63 - 1)
        let opened = try SignedCheckpoint(opening: signed.bytes, of: log.known, witnesses: keys)
        #expect(opened == signed)
        #expect(opened.cosignatures.map(\.time) == [0, 1 << 63 - 1])
        #expect(opened.cosignatures.map(\.key) == keys)
    }

    @Test("a witness that cosigns again replaces its cosignature by the later one")
    func again() throws {
        let log = try SampleLog(count: 3)
        let witness = try witnessSigner("a", seed: 11)
        let signed = try log.checkpoint(3).cosigned(by: witness, at: 1).cosigned(by: witness, at: 2)
        #expect(signed.cosignatures.map(\.time) == [2])
        #expect(signed.note.signatures.count == 2)
        #expect(
            try SignedCheckpoint(opening: signed.bytes, of: log.known, witnesses: [witness.verifierKey])
                == signed)
    }

    @Test("another time, another checkpoint or a time above 2⁶³ − 1 makes a cosignature bad")
    func tampering() throws {
        let log = try SampleLog(count: 3)
        let witness = try witnessSigner("a", seed: 11)
        let (name, id) = (witness.verifierKey.name, witness.verifierKey.id)
        let good = witness.cosignature(of: log.checkpoint(3).checkpoint, at: 5)
        let tooLate: UInt64 = 1 << 63
        let text = log.checkpoint(3).note.text
        let late = try privateKey(11).signature(for: utf8("cosignature/v1\ntime \(tooLate)\n") + text)
        for bytes in [
            [0, 0, 0, 0, 0, 0, 0, 6] + good.bytes.dropFirst(8), Array(good.bytes.dropFirst(8)),
            good.bytes + [0], [0x80, 0, 0, 0, 0, 0, 0, 0] + late,
            witness.cosignature(of: log.checkpoint(2).checkpoint, at: 5).bytes,
            try privateKey(11).signature(for: text),
        ] {
            let line = NoteSignature(name: name, keyID: id, bytes: bytes)
            #expect(throws: CheckpointOpeningError.signatures(.badSignature(name, id: id))) {
                try log.checkpoint(3).cosigned(by: line.line, of: [witness.verifierKey])
            }
            #expect(throws: CheckpointOpeningError.signatures(.badSignature(name, id: id))) {
                try SignedCheckpoint(
                    opening: try log.checkpoint(3).note.adding([line]), of: log.known,
                    witnesses: [witness.verifierKey])
            }
        }
    }

    @Test("a witness's key does not sign for a log, nor a log's key for a witness")
    func roles() throws {
        let log = try SampleLog(count: 3)
        let witness = try witnessSigner("wenhui/370782", seed: 1)
        let cosigned = try SignedNote(
            text: log.checkpoint(3).note.text,
            signatures: [witness.cosignature(of: log.checkpoint(3).checkpoint, at: 5)])
        #expect(throws: CheckpointOpeningError.signatures(.noKnownSignature)) {
            try SignedCheckpoint(opening: cosigned, of: log.known)
        }
        #expect(throws: CheckpointOpeningError.notSignedByLog) {
            try SignedCheckpoint(opening: cosigned, of: log.known, witnesses: [witness.verifierKey])
        }
        #expect(throws: CheckpointOpeningError.notSignedByLog) {
            try SignedCheckpoint(opening: cosigned, of: KnownLog(witness.verifierKey))
        }
        let opened = try SignedCheckpoint(
            opening: log.checkpoint(3).bytes, of: log.known, witnesses: [log.signer.verifierKey])
        #expect(opened.cosignatures.isEmpty)
        #expect(throws: CheckpointOpeningError.notCosigned) {
            try log.checkpoint(3).cosigned(
                by: log.signer.signature(of: log.checkpoint(3).note.text).line, of: [log.signer.verifierKey])
        }
    }

    @Test("of a witness's reply only the keys that were asked count")
    func replies() throws {
        let log = try SampleLog(count: 3)
        let (asked, stranger) = (try witnessSigner("a", seed: 11), try witnessSigner("b", seed: 12))
        let checkpoint = log.checkpoint(3).checkpoint
        let lines =
            stranger.cosignature(of: checkpoint, at: 1).line + asked.cosignature(of: checkpoint, at: 2).line
        let cosigned = try log.checkpoint(3).cosigned(by: lines, of: [asked.verifierKey])
        #expect(cosigned.cosignatures.map(\.key) == [asked.verifierKey])
        #expect(cosigned.cosignatures.map(\.time) == [2])
        #expect(cosigned.note.signatures.count == 2)
        #expect(throws: CheckpointOpeningError.notCosigned) {
            try log.checkpoint(3).cosigned(
                by: stranger.cosignature(of: checkpoint, at: 1).line, of: [asked.verifierKey])
        }
        #expect(throws: CheckpointOpeningError.notCosigned) {
            try log.checkpoint(3).cosigned(by: [], of: [asked.verifierKey])
        }
        #expect(throws: CheckpointOpeningError.note(.unterminated)) {
            try log.checkpoint(3).cosigned(by: lines.dropLast(), of: [asked.verifierKey])
        }
        #expect(try SignedNote.signatures(of: PublishedNotes.file("behind-the-sofa.cosignatures")).count == 3)
    }
}
