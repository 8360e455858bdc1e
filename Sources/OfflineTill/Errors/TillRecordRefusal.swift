package import LedgerDomain

/// Why a till does not record what it was answered; none of the answers was recorded then. Each names the sale.
package enum TillRecordRefusal: Error, Equatable, Sendable {
    /// No such sale, or no such attempt of it, was handed out.
    case unknownSale(UInt32)
    /// The same attempt was answered otherwise.
    case contradiction(UInt32)
    /// A text is longer than ``TillAnswer/textLimit``.
    case tooLong(UInt32)
    case fault(TillFault)
}

extension TillRecordRefusal {
    /// The stable code that machines see.
    package var code: String { entry.code }
    /// What is wrong, for who uploads.
    package var sentence: Sentence { entry.sentence }

    private var entry: (code: String, sentence: Sentence) {
        switch self {
        case .unknownSale(let sale):
            (
                "answer.unknown-sale",
                Sentence(
                    "答复中的第 \(sale) 号交易本机没有上传过",
                    "An answer is for sale \(sale), which was not uploaded from here.")
            )
        case .contradiction(let sale):
            (
                "answer.contradiction",
                Sentence("第 \(sale) 号交易的答复与先前的不一致", "Sale \(sale) was answered otherwise before.")
            )
        case .tooLong(let sale):
            ("answer.too-long", Sentence("第 \(sale) 号交易的答复过长", "The answer to sale \(sale) is too long."))
        case .fault(let fault): (fault.code, fault.sentence)
        }
    }
}
