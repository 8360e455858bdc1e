package import LedgerDomain

/// Why a till does not take a pack; nothing was changed then.
package enum TillSyncRefusal: Error, Equatable, Sendable {
    /// It is no pack that the till's list key has signed.
    case unusable(TillPackError)
    case otherLedger
    case otherOutlet
    /// Not later than the pack that the till has; the number of that one.
    case notNewer(has: UInt64)
    /// The key list or the revocation list in it is older than the till's.
    case listsOlder
    /// It is from the future: the till's clock is behind.
    case tooEarly
    case fault(TillFault)
}

extension TillSyncRefusal {
    /// The stable code that machines see, such as `pack.not-newer`.
    package var code: String { entry.code }
    /// What is wrong, for who synchronises the till.
    package var sentence: Sentence { entry.sentence }

    private var entry: (code: String, sentence: Sentence) {
        switch self {
        case .unusable(let error): ("pack.unusable", error.sentence)
        case .otherLedger: ("pack.other-ledger", Sentence("更新包属于另一本账簿", "The pack is another ledger's."))
        case .otherOutlet: ("pack.other-outlet", Sentence("更新包属于另一家门店", "The pack is another outlet's."))
        case .notNewer(let sequence):
            (
                "pack.not-newer",
                Sentence(
                    "更新包不比现有的第 \(sequence) 号新",
                    "The pack is not newer than number \(sequence), which is here.")
            )
        case .listsOlder:
            (
                "pack.lists-older",
                Sentence("更新包中的清单比现有的旧", "A list in the pack is older than the one that is here.")
            )
        case .tooEarly:
            (
                "pack.too-early",
                Sentence("更新包的时间晚于本机时钟，请校准时钟", "The pack is from the future. Set this till's clock right.")
            )
        case .fault(let fault): (fault.code, fault.sentence)
        }
    }
}
