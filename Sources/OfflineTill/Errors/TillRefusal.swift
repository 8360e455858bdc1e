package import LedgerDomain
package import RedemptionTokens

/// Why a till does not sell, for its cashier; nothing was recorded then. Cases stand in order of precedence.
package enum TillRefusal: Error, Equatable, Sendable {
    /// The bill, a text or the rule says no, as it would in the ledger.
    case rule(Refusal)
    /// The receipt is longer than ``BatchedSale/detailsLimit``.
    case detailsTooLong
    /// What was scanned or typed is no code that can be read.
    case unreadable(ScannedTextError)
    /// The code is good only where the ledger can be asked.
    case needsNetwork(OnlineCode)
    /// The sale was made and taken back; its code is not good again.
    case cancelled
    /// The code has paid for another sale here.
    case codeUsed
    /// The till's clock is behind what it has seen.
    case clockSetBack
    case token(TokenRefusal)
    /// Another code of the phone had the same counter.
    case counterReused
    /// The order number is that of another sale here.
    case orderUsed
    /// The pack has no rule of the credential's programme.
    case programmeUnknown
    /// What the credential may spend has been spent here.
    case capSpent
    case fault(TillFault)

    /// The kinds of codes that the ledger alone can take.
    package enum OnlineCode: CaseIterable, Hashable, Sendable {
        /// What a resident's page shows.
        case token
        case paper
        /// Twenty digits that were typed.
        case typed
    }
}
