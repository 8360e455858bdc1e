package import LedgerDomain

/// How far a till's sale has come.
package enum TillStanding: Hashable, Sendable {
    /// To be uploaded, or uploaded and not answered: the attempt, and whether it has been handed out.
    case waiting(attempt: UInt32, isSent: Bool)
    /// Taken back at the till before it was handed out.
    case cancelled
    /// Redeemed from the voucher: what was paid, and the event's number.
    case paid(subsidy: Amount, event: UInt64)
    /// Paid to the merchant from the guarantee pool.
    case absorbed(subsidy: Amount, event: UInt64)
    /// Not paid, and another try would not help; why.
    case refused(code: String, sentence: Sentence)
}
