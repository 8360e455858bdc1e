package import LedgerDomain

/// Why a till does not take a sale back; nothing was changed then.
package enum TillCancelRefusal: Error, Equatable, Sendable {
    /// There is no sale with this order number here.
    case unknownOrder
    /// The sale was handed out for upload, so the ledger may have it.
    case sent
    case fault(TillFault)
}

extension TillCancelRefusal {
    /// The stable code that machines see.
    package var code: String { entry.code }
    /// What a cashier reads.
    package var sentence: Sentence { entry.sentence }

    private var entry: (code: String, sentence: Sentence) {
        switch self {
        case .unknownOrder:
            ("offline.order-unknown", Sentence("本机没有这个订单号", "There is no sale with this order number here."))
        case .sent:
            (
                "offline.sent",
                Sentence(
                    "这笔消费已交付上传，不能取消；请完成上传，再联网退款",
                    "The sale was handed out for upload. Finish that, then refund it online.")
            )
        case .fault(let fault): (fault.code, fault.sentence)
        }
    }
}
