import Cryptography

extension SignedNote {
    /// Says which of the known keys signed, and when those that tell did.
    ///
    /// Lines of other keys are ignored, also where they share a name or an ID with a known key. One bad
    /// signature of a known key makes the whole note refused, whatever the others say; so does a note that no
    /// known key signed.
    package func verified(by keys: [NoteVerifierKey]) throws(NoteVerificationError) -> NoteVerification {
        var verification = NoteVerification()
        for signature in signatures {
            var known: NoteVerifierKey?
            for key in keys where signature.names(key) {
                guard known == nil || known == key else {
                    throw .ambiguousKey(signature.name, id: signature.keyID)
                }
                known = key
            }
            guard let known else { continue }
            switch known.statement(of: signature.bytes, on: text) {
            case .signed: verification.signers.append(known)
            case .cosigned(let time): verification.cosignatures.append(Cosignature(key: known, time: time))
            case nil: throw .badSignature(signature.name, id: signature.keyID)
            }
        }
        guard verification != NoteVerification() else { throw .noKnownSignature }
        return verification
    }
}

extension NoteVerifierKey {
    /// What a good signature says.
    fileprivate enum Statement {
        case signed
        case cosigned(time: UInt64)
    }

    /// What this key's signature says of a text; `nil` when it is not this key's.
    fileprivate func statement(of signature: [UInt8], on text: [UInt8]) -> Statement? {
        switch type {
        case .ed25519, .sm2:
            return publicKey.isValid(signature, for: text) ? .signed : nil
        case .cosignature:
            guard signature.count == 72, let time = UInt64(bigEndianBytes: signature.prefix(8)),
                time <= Cosignature.latestTime,
                publicKey.isValid(Array(signature.dropFirst(8)), for: Cosignature.message(text, time: time))
            else { return nil }
            return .cosigned(time: time)
        }
    }
}
