extension Refusal {
    /// What is said of files, merchants, vouchers, rules, limits and settlements.
    static let saleEntries: [Refusal: Entry] = [
        .fileAlreadyImported: Entry(
            "import.file-already-imported", "这个文件已经导入过",
            "This file has been imported already."),
        .importLineInvalid: Entry(
            "import.line-invalid", "导入的这一行有误",
            "This line of the import is not valid."),
        .catalogueInvalid: Entry(
            "catalogue.invalid", "目录有误：一至五百项，编号不得重复，标价不得为负",
            "A catalogue has one to five hundred items, each code once, and no negative price."),
        .catalogueUnknown: Entry(
            "catalogue.unknown", "规则指定的目录还没有公布",
            "The catalogue that the rule names has not been published."),
        .catalogueLacks: Entry(
            "catalogue.lacks", "规则列出的编号或类别不在目录里",
            "The rule names a code or a category that is not in its catalogue."),
        .cataloguePublished: Entry(
            "catalogue.published", "同名目录已经公布，新一年请用新名称",
            "A catalogue of this name has been published. A new year is a new name."),
        .importCountMismatch: Entry(
            "import.count-mismatch", "导入行数与文件不符",
            "The number of imported lines differs from the file's."),
        .alreadyRegistered: Entry(
            "import.already-registered", "文件中有已登记的条目",
            "The file names something that is registered already."),
        .merchantStatusUnchanged: Entry(
            "merchant.status-unchanged", "商户已经是这个状态",
            "The merchant has this status already."),
        .merchantBlacklisted: Entry("merchant.blacklisted", "商户已列入黑名单", "The merchant is blacklisted."),
        .merchantSuspended: Entry("merchant.suspended", "商户已暂停", "The merchant is suspended."),
        .terminalElsewhere: Entry(
            "terminal.elsewhere", "终端不属于这个网点",
            "The terminal belongs to another outlet."),
        .sessionMismatch: Entry(
            "session.elsewhere", "该场次不在这个网点",
            "The session is at another outlet."),
        .sessionOver: Entry(
            "session.over", "该场次已经结束",
            "The session is over."),
        .categoryMismatch: Entry(
            "sale.category", "商品类别与网点登记的类别不符", "What was sold is not of the outlet's category."),
        .aboveListedPrice: Entry(
            "sale.above-listed-price", "有商品的成交价高于标价（明码标价）",
            "An item was sold above its listed price."),
        .itemsMismatch: Entry(
            "sale.items", "商品明细合计与消费金额不符", "What was paid for the items is not the bill."),
        .notHolder: Entry("voucher.not-holder", "这张消费券不属于该居民", "The voucher is not this person's."),
        .excludedByOther: Entry(
            "claim.excluded-by-other", "已领取同类活动的消费券，不能同时享受",
            "The person has a voucher of another programme that excludes this one."),
        .voucherUsed: Entry("voucher.used", "消费券已使用", "The voucher has been used."),
        .voucherHandedBack: Entry("voucher.handed-back", "消费券已退回", "The voucher has been handed back."),
        .voucherSetOff: Entry(
            "voucher.set-off", "券额已用于抵扣此前离线重复消费的垫付款",
            "The voucher made good what the programme had paid for sales offline."),
        .voucherExpired: Entry("voucher.expired", "消费券已过期", "The voucher has expired."),
        .voucherNotExpired: Entry("voucher.not-expired", "消费券还没有过期", "The voucher has not expired."),
        .voucherHeld: Entry("voucher.held", "消费券正在另一笔交易中使用", "The voucher is held by another sale."),
        .personAmountLimit: Entry(
            "limit.person-amount", "已达到每人金额上限",
            "The person's limit by amount is reached."),
        .personVoucherLimit: Entry(
            "limit.person-vouchers", "已达到每人张数上限",
            "The person's limit by number of vouchers is reached."),
        .pointsShort: Entry(
            "points.short", "积分不足",
            "There are not enough points."),
        .notYetUsable: Entry(
            "rule.not-yet-usable", "还没到使用时间",
            "Vouchers of this programme cannot be used yet."),
        .outsideHours: Entry("rule.outside-hours", "不在每日可用时段", "Outside the daily hours."),
        .outsideWeekdays: Entry("rule.outside-weekdays", "今天不可用", "Not on this weekday."),
        .categoryExcluded: Entry(
            "rule.category-excluded", "该类别不可用",
            "This category does not take part."),
        .outletExcluded: Entry("rule.outlet-excluded", "该网点不在活动范围", "This outlet does not take part."),
        .regionExcluded: Entry("rule.region-excluded", "该地区不在活动范围", "This region does not take part."),
        .ruralOnly: Entry(
            "rule.rural-only", "只能在农村网点使用",
            "This voucher is for rural outlets only."),
        .itemsRequired: Entry(
            "goods.items-required", "须写明商品明细和编号",
            "The sale must name its items by their codes."),
        .itemUnknown: Entry(
            "goods.item-unknown", "有商品不在活动的目录里",
            "An item is not in the programme's catalogue."),
        .itemExcluded: Entry(
            "goods.item-excluded", "有商品不在本活动的清单里",
            "An item is not on the programme's list."),
        .listedPriceDiffers: Entry(
            "goods.listed-price", "标价与目录不符（明码标价）",
            "A listed price is not the catalogue's."),
        .minorsExcluded: Entry(
            "goods.minors-excluded", "未成年人不能购买这类商品",
            "Minors may not buy of this category."),
        .titleMonthLimit: Entry(
            "goods.title-month", "这个品种本月的册数已满",
            "This title's copies for the month are used up."),
        .personMonthLimit: Entry(
            "goods.person-month", "该居民本月的册数已满",
            "The person's copies for the month are used up."),
        .belowThreshold: Entry("rule.below-threshold", "消费金额未达到门槛", "The bill is below the threshold."),
        .noSubsidy: Entry("rule.no-subsidy", "按规则补贴为零", "By the rule the subsidy is zero."),
        .personDayLimit: Entry(
            "limit.person-day", "已达到当日使用次数上限",
            "The person's limit for this day is reached."),
        .personMerchantLimit: Entry(
            "limit.person-merchant", "在该商户的使用次数已达上限",
            "The person's limit at this merchant is reached."),
        .merchantDayLimit: Entry(
            "limit.merchant-day", "该商户当日补贴已达上限",
            "The merchant's limit for this day is reached."),
        .saleAlreadySubsidised: Entry(
            "sale.already-subsidised", "这笔消费已经用过消费券",
            "This sale has been subsidised already."),
        .guaranteeShort: Entry(
            "guarantee.short", "活动在相应资金来源下的余额不足以垫付，请先分配资金再上传",
            "The programme holds too little of the voucher's funds to pay for it. Allocate money, then upload again."
        ),
        .settlementDayOpen: Entry(
            "settlement.day-open", "结算截止日还没有结束",
            "The settlement's last day is not over."),
        .settlementNotBuilt: Entry(
            "settlement.not-built", "结算单不在编制状态",
            "The settlement is not being built."),
        .settlementNotSealed: Entry(
            "settlement.not-sealed", "结算单未封存或已审批",
            "The settlement is not sealed and waiting for approval."),
        .settlementNotApproved: Entry(
            "settlement.not-approved", "结算单未审批或已导出",
            "The settlement is not approved and waiting for export."),
        .settlementNotExported: Entry(
            "settlement.not-exported", "结算单还没有导出付款",
            "The settlement has not been exported for payment."),
        .settlementEmpty: Entry("settlement.empty", "结算单没有可付的行", "The settlement has no line to pay."),
        .settlementExported: Entry(
            "settlement.exported", "付款已交银行，不能再扣留；等银行回单，失败或退票后再处理",
            "The bank has been asked to pay; a line can be held again once it says that it did not."),
        .settlementHoldsSuspended: Entry(
            "settlement.holds-suspended", "结算单含暂停、黑名单或被扣留的收款方，或其账户变更待审批，请先扣留该行",
            "A line is of a merchant or payee that is held, or whose bank account is being changed; hold that line first."
        ),
        .settlementHasLiveLines: Entry(
            "settlement.has-live-lines", "结算单还有未撤回的行",
            "The settlement still has lines that stand."),
        .lineAlreadyInSettlement: Entry(
            "settlement.line-exists", "该收款方与资金已有一行",
            "The settlement has a line for this payee and fund already."),
        .nothingToSettle: Entry("settlement.nothing", "没有可结算的金额", "There is nothing to settle."),
        .belowSettlementMinimum: Entry(
            "settlement.below-minimum", "低于结算下限，结转下期，可调整设置 settlement.minimum",
            "Below the least payout; it is carried over; the setting settlement.minimum decides."),
        .treasuryShort: Entry(
            "fund.treasury-short", "国库该资金余额不足以支付",
            "The treasury holds less of this fund than would have to be paid."),
        .lineNotPayable: Entry(
            "settlement.line-not-payable", "该行已付款或已撤回",
            "The line has been paid or undone."),
        .lineNotPaid: Entry("settlement.line-not-paid", "该行还没有付款", "The line has not been paid."),
        .noClawBack: Entry("claw-back.none", "没有待追回的款项", "There is nothing to claw back."),
        .recoverExceedsClawBack: Entry(
            "claw-back.exceeded", "追回金额超过待追回款项",
            "That is more than is to be clawed back."),
    ]
}
