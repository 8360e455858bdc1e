import CBOR
import LedgerDomain

/// Corrections, payees that wait, reports, a closed month, differences put to rest.
extension Season {
    mutating func closeTheMonth() throws {
        try correct()
        try changeThePayee()
        clock = clock.adding(40 * Instant.day)
        let today = state.businessDay(of: clock)
        let last = BusinessDay(days: today.firstOfMonth.days - 1)
        let draft = DraftReport.with {
            ($0.kind, $0.from, $0.through) = (.month, last.firstOfMonth, last)
            ($0.events, $0.digest) = (3, Self.hash(1))
        }
        try refuse(.evidenceInvalid, Self.with(draft) { $0.digest = Octets([1]) })
        try refuse(.reportPeriodInvalid, Self.with(draft) { $0.kind = .quarter })
        try refuse(.reportPeriodInvalid, Self.with(draft) { $0.events = .max })
        try refuse(
            .reportPeriodOpen,
            Self.with(draft) { ($0.from, $0.through) = (today.firstOfMonth, today.lastOfMonth) })
        try give(draft)
        try refuse(.restatementUnexplained, draft)
        try give(Self.with(draft) { $0.note = "补录一笔退款" })
        try refuse(.makerIsChecker, SignReport.with { $0.report = ReportID(2) })
        try refuse(.reportNotDrafted, SignReport.with { $0.report = ReportID(1) }, by: "checker")
        let close = CloseMonth.with { $0.through = last }
        try refuse(.monthNotSigned, close)
        try give(SignReport.with { $0.report = ReportID(2) }, by: "checker")
        try give(close)
        try refuse(.monthClosed, close)
        try refuse(
            .monthOutOfOrder, CloseMonth.with { $0.through = BusinessDay(days: last.days + 32).lastOfMonth })
        try refuse(
            .cutOffFixed, ChangeSetting.with { ($0.setting, $0.value) = (.businessDayCutOff, Instant.hour) })
        try resolve(last)
    }

    private mutating func correct() throws {
        let redemption = RedemptionID(UInt32(state.redemptions.count))
        let correction = ProposeCorrection.with {
            ($0.redemption, $0.amount, $0.reason) = (redemption, Amount(fen: 1), "多报一分")
            $0.evidence = Self.hash(2)
        }
        try refuse(.correctionExceeds, Self.with(correction) { $0.amount = Self.yuan(1_000) })
        for _ in 0..<2 { try give(correction) }
        let approval = ApproveCorrection.with { $0.correction = CorrectionID(1) }
        try refuse(.makerIsChecker, approval)
        try give(approval, by: "checker")
        try refuse(.correctionNotProposed, approval, by: "checker")
        try give(RejectCorrection.with { ($0.correction, $0.reason) = (CorrectionID(2), "重复") })
        let left = state.redemptions[redemption].bill
        // The whole bill is given back after a fen of the subsidy was: the rest of it, and no more.
        try give(Refund.with { ($0.redemption, $0.bill) = (redemption, left) })
        try refuse(.correctionExceeds, Self.with(correction) { $0.amount = Amount(fen: 1) })
    }

    private mutating func changeThePayee() throws {
        let payee = PayeeID(1)
        let hold = HoldPayee.with { ($0.payee, $0.reason) = (payee, "核查中") }
        try give(hold)
        try refuse(.payeeHoldUnchanged, hold)
        try refuse(.makerIsChecker, Self.with(hold) { $0.isHeld = false })
        try give(Self.with(hold) { ($0.isHeld, $0.reason) = (false, "已核实") }, by: "checker")
        let change = ProposePayeeChange.with {
            ($0.payee, $0.bankCode, $0.evidence) = (payee, "104100000004", "开户许可证")
            ($0.name, $0.account) = (StorageConformance.digest(71), StorageConformance.digest(72))
        }
        try give(change)
        let first = state.size - 1
        try refuse(.payeeChangePending, change)
        try give(
            RejectPayeeChange.with { ($0.payee, $0.proposal, $0.reason) = (payee, first, "户名不符") })
        try give(change)
        let approval = ApprovePayeeChange.with { ($0.payee, $0.proposal) = (payee, state.size - 1) }
        try refuse(.makerIsChecker, approval)
        try refuse(.payeeChangeNotProposed, Self.with(approval) { $0.proposal = first }, by: "checker")
        try give(approval, by: "checker")
    }

    private mutating func resolve(_ day: BusinessDay) throws {
        let events = state.size
        let run = RecordReconciliation.with {
            ($0.counterparty, $0.from, $0.through) = ("微信支付", day.firstOfMonth, day)
            ($0.events, $0.inputs, $0.result) = (events, [Self.hash(3), Self.hash(4)], Self.hash(5))
            ($0.matched, $0.differences) = (40, 2)
        }
        try refuse(.evidenceInvalid, Self.with(run) { $0.inputs = [] })
        try give(run)
        let reason = ProposeResolution.with {
            ($0.difference, $0.kind, $0.amount) = (Self.hash(6), .day, Amount(fen: -500))
            $0.note = "零点前后"
        }
        try refuse(.resolutionInvalid, Self.with(reason) { $0.manner = .posting })
        try give(reason)
        try refuse(.differenceResolved, reason)
        try refuse(.makerIsChecker, ApproveResolution.with { $0.resolution = ResolutionID(1) })
        try give(ApproveResolution.with { $0.resolution = ResolutionID(1) }, by: "checker")
        let reopening = ReopenDifference.with {
            ($0.resolution, $0.evidence, $0.reason) = (ResolutionID(1), Self.hash(7), "银行来函")
        }
        try give(reopening)
        try refuse(.resolutionNotApproved, reopening)
        try give(
            Self.with(reason) { ($0.manner, $0.posting, $0.kind) = (.posting, 12, .short) })
        try give(RejectResolution.with { ($0.resolution, $0.reason) = (ResolutionID(2), "不是这笔") })
        try give(Self.with(reason) { ($0.manner, $0.statement) = (.statement, Self.hash(8)) })
    }

    private static func hash(_ number: UInt8) -> Octets { Octets(Array(repeating: number, count: 32)) }
}
