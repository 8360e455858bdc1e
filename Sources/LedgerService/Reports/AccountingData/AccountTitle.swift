import LedgerDomain

/// 会计科目: a class of accounts as accountants number and name it.
struct AccountTitle {
    var kind: Account.Kind
    var code: String
    var name: String
    var type: String
    /// In which archive the owners of its accounts stand; `nil` where they have none, or are too many to tell.
    var archive: String?

    /// The classes that hold money, in the order of their numbers; points are none.
    static let all: [AccountTitle] = [
        AccountTitle(kind: .treasury, code: "1001", name: "国库存款", type: "资产"),
        AccountTitle(kind: .programme, code: "2001", name: "活动资金", type: "负债", archive: "活动"),
        AccountTitle(kind: .batch, code: "2002", name: "批次资金", type: "负债", archive: "批次"),
        AccountTitle(kind: .voucher, code: "2003", name: "已发放消费券", type: "负债"),
        AccountTitle(kind: .payable, code: "2101", name: "应付商户补贴款", type: "负债", archive: "供应商"),
        AccountTitle(kind: .clearing, code: "2102", name: "结算在途款", type: "负债", archive: "结算单"),
        AccountTitle(kind: .fund, code: "3001", name: "待分配资金", type: "净资产"),
        AccountTitle(kind: .remitted, code: "3002", name: "拨付其他账簿资金", type: "净资产", archive: "账簿"),
    ]

    /// That of a class; `nil` for points.
    static func of(_ kind: Account.Kind) -> AccountTitle? { all.first { $0.kind == kind } }
}
