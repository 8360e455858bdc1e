/// A sentence for people, in the two languages every answer comes in.
package struct Sentence: Hashable, Sendable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

extension Refusal {
    /// The stable code that machines see, such as `voucher.expired`.
    package var code: String { entry.code }
    /// What a cashier or an officer reads.
    package var sentence: Sentence { entry.sentence }

    private struct Entry {
        var code: String
        var sentence: Sentence
        init(_ code: String, _ chinese: String, _ english: String) {
            self.code = code
            sentence = Sentence(chinese, english)
        }
    }

    private var entry: Entry { Refusal.entries[self] ?? Entry("unknown", "\(self)", "\(self)") }

    private static let entries: [Refusal: Entry] = [
        .ledgerNotOpen: Entry("ledger.not-open", "这本账簿还没有开立", "This ledger has not been opened yet."),
        .ledgerAlreadyOpen: Entry("ledger.already-open", "这本账簿已经开立", "This ledger is open already."),
        .amountOutOfRange: Entry(
            "amount.out-of-range", "金额须大于零且不超过一万亿元",
            "The amount must be more than zero and at most a trillion yuan."),
        .textOutOfRange: Entry("text.out-of-range", "文字为空或过长", "A text is empty or too long."),
        .claimantInvalid: Entry(
            "claimant.invalid", "认定信息有误：组别最多八个、不得重复，摇号中签发放时不再填写",
            "The attestations cannot be meant: at most eight groups, each once, and none for what was won."),
        .settingOutOfRange: Entry(
            "setting.out-of-range", "设置值超出允许范围",
            "The setting's value is outside what is allowed for it."),
        .keyListOutOfOrder: Entry(
            "keys.out-of-order", "密钥清单的序号不是上一份加一",
            "The key list's number does not follow the last one's."),
        .keyListInvalid: Entry(
            "keys.invalid", "密钥清单与上一份不衔接：密钥不得改动、倒退，启用前须先公布",
            "The key list does not continue the last one: keys neither change nor go back, and are published before use."
        ),
        .tokenKeyNotGood: Entry(
            "token.key-not-good", "核销码的签名密钥未公布、已过期或已吊销",
            "The token's key is not published, is out of its time, or was revoked."),
        .tokenExpired: Entry(
            "token.expired", "核销码已过期，请持券人刷新", "The token has expired. Ask for a fresh one."),
        .tokenTooEarly: Entry(
            "token.too-early", "核销码的有效时间还没到，请校准时钟",
            "The token is from the future. Set the clocks right."),
        .tokenUsed: Entry(
            "token.used", "核销码已使用过，请持券人刷新", "The token has been used. Ask for a fresh one."),
        .tokenRequired: Entry(
            "token.required", "本账簿须扫核销码或纸质券，不能只凭券号",
            "This ledger wants a token, a code or a paper voucher; a voucher's number is not enough."),
        .paperUnknown: Entry(
            "paper.unknown", "账簿里没有这张纸质券，或它已被重新打印的一张取代",
            "The ledger knows no such paper voucher, or a later one has taken its place."),
        .credentialUnknown: Entry(
            "credential.unknown", "账簿没有签发过这张离线凭证，或其上传宽限期已过",
            "The ledger has issued no such offline credential, or its period of grace for uploads is over."),
        .credentialKnown: Entry(
            "credential.known", "这个离线凭证编号已经用过", "A credential of this number has been issued already."),
        .goodsOnline: Entry(
            "goods.online-only", "按目录使用的券只能联网核销",
            "A voucher for things of a catalogue is used online only."),
        .credentialRevokedAlready: Entry(
            "credential.revoked-already", "离线凭证已经吊销", "The credential has been revoked already."),
        .offlineCapExceeded: Entry(
            "credential.over-cap", "超过离线限额或券内余额，可调整设置 offline.cap",
            "That is more than may be spent offline, or than the voucher holds; the setting offline.cap decides."
        ),
        .credentialLife: Entry(
            "credential.life", "离线凭证的有效期须从现在开始，不超过设置 offline.lifetime，也不超过消费券有效期",
            "A credential begins now and ends within the setting offline.lifetime, and not after the voucher."
        ),
        .paperCapExceeded: Entry(
            "paper.over-cap", "超过纸质券限额，可调整设置 paper.cap",
            "That is more than a paper voucher may be worth; the setting paper.cap decides."),
        .presentationTime: Entry(
            "presentation.time", "终端记录的时间与出示码的时间不符",
            "The till's time of the sale does not fit the time that the phone signed."),
        .presentationAhead: Entry(
            "presentation.ahead", "终端记录的时间比账簿的时间晚，请校准时钟后再上传",
            "The till's time of the sale is ahead of the ledger's. Set the clocks right, then upload again."),
        .credentialExpired: Entry(
            "credential.expired", "消费时离线凭证不在有效期内",
            "The credential was not in its time when the sale was made."),
        .credentialRevoked: Entry(
            "credential.revoked", "消费时离线凭证早已吊销，终端的吊销名单过旧",
            "The credential had long been revoked when the sale was made; the till's list was too old."),
        .presentationOverCap: Entry(
            "presentation.over-cap", "超过离线凭证的限额，或该商户已收满限额",
            "That is over the credential's cap, or this merchant has been paid up to it."),
        .presentationUsed: Entry(
            "presentation.used", "这次出示已经入账", "This presentation has been booked already."),
        .cutOffFixed: Entry(
            "setting.cut-off-fixed", "已有核销，营业日切点不能再改",
            "The business day's cut-off is fixed once something has been redeemed."),
        .unknownFund: Entry("fund.unknown", "没有这个资金来源", "There is no such fund."),
        .unknownProgramme: Entry("programme.unknown", "没有这个活动", "There is no such programme."),
        .unknownBatch: Entry("batch.unknown", "没有这个批次", "There is no such batch."),
        .unknownVoucher: Entry("voucher.unknown", "没有这张消费券", "There is no such voucher."),
        .unknownAuthorisation: Entry(
            "authorisation.unknown", "没有这笔预授权",
            "There is no such authorisation."),
        .unknownRedemption: Entry("redemption.unknown", "没有这笔核销", "There is no such redemption."),
        .unknownMerchant: Entry("merchant.unknown", "没有这个商户", "There is no such merchant."),
        .unknownOutlet: Entry("outlet.unknown", "没有这个网点", "There is no such outlet."),
        .unknownTerminal: Entry("terminal.unknown", "没有这个终端", "There is no such terminal."),
        .unknownSettlement: Entry("settlement.unknown", "没有这个结算单", "There is no such settlement."),
        .unknownSettlementLine: Entry(
            "settlement.unknown-line", "结算单里没有这一行",
            "The settlement has no such line."),
        .unknownPlan: Entry("plan.unknown", "没有这个转移支付计划", "There is no such remittance plan."),
        .unknownRemittance: Entry("remittance.unknown", "没有这笔转移支付", "There is no such remittance."),
        .unknownSession: Entry(
            "session.unknown", "没有这个场次",
            "There is no such session."),
        .unknownAward: Entry(
            "award.unknown", "没有这笔奖补",
            "There is no such award."),
        .makerIsChecker: Entry(
            "approval.same-person", "经办人不能审批自己经办的事项，请由另一人审批",
            "Whoever made a thing cannot approve it; a second person must."),
        .authorisationClosed: Entry(
            "authorisation.closed", "预授权已完成或已撤销",
            "The authorisation has been captured or voided."),
        .authorisationExpired: Entry(
            "authorisation.expired", "预授权已超时",
            "The authorisation has expired."),
        .captureExceedsAuthorisation: Entry(
            "capture.exceeds-authorisation", "完成金额超过预授权金额",
            "The bill is larger than the authorised one."),
        .refundExceedsRedemption: Entry(
            "refund.exceeds-redemption", "累计退款超过原消费金额",
            "Refunds together exceed the bill."),
        .programmeNotSubmitted: Entry(
            "programme.not-submitted", "活动不在待审批状态",
            "The programme is not waiting for approval."),
        .programmeNotApproved: Entry(
            "programme.not-approved", "活动尚未获批",
            "The programme has not been approved."),
        .programmeClosed: Entry("programme.closed", "活动已结束", "The programme is closed."),
        .programmePaused: Entry("programme.paused", "活动已暂停", "The programme is paused."),
        .programmeNotPaused: Entry("programme.not-paused", "活动没有暂停", "The programme is not paused."),
        .batchNotProposed: Entry(
            "batch.not-proposed", "批次不在待审批状态",
            "The batch is not waiting for approval."),
        .batchNotOpen: Entry("batch.not-open", "批次未开放", "The batch is not open."),
        .sessionInvalid: Entry(
            "session.invalid", "场次有误：时间须先后有序，惠民票价低于标价，补贴不超过差价，座位一至一百万",
            "The session's times, prices or seats cannot be meant: it ends after it starts, the low price is below the listed one, and the subsidy is at most the difference."
        ),
        .sessionNotProposed: Entry(
            "session.not-proposed", "场次不在待审批状态",
            "The session is not waiting for approval."),
        .sessionNotOpen: Entry(
            "session.not-open", "场次未开放、已结算或已取消",
            "The session is not open, or was settled or cancelled."),
        .notAttestor: Entry(
            "session.not-attestor", "只有该场次指定的核验人可以登记入场",
            "Only the session's own attestor counts admissions."),
        .sessionNotBegun: Entry(
            "session.not-begun", "还没到演出当天",
            "It is not yet the session's day."),
        .sessionFull: Entry(
            "session.full", "补贴座位已满",
            "All subsidised seats are taken."),
        .ticketAboveLowPrice: Entry(
            "ticket.above-low-price", "票价高于惠民票价",
            "The ticket cost more than the low price."),
        .ticketUsed: Entry(
            "ticket.used", "这张票已登记入场",
            "This ticket has been counted."),
        .sessionNotOver: Entry(
            "session.not-over", "场次还没有结束",
            "The session is not over."),
        .awardNotProposed: Entry(
            "award.not-proposed", "奖补不在待审批状态",
            "The award is not waiting for approval."),
        .awardNotPaid: Entry(
            "award.not-paid", "奖补没有发放或已追回",
            "The award has not been paid, or was taken back."),
        .awardInvalid: Entry(
            "award.invalid", "奖补有误：凭证须为文件的SHA-256；降价须逐笔列明且合计相符；奖励须写明比例和截止核销",
            "The award cannot be meant: it needs its evidence's SHA-256; price cuts list their sales and add up; a reward names a share and its last redemption."
        ),
        .awardAmountDiffers: Entry(
            "award.amount-differs", "奖励金额与核销不符，可能其间有退款",
            "The reward is not the share of what was redeemed; something may have been refunded since."),
        .pointsNone: Entry(
            "points.none", "没有积分",
            "There are no points here."),
        .activityUnknown: Entry(
            "points.activity-unknown", "规则里没有这项积分活动",
            "The rule names no such activity."),
        .activityCounted: Entry(
            "points.activity-counted", "这次活动已为此人记过积分",
            "This activity has earned this person points already."),
        .pointsNotExpired: Entry(
            "points.not-expired", "没有到期的积分",
            "No points have expired."),
        .planNotSubmitted: Entry(
            "plan.not-submitted", "计划不在待审批状态",
            "The plan is not waiting for approval."),
        .fundNotMatching: Entry(
            "plan.fund-not-matching", "该资金不是配套资金",
            "The fund is not a matching fund."),
        .planLineOutOfBounds: Entry(
            "plan.line-out-of-bounds", "计划金额超出配套资金范围，可调整设置 matching.minimum 与 matching.maximum",
            "A planned amount is outside the matching bounds; the settings matching.minimum and matching.maximum decide."
        ),
        .remittanceToSelf: Entry(
            "remittance.to-self", "不能向本账簿转移支付",
            "A ledger cannot remit to itself."),
        .remittanceAlreadyReceived: Entry(
            "remittance.already-received", "这笔转移支付已经入账",
            "This remittance has been received already."),
        .remittanceAlreadyReturned: Entry(
            "remittance.already-returned", "这笔转移支付已经退回",
            "This remittance has been sent back already."),
        .insufficientFund: Entry("fund.insufficient", "资金来源余额不足", "The fund holds less than that."),
        .insufficientProgramme: Entry(
            "programme.insufficient", "活动在该资金来源下的余额不足",
            "The programme holds less than that of this fund."),
        .clawBackOutstanding: Entry(
            "fund.claw-back-outstanding", "该资金有待追回的款项，须留足余额",
            "Money of this fund is still to be clawed back; that much must stay."),
        .notInPlan: Entry(
            "remittance.not-in-plan", "配套资金只能按已批准的计划拨付给计划内的账簿",
            "A matching fund is remitted by an approved plan only, to a ledger that it names."),
        .planExceeded: Entry(
            "remittance.plan-exceeded", "累计拨付将超过计划金额",
            "The running total would exceed what the plan grants."),
        .allocationBelowMinimum: Entry(
            "allocation.below-minimum", "低于单笔分配下限，可调整设置 allocation.minimum",
            "Below the least allocation; the setting allocation.minimum decides."),
        .allocationAboveMaximum: Entry(
            "allocation.above-maximum", "超过单笔分配上限，可调整设置 allocation.maximum",
            "Above the largest allocation; the setting allocation.maximum decides."),
        .tooManyFunds: Entry(
            "programme.too-many-funds", "一个活动最多四个资金来源",
            "A programme has at most four funds."),
        .ruleInvalid: Entry(
            "programme.rule-invalid", "活动规则有误",
            "The programme's rule cannot be meant; check the rule file."),
        .ruleUnchanged: Entry(
            "programme.rule-unchanged", "规则与现行版本相同",
            "The rule is the one that is in force already."),
        .scopeFixed: Entry(
            "programme.scope-fixed", "互斥范围（scope）在活动开始后不能改",
            "A programme's scope cannot change: people are known by it."),
        .ruleNotProposed: Entry(
            "programme.rule-not-proposed", "没有待审批的规则版本，或它已被另一份取代",
            "There is no such version waiting for approval; another may have taken its place."),
        .faceNotInRule: Entry(
            "batch.face-not-in-rule", "活动规则没有这个面额",
            "The programme's rule has no such face."),
        .quotaOutOfRange: Entry(
            "batch.quota-out-of-range", "发放数量超出允许范围",
            "The quota is zero or too large."),
        .fundingInvalid: Entry(
            "batch.funding-invalid", "资金分担须为一至四个不同来源，比例为正",
            "The funding must name one to four different funds with positive weights."),
        .windowInvalid: Entry(
            "batch.window-invalid", "领取结束时间须晚于开始时间",
            "The claim window must end after it begins."),
        .batchWindowNotBegun: Entry(
            "batch.window-not-begun", "还没到领取时间",
            "The claim window has not begun."),
        .batchWindowOver: Entry("batch.window-over", "领取时间已过", "The claim window is over."),
        .releaseMismatch: Entry(
            "batch.release-mismatch", "该批次不是这种发放方式",
            "The batch is not released this way."),
        .topUpRequired: Entry(
            "top-up.required", "配套券须注明充值凭证，其他券不得注明", "A matched voucher names the top-up; no other does."),
        .topUpTooSmall: Entry(
            "top-up.too-small", "充值金额低于规则要求", "The top-up is smaller than the rule wants."),
        .topUpUsed: Entry("top-up.used", "这笔充值已经配套过", "This top-up has been matched already."),
        .lotteryInvalid: Entry(
            "lottery.invalid", "摇号须有两至八个不同的参与方，且揭示期限在报名截止之后；其他发放方式不设摇号",
            "A lottery has two to eight different parties and reveals after entries end; no other release has one."
        ),
        .accessInvalid: Entry(
            "batch.access", "发放范围有误：组别、预留名额、优先时段和轮次须合理，且不超过总数",
            "The batch's groups, reserves, priority or rounds cannot be meant: each group once, counts within the quota, instants ascending."
        ),
        .lotterySeedInvalid: Entry(
            "lottery.seed", "种子或承诺须为32字节",
            "A seed and a commitment have 32 bytes."),
        .lotteryPartyUnknown: Entry(
            "lottery.not-a-party", "您不是这次摇号的参与方",
            "You are not one of this lottery's parties."),
        .lotteryCommitted: Entry(
            "lottery.committed", "该参与方已提交承诺，不得更换",
            "This party has committed itself already; a commitment is never replaced."),
        .lotteryCommitmentUsed: Entry(
            "lottery.commitment-used", "该承诺已被使用过，请另取一个种子",
            "This commitment was used before. Take another seed."),
        .lotteryNotCommitted: Entry(
            "lottery.not-committed", "各参与方尚未全部提交承诺，暂不能报名",
            "Not every party has committed itself yet, so nobody can enter."),
        .lotteryEntered: Entry(
            "lottery.entered", "该居民已报名",
            "The person has entered already."),
        .lotteryEntriesOpen: Entry(
            "lottery.entries-open", "报名还没有截止",
            "Entries are not over yet."),
        .lotteryVoid: Entry(
            "lottery.void", "这次摇号已作废",
            "This lottery is void."),
        .lotteryRevealOver: Entry(
            "lottery.reveal-over", "揭示期限已过，这次摇号只能作废",
            "The time for revealing is over; the lottery can only be declared void."),
        .lotteryFrozen: Entry(
            "lottery.frozen", "报名名单已封存",
            "The list of entries is frozen already."),
        .lotteryNotFrozen: Entry(
            "lottery.not-frozen", "报名名单还没有封存，不能揭示种子",
            "The list is not frozen yet; a seed revealed now could be used against it."),
        .lotteryRevealed: Entry(
            "lottery.revealed", "该参与方已揭示种子",
            "This party has revealed its seed already."),
        .lotteryRevealOrder: Entry(
            "lottery.reveal-order", "须按顺序揭示，排在前面的参与方尚未揭示",
            "Seeds are revealed in order, and a party before this one has not."),
        .lotterySeedMismatch: Entry(
            "lottery.seed-mismatch", "种子与承诺不符",
            "The seed is not the one that was committed to."),
        .lotteryRevealOpen: Entry(
            "lottery.reveal-open", "揭示期限未到，不能作废",
            "Until the time for revealing is over the lottery cannot be void."),
        .lotteryDrawn: Entry(
            "lottery.drawn", "已经摇号",
            "The lottery has been drawn."),
        .lotteryNotDrawn: Entry(
            "lottery.not-drawn", "还没有摇号",
            "The lottery has not been drawn yet."),
        .lotteryNotWon: Entry(
            "lottery.not-won", "没有中签",
            "This entry has not won."),
        .lotteryIssued: Entry(
            "lottery.issued", "中签的券已经发放",
            "The voucher of this entry has been issued."),
        .lotteryUnderWay: Entry(
            "lottery.under-way", "摇号还在进行，批次不能关闭",
            "The batch has a lottery under way and cannot be closed."),
        .attestorIsClaimant: Entry(
            "attestation.own", "认定人不得凭自己的认定为他人领取",
            "Whoever attested to a group may not claim with that attestation."),
        .attestationExpired: Entry(
            "attestation.expired", "认定已过期，请重新认定",
            "The attestation has expired. Have it renewed."),
        .notInGroup: Entry(
            "claim.not-in-group", "本批次只面向指定人群",
            "This batch is for certain groups only."),
        .guardianRequired: Entry(
            "claim.guardian-required", "须由监护人代领",
            "A guardian has to claim for this person."),
        .proxyIsSelf: Entry(
            "claim.proxy-is-self", "代领人不能是本人",
            "Nobody is their own proxy."),
        .proxyLimit: Entry(
            "claim.proxy-limit", "该代领人代领的人数已达上限",
            "This proxy has claimed for as many people as is allowed."),
        .batchSoldOut: Entry("batch.sold-out", "已经领完", "The batch is sold out."),
        .roundNotBegun: Entry(
            "batch.round-not-begun", "本轮已领完，请等下一轮",
            "This round is sold out. The next one is still to come."),
        .quotaReserved: Entry(
            "batch.reserved", "剩余名额预留给优先人群",
            "What is left is reserved for priority groups."),
        .fileAlreadyImported: Entry(
            "import.file-already-imported", "这个文件已经导入过",
            "This file has been imported already."),
        .importLineInvalid: Entry(
            "import.line-invalid", "导入的这一行有误",
            "This line of the import is not valid."),
        .catalogueInvalid: Entry(
            "catalogue.invalid", "目录有误：一至五百项，编号不得重复，标价不得为负",
            "A catalogue has one to five hundred items, each code once, and no negative price."),
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
        .settlementHoldsSuspended: Entry(
            "settlement.holds-suspended", "结算单含暂停或黑名单商户，请先扣留该行",
            "A line is of a suspended or blacklisted merchant; hold that line first."),
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
