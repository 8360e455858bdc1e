extension SignedCheckpoint {
    /// The checkpoint with the cosignatures of a witness's reply (C2SP tlog-witness, "add-checkpoint").
    ///
    /// - Parameters:
    ///   - lines: the body of the reply, one signature a line. Lines of keys that were not asked are left
    /// out.
    ///   - witnesses: the keys of the witness that was asked.
    /// - Throws: ``CheckpointOpeningError/notCosigned`` when none of the keys signed.
    package func cosigned(
        by lines: [UInt8], of witnesses: [NoteVerifierKey]
    ) throws(CheckpointOpeningError) -> SignedCheckpoint {
        let added: SignedNote
        let extended: SignedNote
        do throws(NoteError) {
            let signatures = try SignedNote.signatures(of: lines).filter { signature in
                witnesses.contains { $0.type == .cosignature && signature.names($0) }
            }
            guard !signatures.isEmpty else { throw .noSignatures }
            added = try SignedNote(text: note.text, signatures: signatures)
            extended = try note.adding(signatures)
        } catch .noSignatures {
            throw .notCosigned
        } catch {
            throw .note(error)
        }
        let verification: NoteVerification
        do throws(NoteVerificationError) {
            verification = try added.verified(by: witnesses)
        } catch {
            throw .signatures(error)
        }
        let earlier = cosignatures.filter { old in !verification.cosignatures.contains { $0.key == old.key } }
        return SignedCheckpoint(
            note: extended, checkpoint: checkpoint, signers: signers,
            cosignatures: earlier + verification.cosignatures)
    }
}
