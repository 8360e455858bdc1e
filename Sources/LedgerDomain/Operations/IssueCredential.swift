package import CBOR

/// Lets a phone spend a voucher at tills that are offline; holds the cap until tills can have uploaded (DESIGN §7).
package struct IssueCredential: Operation {
    package static let type = OperationType.issueCredential

    package var voucher: VoucherID = .none
    /// What presentations and revocation lists name it by.
    package var id = KeyID(0)
    /// The beginning of the SHA-256 of ``credential``.
    package var digest = Digest128.zero
    package var cap: Amount = .zero
    package var issuedAt = Instant(microseconds: 0)
    package var expiry = Instant(microseconds: 0)
    /// The credential as the phone gets it, a COSE_Sign1 with the phone's key in it.
    package var credential = Octets()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &voucher)
        try coder.field(17, &id)
        try coder.field(18, &digest)
        try coder.field(19, &cap)
        try coder.field(20, &issuedAt)
        try coder.field(21, &expiry)
        try coder.field(22, &credential)
    }

    /// Until when it holds the voucher.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var holdUntil = Instant(microseconds: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &holdUntil)
        }
    }
}

extension IssueCredential {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard cap.isMovable else { return .failure(.amountOutOfRange) }
        guard (1...512).contains(credential.bytes.count) else { return .failure(.textOutOfRange) }
        guard state.vouchers.contains(voucher) else { return .failure(.unknownVoucher) }
        guard state.credential(id, at: context.instant) == nil else { return .failure(.credentialKnown) }
        let batch = state.batches[state.vouchers[voucher].batch]
        let rule = state.rule(of: batch)
        // A till without a network has no catalogue to look into, and no month to count.
        guard rule.goods == nil else { return .failure(.goodsOnline) }
        let balance = state.vouchers[voucher].balance.total
        let isUsable = state.vouchers[voucher].status == .usable
        guard cap.fen <= state.settings[.offlineCap], !isUsable || cap <= balance else {
            return .failure(.offlineCapExceeded)
        }
        // A till knows the face by the cap alone, and must ask for no smaller bill than the ledger does.
        guard rule.thresholds == nil || rule.face(of: cap) == batch.face else {
            return .failure(.offlineCapExceeded)
        }
        guard isLife(context.instant, state.vouchers[voucher], state.settings) else {
            return .failure(.credentialLife)
        }
        if state.programmes[batch.programme].status == .paused { return .failure(.programmePaused) }
        if let refusal = state.unusable(voucher, at: context.instant) { return .failure(refusal) }
        // One at a time, whether it is spent or not: its cap bounds what the voucher can cost.
        if let live = state.credential(of: voucher), context.instant < live.holdUntil {
            return .failure(.voucherHeld)
        }
        return .success(.with { $0.holdUntil = expiry.adding(state.settings[.offlineGrace]) })
    }

    /// Whether it begins now and ends neither too late nor after the voucher.
    private func isLife(_ instant: Instant, _ voucher: Voucher, _ settings: LedgerSettings) -> Bool {
        issuedAt <= instant.adding(TokenUse.skew) && instant < expiry && issuedAt < expiry
            && expiry.microseconds - issuedAt.microseconds <= settings[.offlineLifetime]
            && expiry <= voucher.expiry
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.forgetCredentials(at: context.instant)
        state.add(
            OfflineCredential(
                voucher: voucher, digest: digest, cap: cap, issuedAt: issuedAt, expiry: expiry,
                holdUntil: accepted.holdUntil), id)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .credential(
                CredentialRow(
                    id: id, event: context.number, voucher: voucher, cap: cap, issuedAt: issuedAt,
                    expiry: expiry, holdUntil: accepted.holdUntil)))
    }
}
