extension Refusal {
    /// What is said of approvals, programmes, sessions, awards, money, batches and lotteries.
    static let programmeEntries: [Refusal: Entry] = [
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
        .sessionNotCounted: Entry(
            "session.not-counted", "核验人还没有确认入场登记完毕；散场满三十天后可以直接结算",
            "The attestor has not closed the count; thirty days after its end the session can be settled anyhow."
        ),
        .sessionAttended: Entry(
            "session.attended", "已有人入场，只有核验人可以取消该场次",
            "People were admitted: only the attestor can say that the session did not take place."),
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
        .evidenceUsed: Entry(
            "award.evidence-used", "同一份凭证已用于另一项奖补",
            "This evidence is already that of another award."),
        .awardAmountDiffers: Entry(
            "award.amount-differs", "奖励金额与核销不符，可能其间有退款",
            "The reward is not the share of what was redeemed; something may have been refunded since."),
        .pointsNone: Entry(
            "points.none", "该活动不发积分，或此人没有积分",
            "The programme gives no points, or the person has none."),
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
            "programme.rule-unchanged", "规则与现行版本或待审批的版本相同",
            "The rule is the one that is in force, or waits for approval, already."),
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
        .releaseNotInRule: Entry(
            "batch.release-not-in-rule", "规则没有积分（points）或配套（top-up）一项，批次不能这样发放",
            "The programme's rule has no points, or no top-up, that a batch could be released for."),
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
            "lottery.under-way", "摇号还在进行，或中签者还没有领完券（公布后保留三十天），批次和活动不能关闭",
            "A lottery is under way, or winners have no voucher yet, who keep their places for thirty days: neither the batch nor the programme can be closed."
        ),
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
    ]
}
