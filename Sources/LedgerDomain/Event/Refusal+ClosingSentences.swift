extension Refusal {
    /// What is said of payees, reports, months, corrections and differences.
    static let closingEntries: [Refusal: Entry] = [
        .evidenceInvalid: Entry(
            "evidence.invalid", "凭证须为文件的SHA-256（32字节）",
            "Evidence is named by the SHA-256 of its file, 32 bytes."),
        .unknownPayee: Entry("payee.unknown", "没有这个收款方", "There is no such payee."),
        .unknownReport: Entry("report.unknown", "没有这份报表", "There is no such report."),
        .unknownCorrection: Entry("correction.unknown", "没有这笔更正", "There is no such correction."),
        .unknownResolution: Entry(
            "resolution.unknown", "没有这项差异处理", "There is no such resolution of a difference."),
        .payeeHoldUnchanged: Entry(
            "payee.hold-unchanged", "收款方已是该状态", "The payee is held already, or is not held."),
        .payeeChangeNotProposed: Entry(
            "payee.change-not-proposed", "没有待审批的账户变更，或它不是这一份",
            "No change of the payee's account waits for approval, or it is not this one."),
        .payeeHeld: Entry(
            "payee.held", "收款方的款项已被扣留", "The payee's money is held."),
        .payeeChangePending: Entry(
            "payee.change-pending", "收款方的账户变更待审批，款项暂缓支付",
            "A change of the payee's bank account waits for a second person; nothing is paid until then."),
        .reportPeriodInvalid: Entry(
            "report.period-invalid", "期间须为完整的月份：月报一个月、季报三个月、半年报六个月、决算十二个月",
            "The period is whole months: one, three, six or twelve by the kind of report, and its figures are of events that are there."
        ),
        .reportPeriodOpen: Entry(
            "report.period-open", "期间还没有结束", "The period is not over yet."),
        .reportNotDrafted: Entry(
            "report.not-drafted", "报表已签发，或已有新的版本",
            "The report is signed already, or a later version has taken its place."),
        .restatementUnexplained: Entry(
            "report.restatement-unexplained", "重报须以说明（note）写明原因", "A restatement says in its note why."),
        .monthClosed: Entry("month.closed", "该月已结账", "The month is closed already."),
        .monthOutOfOrder: Entry(
            "month.out-of-order", "须按月依次结账", "Months are closed one after the other."),
        .monthNotSigned: Entry(
            "month.not-signed", "该月月报尚未签发，不能结账",
            "The month's report is not signed yet."),
        .correctionNotProposed: Entry(
            "correction.not-proposed", "更正不在待审批状态", "The correction is not waiting for approval."),
        .correctionExceeds: Entry(
            "correction.exceeds", "更正金额超过该笔核销尚未退回的补贴",
            "That is more than what of the subsidy has not been given back."),
        .resolutionInvalid: Entry(
            "resolution.invalid", "差异处理有误：新分录须注明事件，更正的对账单须注明其SHA-256",
            "A resolution by posting names its event, one by a corrected statement that statement, one for a reason neither."
        ),
        .differenceResolved: Entry(
            "difference.resolved", "该差异已有处理或正待审批", "A resolution of this difference stands already."),
        .resolutionNotProposed: Entry(
            "resolution.not-proposed", "差异处理不在待审批状态", "The resolution is not waiting for approval."),
        .resolutionNotApproved: Entry(
            "resolution.not-approved", "该差异没有处理完毕，无须重开",
            "The difference has not been put to rest, so it cannot be opened again."),
    ]
}
