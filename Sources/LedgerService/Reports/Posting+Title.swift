import LedgerDomain

extension Posting.Kind {
    /// What an accountant writes down.
    var title: String {
        switch self {
        case .appropriate: "拨入"
        case .receive: "转入"
        case .remit: "转出"
        case .allocate: "分配"
        case .open: "投放"
        case .issue: "领取"
        case .redeem: "核销"
        case .lapse: "失效"
        case .refund: "退款"
        case .settle: "结算"
        case .pay: "支付"
        case .recover: "追缴"
        case .close: "结批"
        case .reclaim: "收回"
        case .return: "上缴"
        case .absorb: "离线承担"
        case .award: "奖补"
        case .earn: "积分获得"
        case .exchange: "积分兑换"
        case .expire: "积分失效"
        }
    }
}
