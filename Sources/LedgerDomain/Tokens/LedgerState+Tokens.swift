extension LedgerState {
    /// Why a token cannot be used on a voucher now, or `nil`.
    func refusal(of token: TokenUse, on voucher: VoucherID, at instant: Instant) -> Refusal? {
        if let key = token.key, keyList[key]?.isGood(at: instant) != true { return .tokenKeyNotGood }
        guard instant < token.expiry.adding(TokenUse.skew) else { return .tokenExpired }
        guard token.expiry <= instant.adding(TokenUse.lifetime + TokenUse.skew) else { return .tokenTooEarly }
        return usedTokens.contains(token.id, of: voucher, at: instant) ? .tokenUsed : nil
    }
}
