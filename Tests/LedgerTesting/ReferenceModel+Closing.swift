import CBOR
import LedgerDomain

struct ModelPayeeChange: Sendable {
    var event: UInt64
    var asked: ProposePayeeChange
    var maker: Principal
}

struct ModelReport: Sendable {
    var asked: DraftReport
    var maker: Principal
    var isSigned = false
}

struct ModelCorrection: Sendable {
    var asked: ProposeCorrection
    var maker: Principal
    var status = Correction.Status.proposed
}

struct ModelResolution: Sendable {
    var asked: ProposeResolution
    var maker: Principal
    var status = Resolution.Status.proposed
}

// Payees whose money waits, reports that two sign, months that close, corrections, differences put to rest.
extension ReferenceModel {
    mutating func predict(_ asked: HoldPayee) throws(Refusal) -> NoFields {
        let holder = holders[asked.payee]
        try refuse([
            (.textOutOfRange, !fits(asked.reason)), (.unknownPayee, payees[asked.payee] == nil),
            (.makerIsChecker, !asked.isHeld && holder == principal),
            (.payeeHoldUnchanged, asked.isHeld ? holder != nil : holder == nil),
        ])
        holders[asked.payee] = asked.isHeld ? principal : nil
        return NoFields()
    }

    mutating func predict(_ asked: ProposePayeeChange) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.bankCode) || !fits(asked.evidence)),
            (.unknownPayee, payees[asked.payee] == nil),
            (.payeeChangePending, payeeChanges[asked.payee] != nil),
        ])
        payeeChanges[asked.payee] = ModelPayeeChange(event: number, asked: asked, maker: principal)
        return NoFields()
    }

    mutating func predict(_ asked: ApprovePayeeChange) throws(Refusal) -> ApprovePayeeChange.Accepted {
        let change = payeeChanges[asked.payee].flatMap { $0.event == asked.proposal ? $0 : nil }
        try refuse([
            (.unknownPayee, payees[asked.payee] == nil), (.payeeChangeNotProposed, change == nil),
            (.makerIsChecker, change?.maker == principal),
        ])
        payeeChanges[asked.payee] = nil
        return .with {
            $0.name = change?.asked.name ?? .zero
            $0.account = change?.asked.account ?? .zero
            $0.bankCode = change?.asked.bankCode ?? ""
        }
    }

    mutating func predict(_ asked: RejectPayeeChange) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)), (.unknownPayee, payees[asked.payee] == nil),
            (.payeeChangeNotProposed, payeeChanges[asked.payee]?.event != asked.proposal),
        ])
        payeeChanges[asked.payee] = nil
        return NoFields()
    }

    /// Whether days begin a month and end one, so many months in all.
    private func spans(_ from: BusinessDay, _ through: BusinessDay, months: Int) -> Bool {
        let (first, last, next) = (
            from.civil, through.civil, BusinessDay(days: through.days &+ 1).civil
        )
        return first.day == 1 && next.day == 1
            && (last.year - first.year) * 12 + last.month - first.month == months - 1
    }

    private func latest(_ asked: DraftReport) -> ReportID? {
        reports.filter {
            $0.value.asked.kind == asked.kind && $0.value.asked.from == asked.from
                && $0.value.asked.through == asked.through
        }.keys.max()
    }

    mutating func predict(_ asked: DraftReport) throws(Refusal) -> DraftReport.Accepted {
        let months =
            switch asked.kind {
            case .month: 1
            case .quarter: 3
            case .halfYear: 6
            case .year: 12
            }
        let earlier = reports.values.filter {
            $0.asked.kind == asked.kind && $0.asked.from == asked.from && $0.asked.through == asked.through
        }.count
        try refuse([
            (.textOutOfRange, asked.note.utf8.count > 200),
            (.evidenceInvalid, asked.digest.bytes.count != 32),
            (
                .reportPeriodInvalid,
                !spans(asked.from, asked.through, months: months) || asked.events > number
            ),
            (.reportPeriodOpen, asked.through >= today),
            (.restatementUnexplained, earlier > 0 && asked.note.isEmpty),
        ])
        let id = ReportID(UInt32(reports.count + 1))
        reports[id] = ModelReport(asked: asked, maker: principal)
        return .with { ($0.report, $0.version) = (id, UInt32(earlier + 1)) }
    }

    mutating func predict(_ asked: SignReport) throws(Refusal) -> NoFields {
        guard let report = reports[asked.report] else { throw .unknownReport }
        try refuse([
            (.makerIsChecker, report.maker == principal),
            (.reportNotDrafted, report.isSigned || latest(report.asked) != asked.report),
        ])
        reports[asked.report]?.isSigned = true
        return NoFields()
    }

    mutating func predict(_ asked: CloseMonth) throws(Refusal) -> CloseMonth.Accepted {
        let civil = asked.through.civil
        let first = BusinessDay(year: civil.year, month: civil.month, day: 1) ?? asked.through
        let isMonth = spans(first, asked.through, months: 1)
        let wanted = DraftReport.with {
            ($0.kind, $0.from, $0.through) = (.month, first, asked.through)
        }
        let signed = latest(wanted).flatMap { reports[$0]?.isSigned == true ? $0 : nil }
        let follows = closedThrough.map { spans(BusinessDay(days: $0.days + 1), asked.through, months: 1) }
        try refuse([
            (.reportPeriodInvalid, !isMonth),
            (.monthClosed, closedThrough.map { asked.through <= $0 } ?? false),
            (.monthOutOfOrder, follows == false), (.monthNotSigned, signed == nil),
        ])
        closedThrough = asked.through
        return .with { $0.report = signed ?? .none }
    }

    /// What of a redemption's subsidy nobody gave back.
    func outstanding(_ id: RedemptionID) -> Int64 {
        guard let redemption = redemptions[id] else { return 0 }
        return redemption.shares.reduce(0, +) - redemption.refundedShares.reduce(0, +)
    }

    mutating func predict(_ asked: ProposeCorrection) throws(Refusal) -> ProposeCorrection.Accepted {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)), (.textOutOfRange, !fits(asked.reason)),
            (.evidenceInvalid, asked.evidence.map { $0.bytes.count != 32 } ?? false),
            (.unknownRedemption, redemptions[asked.redemption] == nil),
            (.correctionExceeds, asked.amount.fen > outstanding(asked.redemption)),
        ])
        let id = CorrectionID(UInt32(corrections.count + 1))
        corrections[id] = ModelCorrection(asked: asked, maker: principal)
        return .with { $0.correction = id }
    }

    mutating func predict(_ asked: ApproveCorrection) throws(Refusal) -> ApproveCorrection.Accepted {
        guard let correction = corrections[asked.correction],
            let redemption = redemptions[correction.asked.redemption],
            let voucher = vouchers[redemption.voucher], let batch = batches[voucher.batch],
            let merchant = merchants[redemption.merchant]
        else { throw .unknownCorrection }
        let amount = correction.asked.amount.fen
        try refuse([
            (.makerIsChecker, correction.maker == principal),
            (.correctionNotProposed, correction.status != .proposed),
            (.correctionExceeds, amount > outstanding(correction.asked.redemption)),
        ])
        let back = modelSplit(amount, over: redemption.shares, taken: redemption.refundedShares)
        let target =
            redemption.absorbed ? Account.programme(batch.programme) : lapseTarget(voucher.batch)
        corrections[asked.correction]?.status = .posted
        redemptions[correction.asked.redemption]?.refundedShares = zip(redemption.refundedShares, back)
            .map { $0 + $1 }
        if redemption.absorbed { people[voucher.holder]?.debt -= amount }
        for (fund, share) in zip(batch.funds, back) where share != 0 {
            owed[redemption.merchant, default: [:]][fund, default: ModelOwed()].adjustment -= share
        }
        post(.refund, debit: .payable(merchant.payee), credit: target, batch.funds, back)
        return .with {
            $0.redemption = correction.asked.redemption
            $0.merchant = redemption.merchant
            $0.payee = merchant.payee
            $0.subsidy = shares(batch.funds, back)
            $0.target = target
            $0.day = today
        }
    }

    mutating func predict(_ asked: RejectCorrection) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)),
            (.unknownCorrection, corrections[asked.correction] == nil),
            (.correctionNotProposed, corrections[asked.correction]?.status != .proposed),
        ])
        corrections[asked.correction]?.status = .rejected
        return NoFields()
    }

    mutating func predict(_ asked: RecordReconciliation) throws(Refusal) -> NoFields {
        let hashes = asked.inputs + [asked.result]
        try refuse([
            (.textOutOfRange, !fits(asked.counterparty, 64)),
            (
                .evidenceInvalid,
                asked.inputs.isEmpty || asked.inputs.count > 16 || hashes.contains { $0.bytes.count != 32 }
            ),
            (.reportPeriodInvalid, asked.from > asked.through || asked.events > number),
        ])
        return NoFields()
    }

    mutating func predict(_ asked: ProposeResolution) throws(Refusal) -> ProposeResolution.Accepted {
        let names = (asked.posting != nil, asked.statement != nil)
        let isMeant =
            switch asked.manner {
            case .posting: names == (true, false)
            case .statement: names == (false, true)
            case .reason: names == (false, false)
            }
        try refuse([
            (.textOutOfRange, !fits(asked.note)),
            (
                .evidenceInvalid,
                asked.difference.bytes.count != 32 || asked.statement.map { $0.bytes.count != 32 } ?? false
            ),
            (.resolutionInvalid, !isMeant || asked.posting.map { $0 >= number } ?? false),
            (
                .differenceResolved,
                resolutions.values.contains {
                    $0.asked.difference == asked.difference && [.proposed, .approved].contains($0.status)
                }
            ),
        ])
        let id = ResolutionID(UInt32(resolutions.count + 1))
        resolutions[id] = ModelResolution(asked: asked, maker: principal)
        return .with { $0.resolution = id }
    }

    mutating func predict(_ asked: ApproveResolution) throws(Refusal) -> NoFields {
        guard let resolution = resolutions[asked.resolution] else { throw .unknownResolution }
        try refuse([
            (.makerIsChecker, resolution.maker == principal),
            (.resolutionNotProposed, resolution.status != .proposed),
        ])
        resolutions[asked.resolution]?.status = .approved
        return NoFields()
    }

    mutating func predict(_ asked: RejectResolution) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)),
            (.unknownResolution, resolutions[asked.resolution] == nil),
            (.resolutionNotProposed, resolutions[asked.resolution]?.status != .proposed),
        ])
        resolutions[asked.resolution]?.status = .rejected
        return NoFields()
    }

    mutating func predict(_ asked: ReopenDifference) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)), (.evidenceInvalid, asked.evidence.bytes.count != 32),
            (.unknownResolution, resolutions[asked.resolution] == nil),
            (.resolutionNotApproved, resolutions[asked.resolution]?.status != .approved),
        ])
        resolutions[asked.resolution]?.status = .reopened
        return NoFields()
    }
}
