package import LedgerDomain
package import LedgerStorage

/// 商户对账单: what a merchant sold, what it is owed for it, and when the money comes; every line is an event of the log.
package struct MerchantStatement: Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case sale, refund, correction, award, session
        case clawBack = "claw-back"
        case repayment

        package var name: Sentence {
            switch self {
            case .sale: Sentence("核销", "redemption")
            case .refund: Sentence("退款", "refund")
            case .correction: Sentence("更正", "correction")
            case .award: Sentence("奖补", "award")
            case .session: Sentence("场次补贴", "session subsidy")
            case .clawBack: Sentence("奖补追回", "award taken back")
            case .repayment: Sentence("缴回追款", "claw-back repaid")
            }
        }
    }

    /// One thing that changed what the merchant is owed.
    package struct Line: Sendable {
        package var event: UInt64
        package var kind: Kind
        package var day: BusinessDay
        package var instant: Instant
        package var outlet: OutletID?
        package var order: String?
        package var channel: String?
        /// The whole bill; what of it was given back is negative.
        package var gross: Amount
        /// What the merchant is owed for it, or owes.
        package var subsidy: Amount
        /// The sale that it takes back, and its day.
        package var corrects: (redemption: RedemptionID, day: BusinessDay)?
        /// What pays it, fund by fund.
        package var payouts: [Payout] = []
        /// Whether something of it stands in no settlement.
        package var isOpen = false

        /// Where its money is.
        package var standing: Sentence {
            if kind == .repayment { return Sentence("已收讫", "received") }
            let states = Set(payouts.map(\.status))
            guard let first = payouts.first else { return Sentence("未结算", "not settled") }
            if !isOpen, states.count == 1 { return first.status.name }
            return states.contains(.paid)
                ? Sentence("部分已付款", "partly paid") : Sentence("部分待付款", "partly to be paid")
        }

        /// What the customer paid.
        package var ownPaid: Amount {
            kind == .sale || kind == .refund ? gross - subsidy : .zero
        }
    }

    /// A settlement's line.
    package struct Payout: Sendable, Equatable {
        package var reference: String
        package var through: BusinessDay
        package var amount: Amount
        package var status: SettlementLine.Status
        /// When the money is expected; `nil` once it is there, or is not coming.
        package var expected: BusinessDay?
        /// The bank's reference, or why it was undone.
        package var note: String
    }

    /// What an outlet sold.
    package struct OutletTotal: Sendable {
        package var outlet: OutletID
        package var platformID: String
        package var name: String?
        package var sales = 0
        package var gross = Amount.zero
        package var subsidy = Amount.zero
        /// Refunds and corrections.
        package var refunds = 0
        package var refundedGross = Amount.zero
        package var refundedSubsidy = Amount.zero

        package var ownPaid: Amount { gross - subsidy }
        /// What is owed for it in the end.
        package var net: Amount { subsidy - refundedSubsidy }
    }

    package var merchant: MerchantView
    package var name: String?
    package var payee: PayeeView?
    package var from: BusinessDay
    package var through: BusinessDay
    /// How many events it is of.
    package var events: UInt64
    package var outlets: [OutletTotal]
    package var lines: [Line]
    /// The settlements that paid, or are about to pay, something of this merchant for the period or later.
    package var payouts: [Payout]
    /// What no settlement has taken yet, now; negative is a claw-back.
    package var unsettled: Amount
    /// When what no settlement has taken is expected; `nil` where it is held, too little, or nothing is owed.
    package var expected: BusinessDay?
    /// Whether what the payee is owed is less than is paid out at once.
    package var isBelowMinimum = false

    /// Why what no settlement has taken is not paid now; `nil` where it will be, or nothing is owed.
    package func obstacle(in ledger: LedgerCode) -> Sentence? {
        payee?.hold?.sentence(in: ledger)
            ?? (isBelowMinimum ? Sentence("低于结算下限，结转下期", "below the least payout, carried over") : nil)
    }

    /// What it is owed for the period; what it has paid back is ``repaid``.
    package var total: Amount {
        lines.reduce(.zero) { $1.kind == .repayment ? $0 : $0 + $1.subsidy }
    }
    package var repaid: Amount {
        lines.reduce(.zero) { $1.kind == .repayment ? $0 + $1.subsidy : $0 }
    }

    /// The events that change what a merchant is owed.
    fileprivate static let told: Set<OperationType> = [
        .redeem, .capture, .redeemOffline, .refund, .approveCorrection, .recover, .settleSession,
        .approveAward, .clawBackAward,
    ]
}

extension LedgerService {
    /// The statement of one merchant for some business days.
    package func statement(
        of merchant: MerchantID, from: BusinessDay, through: BusinessDay
    ) throws(ServiceError) -> MerchantStatement {
        let (views, rows) = try query { (model) throws(StorageError) in
            (try model.merchants(ledger), try model.outlets(ledger))
        }
        guard let view = views.first(where: { $0.row.id == merchant }) else {
            throw .notFound(.merchant, merchant.text(in: ledger))
        }
        var payee = try payees().first { $0.id == view.row.payee }
        if case .merchants(let stopped) = payee?.hold {
            // What is said of others who are paid through the same agent is none of this merchant's business.
            payee?.hold = stopped.contains(merchant) ? .merchants([merchant]) : nil
        }
        let settled = try lines(of: view.row.payee)
        let (term, cutOff) = try state { ($0.settings[.paymentTerm], $0.settings[.businessDayCutOff]) }
        var statement = MerchantStatement(
            merchant: view, name: try people.text(view.row.name), payee: payee, from: from, through: through,
            events: try state { $0.size }, outlets: [], lines: [], payouts: [],
            unsettled: try state { state in
                state.unsettled.reduce(.zero) { $1.key.merchant == merchant ? $0 + $1.value.total : $0 }
            })
        let range = try events(from: from, through: through)
        try forEachEvent(range) { (number, event) throws(ServiceError) in
            guard event.record.refusal == nil, MerchantStatement.told.contains(event.record.type),
                var line = try line(RecordedEvent(number: number, event: event), of: merchant, cutOff)
            else { return }
            // What was repaid has come in; it only makes the next settlement's claw-back smaller.
            for posting in event.postings where posting.owed != nil && line.kind != .repayment {
                let found = settled.payout(of: posting, by: merchant, event: number, on: line.day)
                guard let found else {
                    line.isOpen = true
                    continue
                }
                let payout = payout(found, settled.amount(of: merchant, in: found), term)
                if !line.payouts.contains(payout) { line.payouts.append(payout) }
            }
            statement.lines.append(line)
        }
        let mine = rows.filter { $0.merchant == merchant }
        for row in mine {
            statement.outlets.append(
                statement.lines.total(of: row, named: try people.text(row.name)))
        }
        for found in settled.views(of: merchant) where found.through >= from {
            statement.payouts.append(payout(found, settled.amount(of: merchant, in: found), term))
        }
        if statement.unsettled > .zero, payee?.hold == nil {
            // What is open now is settled through the end of this month at the earliest.
            let today = try today()
            statement.isBelowMinimum = try state { state in
                state.waiting(through: today).contains {
                    $0.payee == view.row.payee && $0.reason == .belowSettlementMinimum
                }
            }
            if !statement.isBelowMinimum { statement.expected = today.lastOfMonth.adding(term) }
        }
        return statement
    }

    /// A settlement's line, as far as it is this merchant's: a payee may be paid for several.
    private func payout(_ view: PayoutView, _ part: Amount, _ term: Int64) -> MerchantStatement.Payout {
        MerchantStatement.Payout(
            reference: reference(view.line.row.settlement, view.line.row.line), through: view.through,
            amount: part, status: view.line.status,
            expected: view.line.status == .sealed ? view.through.adding(term) : nil, note: view.line.note)
    }

    /// The line that an event of the log is in a merchant's statement; `nil` where it is none of its.
    func statementLine(
        _ number: UInt64, of merchant: MerchantID
    ) throws(ServiceError) -> MerchantStatement.Line? {
        guard number < (try state { $0.size }), let event = try storedEvents(from: number, limit: 1).first,
            event.record.refusal == nil, MerchantStatement.told.contains(event.record.type)
        else { return nil }
        let cutOff = try state { $0.settings[.businessDayCutOff] }
        return try line(RecordedEvent(number: number, event: event), of: merchant, cutOff)
    }

    /// The line that an event is in a merchant's statement; `nil` where it is none of its.
    private func line(
        _ event: RecordedEvent, of merchant: MerchantID, _ cutOff: Int64
    ) throws(ServiceError) -> MerchantStatement.Line? {
        let (subject, instant) = (event.subject, event.event.instant)
        func line(
            _ kind: MerchantStatement.Kind, _ subsidy: Amount, gross: Amount = .zero
        ) -> MerchantStatement.Line {
            MerchantStatement.Line(
                event: event.number, kind: kind,
                day: subject.day ?? instant.businessDay(cutOff: cutOff), instant: instant,
                outlet: subject.outlet, order: subject.order, channel: subject.channel, gross: gross,
                subsidy: subsidy)
        }
        let owed = event.event.postings.reduce(Amount.zero) { sum, posting in
            if case .payable = posting.credit { return sum + posting.amount }
            if case .payable = posting.debit { return sum - posting.amount }
            return sum
        }
        switch event.event.record.command {
        case is Redeem, is Capture, is RedeemOffline:
            guard subject.merchant == merchant else { return nil }
            return line(.sale, owed, gross: subject.bill ?? .zero)
        case is Refund, is ApproveCorrection:
            guard let id = subject.redemption else { return nil }
            let sale = try query { (model) throws(StorageError) in try model.redemption(id, ledger) }
            guard let sale, sale.row.merchant == merchant else { return nil }
            var found = line(
                event.event.record.command is Refund ? .refund : .correction, owed,
                gross: -(subject.bill ?? .zero))
            (found.outlet, found.order, found.channel) = (sale.row.outlet, sale.row.order, sale.row.channel)
            found.corrects = (id, sale.row.day)
            return found
        case let asked as Recover:
            return asked.merchant == merchant ? line(.repayment, owed) : nil
        case let asked as SettleSession:
            let outlet = try state { $0.sessions[asked.session].outlet }
            guard try state({ $0.outlets[outlet].merchant }) == merchant else { return nil }
            var found = line(.session, owed)
            found.outlet = outlet
            return found
        case let asked as ApproveAward:
            return try state { $0.awards[asked.award].merchant } == merchant ? line(.award, owed) : nil
        case let asked as ClawBackAward:
            return try state { $0.awards[asked.award].merchant } == merchant ? line(.clawBack, owed) : nil
        default: return nil
        }
    }
}

extension [MerchantStatement.Line] {
    /// What one outlet sold.
    fileprivate func total(
        of row: LedgerDomain.OutletRow, named name: String?
    ) -> MerchantStatement.OutletTotal {
        var total = MerchantStatement.OutletTotal(outlet: row.id, platformID: row.platformID, name: name)
        for line in self where line.outlet == row.id {
            switch line.kind {
            case .sale:
                total.sales += 1
                total.gross += line.gross
                total.subsidy += line.subsidy
            case .refund, .correction:
                total.refunds += 1
                total.refundedGross -= line.gross
                total.refundedSubsidy -= line.subsidy
            default: break
            }
        }
        return total
    }
}

extension BusinessDay {
    /// The day so long after this one.
    fileprivate func adding(_ duration: Int64) -> BusinessDay {
        BusinessDay(days: days + Int32(clamping: duration / Instant.day))
    }
}
