package import LedgerDomain
package import RedemptionTokens

/// Why bytes are not a pack that this ledger signed for its tills.
package enum TillPackError: Error, Equatable, Sendable {
    /// Longer than ``TillPack/maximumLength``; how long.
    case tooLong(Int)
    case pack(SignedListError)
    case keyList(SignedListError)
    case revocationList(SignedListError)
    /// A list inside is another ledger's than the pack.
    case mixedLedgers
}

extension TillPackError {
    /// What is wrong, for who synchronises the till.
    package var sentence: Sentence {
        switch self {
        case .tooLong(let count):
            Sentence(
                "更新包过大（\(count) 字节），未采用", "The pack has \(count) bytes, which is more than any pack has.")
        case .pack(let error): Sentence("更新包无效，未采用：\(error)", "The pack cannot be used: \(error).")
        case .keyList(let error):
            Sentence("更新包中的密钥清单无效，未采用：\(error)", "The pack's key list cannot be used: \(error).")
        case .revocationList(let error):
            Sentence("更新包中的吊销清单无效，未采用：\(error)", "The pack's revocation list cannot be used: \(error).")
        case .mixedLedgers:
            Sentence("更新包中的清单属于另一本账簿，未采用", "A list in the pack belongs to another ledger.")
        }
    }
}
