package import CBOR
package import LedgerDomain
package import RedemptionTokens

/// Why bytes are not a till's batch; nothing of such a batch is taken.
package enum TillBatchError: Error, Equatable, Sendable {
    /// Longer than ``TillBatch/maximumLength``; how long.
    case tooLong(Int)
    /// More sales than ``TillBatch/maximumCount``; how many.
    case tooMany(Int)
    /// Not the one encoding of a batch, or a value that no till writes.
    case form(CBORError)
    /// A sale's presentation cannot be read; which sale.
    case presentation(sale: UInt32, PresentedCredentialError)
    /// A sale is there twice or after a later one; which.
    case outOfOrder(UInt32)
}

extension TillBatchError {
    /// What is wrong, for who uploads and for who answers.
    package var sentence: Sentence {
        switch self {
        case .tooLong(let count):
            Sentence(
                "批次过大（\(count) 字节），未受理",
                "The batch has \(count) bytes; at most \(TillBatch.maximumLength) are taken at once.")
        case .tooMany(let count):
            Sentence(
                "批次有 \(count) 笔，超过上限，未受理",
                "The batch has \(count) sales; at most \(TillBatch.maximumCount) are taken at once.")
        case .form(let error):
            Sentence("批次格式有误，未受理：\(error)", "The batch is not what a till writes: \(error).")
        case .presentation(let sale, let error):
            Sentence(
                "批次中第 \(sale) 号交易的出示码无法读取：\(error)", "The code of sale \(sale) cannot be read: \(error).")
        case .outOfOrder(let sale):
            Sentence("批次中第 \(sale) 号交易重复或次序有误", "Sale \(sale) is there twice or out of order.")
        }
    }
}
