extension LedgerState {
    /// The credential issued last for a voucher.
    package func credential(of voucher: VoucherID) -> OfflineCredential? {
        credentialIDs[voucher].flatMap { credentials[$0] }
    }

    /// A credential that tills may still upload for; none after that, whether it is forgotten yet or not.
    func credential(_ id: KeyID, at instant: Instant) -> OfflineCredential? {
        credentials[id].flatMap { instant < $0.holdUntil ? $0 : nil }
    }

    mutating func add(_ credential: OfflineCredential, _ id: KeyID) {
        // An ID is free again when its credential has ended; the old voucher must not be held by the new one.
        if let ended = credentials[id] { forget(ended, id) }
        vouchers[credential.voucher].hasCredential = true
        credentialIDs[credential.voucher] = id
        credentials[id] = credential
        credentialEnds[credential.holdUntil.microseconds / Instant.day, default: []].append(id)
    }

    /// Forgets what no till can upload for any more, so that a county's years of credentials fill no memory.
    mutating func forgetCredentials(at instant: Instant) {
        let today = instant.microseconds / Instant.day
        for day in credentialEnds.keys.filter({ $0 < today }) {
            for id in credentialEnds.removeValue(forKey: day) ?? [] {
                if let ended = credentials[id], ended.holdUntil <= instant { forget(ended, id) }
            }
        }
    }

    private mutating func forget(_ ended: OfflineCredential, _ id: KeyID) {
        credentials[id] = nil
        if credentialIDs[ended.voucher] == id { credentialIDs[ended.voucher] = nil }
    }

    /// Gives a credential back what a merchant refunds of it; what returns to its voucher, it holds again.
    mutating func refundOffline(_ redemption: RedemptionID, _ amount: Amount, by merchant: MerchantID) {
        // A voucher has one credential at a time; one that has ended holds nothing that could come back.
        let voucher = redemptions[redemption].voucher
        if let id = credentialIDs[voucher], credentials[id]?.redemptions.contains(redemption) == true {
            credentials[id]?.paid[merchant, default: .zero] -= amount
        }
    }
}
