extension Refusal {
    /// What is said of what was asked, who or what is unknown, and what was shown.
    static let inputEntries: [Refusal: Entry] = [
        .ledgerNotOpen: Entry("ledger.not-open", "这本账簿还没有开立", "This ledger has not been opened yet."),
        .ledgerAlreadyOpen: Entry("ledger.already-open", "这本账簿已经开立", "This ledger is open already."),
        .amountOutOfRange: Entry(
            "amount.out-of-range", "金额须大于零且不超过一万亿元",
            "The amount must be more than zero and at most a trillion yuan."),
        .textOutOfRange: Entry("text.out-of-range", "文字为空或过长", "A text is empty or too long."),
        .claimantInvalid: Entry(
            "claimant.invalid", "领取信息有误：组别最多八个、不得重复，渠道最长 32 字节，摇号中签发放时不再填写",
            "What is said of the claim cannot be meant: at most eight groups, each once, a channel of at most 32 bytes, and nothing for what was won."
        ),
        .settingOutOfRange: Entry(
            "setting.out-of-range", "设置值超出允许范围",
            "The setting's value is outside what is allowed for it."),
        .cutOffFixed: Entry(
            "setting.cut-off-fixed", "已有核销或已编报表，营业日切点不能再改",
            "The business day's cut-off is fixed once something has been redeemed or a report drafted."),
        .accountInvalid: Entry(
            "account.invalid", "账号由文字、数字和 - _ . 组成，最多 48 字节",
            "An account's name is made of letters, digits, -, _ and ., at most 48 bytes."),
        .rolesInvalid: Entry(
            "account.roles-invalid", "角色重复，或包含居民角色",
            "A role is there twice, or is the residents'."),
        .rolesNeedPlace: Entry(
            "account.roles-need-place", "收银员须指定网点，商户会计须指定商户，其他角色不填",
            "A cashier needs an outlet and a bookkeeper a merchant; other roles take neither."),
        .accountUnknown: Entry("account.unknown", "没有这个账号", "There is no such account."),
        .ownAccount: Entry(
            "account.own", "不能给自己授权或重置自己的账号，请由另一位管理员办理",
            "Nobody decides about their own account. Ask another administrator."),
        .notAdministrator: Entry(
            "account.not-administrator", "只有管理员可以办理", "Only an administrator may do this."),
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
        .presentationUsed: Entry(
            "presentation.used", "这次出示已经入账", "This presentation has been booked already."),
        .presentationOverCap: Entry(
            "presentation.over-cap", "超过离线凭证的限额，或该商户已收满限额",
            "That is over the credential's cap, or this merchant has been paid up to it."),
    ]
}
