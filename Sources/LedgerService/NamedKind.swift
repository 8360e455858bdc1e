package import LedgerDomain

/// What a request names and the ledger may not have, as people are told.
package enum NamedKind: Sendable {
    case ledger, batch, programme, lottery, draw, voucher, authorisation, redemption, settlement
    case resident, proxy, binding, merchant, outlet, terminal, till, cashier, key, signIn, webhook
    case messageGateway, realNameCheck, report, difference, risk

    package var name: Sentence {
        switch self {
        case .ledger: Sentence("账簿", "ledger")
        case .batch: Sentence("批次", "batch")
        case .programme: Sentence("活动", "programme")
        case .lottery: Sentence("摇号，批次", "lottery of batch")
        case .draw: Sentence("摇号结果，批次", "draw of batch")
        case .voucher: Sentence("消费券", "voucher")
        case .authorisation: Sentence("预授权", "authorisation")
        case .redemption: Sentence("核销", "redemption")
        case .settlement: Sentence("结算", "settlement")
        case .resident: Sentence("已登记的居民", "resident")
        case .proxy: Sentence("已登记的代领人", "proxy")
        case .binding: Sentence("绑定的平台", "binding")
        case .merchant: Sentence("商户", "merchant")
        case .outlet: Sentence("网点", "outlet")
        case .terminal: Sentence("终端", "terminal")
        case .till: Sentence("网点或其终端", "outlet or terminal of it")
        case .cashier: Sentence("收银员", "cashier")
        case .key: Sentence("密钥", "key")
        case .signIn: Sentence("登录", "sign-in")
        case .webhook: Sentence("回调", "webhook")
        case .messageGateway: Sentence("短信网关", "message gateway")
        case .realNameCheck: Sentence("实名核验", "real-name check")
        case .report: Sentence("报表", "report")
        case .difference: Sentence("差异", "difference")
        case .risk: Sentence("风险提示", "risk")
        }
    }
}
