/// Verifies tokens at one instant against the lists that a till or the ledger has.
///
/// It remembers nothing: whoever asks it keeps the replay keys of what was taken.
package struct TokenVerifier: Sendable {
    private let keys: KeyList
    private let revocations: RevocationList?
    private let policy: TokenPolicy
    private let now: Int64

    /// - Parameters:
    ///   - keys: the ledger's key list, verified.
    ///   - revocations: the same ledger's revocation list, verified; needed for presentations.
    ///   - policy: how strict to be.
    ///   - now: seconds since 1970, below 2⁴⁰.
    package init(
        keys: KeyList, revocations: RevocationList? = nil, policy: TokenPolicy = TokenPolicy(), now: Int64
    ) {
        precondition((0..<1 << 40).contains(now), "not a time in seconds since 1970")
        self.keys = keys
        self.revocations = revocations
        self.policy = policy
        self.now = now
    }

    /// Verifies what a resident's page shows.
    package func verify(online token: SignedClaims<OnlineToken>) throws(TokenRefusal) -> VerifiedToken {
        let claims = token.claims
        try checkIssuer(
            of: token.message, for: claims.voucher, signedAt: claims.expiry - OnlineToken.lifetime)
        guard now < claims.expiry + policy.skew else { throw .tokenExpired }
        guard claims.expiry <= now + OnlineToken.lifetime + policy.skew else { throw .tokenTooEarly }
        if let revocations, revocations.covers(claims.voucher) { throw .voucherRevoked }
        return VerifiedToken(claims, keyID: token.message.keyID, skew: policy.skew)
    }

    /// Verifies what a resident's phone shows at an outlet that is offline.
    ///
    /// The till still has to refuse a counter that it has seen, and to add up what a credential has spent.
    ///
    /// - Parameter outlet: the number of this outlet, which the phone signed.
    package func verify(
        presentation shown: PresentedCredential, at outlet: UInt32
    ) throws(TokenRefusal) -> VerifiedToken {
        let credential = shown.credential.claims
        let presentation = shown.presentation.claims
        try checkIssuer(of: shown.credential.message, for: credential.voucher, signedAt: credential.issuedAt)
        guard now < credential.expiry + policy.skew else { throw .credentialExpired }
        guard credential.issuedAt <= now + policy.skew else { throw .credentialTooEarly }
        try checkRevocation(of: credential)
        try shown.verifyDevice()
        try checkSlot(presentation.slot)
        guard presentation.outlet == outlet else { throw .otherOutlet }
        guard presentation.amount > 0 else { throw .noAmount }
        guard presentation.amount <= min(credential.cap, policy.offlineCap) else { throw .overCap }
        return VerifiedToken(
            credential, presentation, keyID: shown.credential.message.keyID, skew: policy.skew)
    }

    /// Checks the issuer's key and signature: one algorithm, one key, one window.
    private func checkIssuer(
        of message: COSESign1, for voucher: VoucherReference, signedAt: Int64
    ) throws(TokenRefusal) {
        guard keys.issuedAt <= now + policy.skew else { throw .listTooEarly }
        guard now - keys.issuedAt <= policy.keyListAge else { throw .keyListTooOld }
        guard let key = keys.lookup(message.keyID), key.purpose == .issuer else { throw .keyUnknown }
        guard key.publicKey.algorithm == message.algorithm else { throw .algorithmMismatch }
        switch message.verify(with: key.publicKey) {
        case .valid: break
        case .highS: throw .signatureForm
        case .invalid: throw .signature
        }
        guard voucher.ledger == keys.ledger else { throw .otherLedger }
        switch key.status {
        case .published: throw .keyNotInUse
        case .revoked: throw .keyRevoked
        case .active, .retired: break
        }
        guard key.notBefore <= min(signedAt, now) else { throw .keyTooEarly }
        guard max(signedAt, now) < key.notAfter else { throw .keyExpired }
    }

    private func checkRevocation(of credential: VoucherCredential) throws(TokenRefusal) {
        guard let revocations, revocations.ledger == keys.ledger else { throw .revocationListMissing }
        guard revocations.issuedAt <= now + policy.skew else { throw .listTooEarly }
        guard now - revocations.issuedAt <= policy.revocationListAge else { throw .revocationListTooOld }
        guard !revocations.covers(credential.id) else { throw .credentialRevoked }
        guard !revocations.covers(credential.voucher) else { throw .voucherRevoked }
    }

    /// Checks that a presentation was made in this half minute, the one before or the next one.
    private func checkSlot(_ slot: TimeSlot) throws(TokenRefusal) {
        let current = Int64(TimeSlot(at: now).rawValue)
        guard Int64(slot.rawValue) >= current - 1 else { throw .presentationExpired }
        guard Int64(slot.rawValue) <= current + 1 else { throw .presentationTooEarly }
    }
}

extension PresentedCredential {
    /// Checks that the device that the credential is bound to has signed the presentation of it.
    package func verifyDevice() throws(TokenRefusal) {
        let message = presentation.message
        guard message.keyID == TokenKeyID(of: credential.claims.id) else { throw .otherCredential }
        let key = TokenPublicKey.es256(credential.claims.device.publicKey)
        guard message.algorithm == key.algorithm else { throw .presentationAlgorithm }
        switch message.verify(with: key) {
        case .valid: break
        case .highS: throw .presentationForm
        case .invalid: throw .presentationSignature
        }
    }
}
