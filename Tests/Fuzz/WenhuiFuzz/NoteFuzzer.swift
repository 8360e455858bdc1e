import AuditLog

/// Signed notes, and what they prove: nothing but what was signed.
enum NoteFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    /// The checkpoint that the log and the witness signed; they never signed another text.
    private static let signed = log.signer.checkpoint(log.head(HonestLog.size)).note.text

    static func seeds() throws -> [[UInt8]] {
        try Fixtures.logFiles(".note") + [log.note(HonestLog.size).bytes]
    }

    static func check(_ input: [UInt8]) {
        guard let note = try? SignedNote(input) else { return }
        expect(note.bytes == input, "a note is printed as it was read")
        let keys = [log.signer.verifierKey, log.guomi.verifierKey, log.witness.verifierKey]
        guard let verified = try? note.verified(by: keys) else { return }
        expect(note.text == signed, "nothing else was ever signed")
        expect(verified.cosignatures.allSatisfy { $0.time == 1_700_000_000 }, "cosigned at one time only")
        let opened = try? SignedCheckpoint(opening: note, of: log.known)
        expect(opened == nil || opened?.checkpoint.head == log.head(HonestLog.size), "the log's own head")
    }
}

/// The text of a checkpoint, which is the same whoever signed it.
enum CheckpointFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let published = try Fixtures.logFiles(".note").compactMap { try? SignedNote($0).text }
        return published + [HonestLog.shared.signer.checkpoint(HonestLog.shared.head(0)).checkpoint.text]
    }

    static func check(_ input: [UInt8]) {
        guard let checkpoint = try? Checkpoint(text: input) else { return }
        expect(checkpoint.text == input, "a checkpoint is printed as it was read")
    }
}

/// A witness's reply: signature lines, or the size that it knows.
enum ReplyFuzzer: ParserFuzzer {
    private static let log = HonestLog.shared
    private static let checkpoint = log.signer.checkpoint(log.head(HonestLog.size))

    static func seeds() throws -> [[UInt8]] {
        let line = log.witness.cosignature(of: checkpoint.checkpoint, at: 1_700_000_000).line
        return try Fixtures.logFiles(".cosignatures") + [line, Array("261\n".utf8)]
    }

    static func check(_ input: [UInt8]) {
        if let lines = try? SignedNote.signatures(of: input) {
            expect(lines.flatMap(\.line) == input, "signature lines are printed as they were read")
        }
        let reply = WitnessReply(status: .conflict, contentType: WitnessReply.sizeType, body: input)
        if let size = reply.knownSize {
            expect(Array("\(size)\n".utf8) == input, "a size is printed as it was read")
        }
        guard let cosigned = try? checkpoint.cosigned(by: input, of: [log.witness.verifierKey]) else {
            return
        }
        expect((try? SignedNote(cosigned.bytes)) == cosigned.note, "a note with cosignatures is a note")
        expect(cosigned.cosignatures.map(\.time) == [1_700_000_000], "cosigned at one time only")
    }
}

/// Verifier keys, one text a key.
enum VerifierKeyFuzzer: ParserFuzzer {
    static func seeds() throws -> [[UInt8]] {
        let words = try Fixtures.file("log/public-witnesses.policy")
            .split { [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n")].contains($0) }
        let published = words.filter { $0.contains(UInt8(ascii: "+")) }.map { Array($0) }
        return published + [Array(HonestLog.shared.guomi.verifierKey.text.utf8)]
    }

    static func check(_ input: [UInt8]) {
        guard var text = String(validating: input, as: UTF8.self) else { return }
        var key: NoteVerifierKey?
        do throws(VerifierKeyError) {
            key = try NoteVerifierKey(text)
        } catch .id(let expected) {
            // Nobody guesses a digest: with the right one in its place, the rest of the key counts.
            let fields = text.utf8.split(
                separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false
            ).map { String($0) ?? "" }
            text = "\(fields[0])+\(expected)+\(fields[2])"
            key = try? NoteVerifierKey(text)
            expect(key != nil, "with the ID that was expected, the key is taken")
        } catch {}
        guard let key else { return }
        expect(key.text.utf8.elementsEqual(text.utf8), "a key is printed as it was read")
    }
}
