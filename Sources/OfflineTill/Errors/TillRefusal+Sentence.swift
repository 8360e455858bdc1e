package import LedgerDomain
import RedemptionTokens

extension TillRefusal {
    /// The stable code that machines see, such as `offline.cap-spent`; those of rules, tokens and faults are
    /// theirs.
    package var code: String { entry.code }
    /// What a cashier reads.
    package var sentence: Sentence { entry.sentence }

    private typealias Entry = (code: String, sentence: Sentence)

    private var entry: Entry {
        switch self {
        case .rule(let refusal): (refusal.code, refusal.sentence)
        case .token(let refusal): (refusal.code, Sentence(refusal.chinese, refusal.english))
        case .fault(let fault): (fault.code, fault.sentence)
        case .unreadable(let error): ("code.unreadable", error.sentence)
        case .needsNetwork(let code): (code.code, code.sentence)
        case .detailsTooLong:
            (
                "offline.details-too-long",
                Sentence("小票明细过长", "The receipt's details are too long.")
            )
        case .clockSetBack:
            (
                "offline.clock-set-back",
                Sentence(
                    "本机时钟被调早了，请校准后再离线收银",
                    "This till's clock was set back. Set it right before selling offline.")
            )
        case .programmeUnknown:
            (
                "offline.programme-unknown",
                Sentence("本机没有这个活动的规则，请联网更新", "This till has no rule of the programme. Go online to get it.")
            )
        default: saleEntry
        }
    }

    private var saleEntry: Entry {
        switch self {
        case .cancelled:
            (
                "offline.cancelled",
                Sentence(
                    "这笔消费已取消，请持券人刷新后再扫", "The sale was cancelled. Ask for a fresh code to sell again.")
            )
        case .codeUsed:
            (
                "offline.code-used",
                Sentence(
                    "这个码已在本机用于另一笔消费，请持券人刷新",
                    "The code has paid for another sale at this till. Ask for a fresh one.")
            )
        case .counterReused:
            (
                "offline.counter-reused",
                Sentence(
                    "这个码的序号已用过，凭证可能被复制，请勿受理",
                    "The phone has used this code's number before; it may have been copied. Do not take it.")
            )
        case .orderUsed:
            (
                "offline.order-used",
                Sentence("这个订单号已在本机用过", "The order number is that of another sale at this till.")
            )
        default:
            (
                "offline.cap-spent",
                Sentence(
                    "该凭证在本机的离线额度已用完，请联网核销",
                    "What this credential may spend offline has been spent here. Redeem online.")
            )
        }
    }
}

extension TillRefusal.OnlineCode {
    fileprivate var code: String {
        switch self {
        case .token: "online-only.token"
        case .paper: "online-only.paper"
        case .typed: "online-only.typed"
        }
    }

    fileprivate var sentence: Sentence {
        switch self {
        case .token:
            Sentence(
                "这是联网核销码，本机离线，请持券人出示离线码",
                "This code needs the network. Offline, ask the resident to show the offline code.")
        case .paper:
            Sentence("纸质券须联网核销", "A paper voucher needs the network.")
        case .typed:
            Sentence("输入的数字码须联网核销", "A code that is typed needs the network.")
        }
    }
}

extension ScannedTextError {
    fileprivate var sentence: Sentence {
        let chinese =
            switch self {
            case .empty: "没有扫到内容"
            case .tooLong, .foreign: "这不是消费券码"
            case .smallLetters: "大写字母变成了小写，请检查大写锁定和扫码枪设置"
            case .unknownKind: "本机不认识这种券码，请更新程序"
            case .typed: "数字码输入有误，请核对"
            case .base45, .online, .offline, .paper: "券码读取不完整，请重新扫码"
            }
        return Sentence(chinese, "The code cannot be taken: \(self).")
    }
}
