/// A checkpoint that its log signed, with the cosignatures of the witnesses that were asked for: all
/// verified.
package struct SignedCheckpoint: Hashable, Sendable {
    /// The note as it was signed, also with the lines of keys that nobody here knows.
    package let note: SignedNote
    /// What the log committed to.
    package let checkpoint: Checkpoint
    /// The keys of the log that signed; at least one.
    package let signers: [NoteVerifierKey]
    /// The known witnesses that cosigned. Whether they suffice says ``WitnessPolicy/isSatisfied(by:since:)``.
    package let cosignatures: [Cosignature]

    init(
        note: SignedNote, checkpoint: Checkpoint, signers: [NoteVerifierKey], cosignatures: [Cosignature]
    ) {
        self.note = note
        self.checkpoint = checkpoint
        self.signers = signers
        self.cosignatures = cosignatures
    }

    /// Verifies a note as a checkpoint of one log.
    ///
    /// - Parameters:
    ///   - log: the origin that the note must name, and the keys of which one must have signed it.
    ///   - witnesses: keys whose cosignatures are verified where they stand; a bad one makes the note
    /// refused.
    package init(
        opening note: SignedNote, of log: KnownLog, witnesses: [NoteVerifierKey] = []
    ) throws(CheckpointOpeningError) {
        let checkpoint: Checkpoint
        do throws(CheckpointError) {
            checkpoint = try Checkpoint(text: note.text)
        } catch {
            throw .text(error)
        }
        guard checkpoint.origin == log.origin else { throw .foreignOrigin(checkpoint.origin) }
        let verification: NoteVerification
        do throws(NoteVerificationError) {
            verification = try note.verified(by: log.keys + witnesses)
        } catch {
            throw .signatures(error)
        }
        let signers = verification.signers.filter { log.keys.contains($0) }
        guard !signers.isEmpty else { throw .notSignedByLog }
        self.init(
            note: note, checkpoint: checkpoint, signers: signers,
            cosignatures: verification.cosignatures.filter { witnesses.contains($0.key) })
    }

    /// Reads and verifies a note as it is published.
    package init(
        opening bytes: [UInt8], of log: KnownLog, witnesses: [NoteVerifierKey] = []
    ) throws(CheckpointOpeningError) {
        let note: SignedNote
        do throws(NoteError) {
            note = try SignedNote(bytes)
        } catch {
            throw .note(error)
        }
        try self.init(opening: note, of: log, witnesses: witnesses)
    }

    /// The note as it is published.
    package var bytes: [UInt8] { note.bytes }
}
