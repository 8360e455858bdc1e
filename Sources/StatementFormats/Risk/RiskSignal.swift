package import LedgerDomain

/// 风险信号: something that honest trade rarely does. It proves nothing; it says where to look.
package enum RiskSignal: String, CaseIterable, Sendable {
    /// One resident redeems too often.
    case residentVelocity = "resident-velocity"
    /// One terminal does.
    case deviceVelocity = "device-velocity"
    /// One outlet does.
    case outletVelocity = "outlet-velocity"
    /// One cashier does.
    case cashierVelocity = "cashier-velocity"
    /// An outlet sells while it is closed to everybody else.
    case oddHours = "odd-hours"
    /// Bills that only just reach what a voucher asks for.
    case thresholdHugging = "threshold-hugging"
    /// One sale in parts, each with a voucher (拆单).
    case splitSales = "split-sales"
    /// A till asks for more than the listed price, or for more than others do for the same thing.
    case abovePrice = "above-price"
    /// One person, or one phone, has the vouchers of many.
    case oneCollector = "one-collector"
    /// An owner, or somebody close to one, redeems in the own shop.
    case ownShop = "own-shop"
    /// Vouchers that are about to expire are used in a heap.
    case expiryBurst = "expiry-burst"

    package var name: Sentence {
        switch self {
        case .residentVelocity: Sentence("一人频繁核销", "one resident redeems often")
        case .deviceVelocity: Sentence("一机频繁核销", "one terminal redeems often")
        case .outletVelocity: Sentence("一店频繁核销", "one outlet redeems often")
        case .cashierVelocity: Sentence("一名收银员频繁核销", "one cashier redeems often")
        case .oddHours: Sentence("异常时段核销", "sales at odd hours")
        case .thresholdHugging: Sentence("贴线消费", "bills that just reach the threshold")
        case .splitSales: Sentence("疑似拆单", "one sale in parts")
        case .abovePrice: Sentence("价格高于标价", "above the listed or usual price")
        case .oneCollector: Sentence("一人集中领券", "one collector of many vouchers")
        case .ownShop: Sentence("在本人或关联商户核销", "redeemed in the own shop")
        case .expiryBurst: Sentence("到期前集中核销", "a burst before expiry")
        }
    }
}
