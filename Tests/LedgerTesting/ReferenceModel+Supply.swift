import CBOR
import LedgerDomain

struct ModelSession: Sendable {
    var asked: ProposeSession
    var maker: Principal
    var status = Session.Status.proposed
    /// What was paid for each admission.
    var admissions: [Int64] = []

    var paidFor: Int { admissions.count { $0 > 0 } }
}

struct ModelAward: Sendable {
    var asked: ProposeAward
    var maker: Principal
    var status = Award.Status.proposed
    /// What a paid reward counted.
    var base: Int64 = 0
    /// Sales that take no voucher because of it.
    var exclusive: Set<ModelSale> = []
}

// The supply side: sessions with cheap tickets, and money for merchants beside redemptions.
extension ReferenceModel {
    /// What each fund keeps for a session's seats.
    private func whole(_ session: ModelSession) -> [Int64] {
        modelApportion(
            session.asked.subsidy.fen * Int64(session.asked.seats),
            weights: named(session.asked.weights).map(\.amount.fen))
    }

    private func named(_ shares: FundShares) -> [(fund: FundID, amount: Amount)] {
        (0..<shares.count).map { shares[$0] }
    }

    /// What of a programme's money open sessions may still need.
    func promised(_ programme: ProgrammeID, _ fund: FundID) -> Int64 {
        sessions.values.reduce(0) { sum, session in
            guard session.status == .open || session.status == .counted, session.asked.programme == programme,
                let place = named(session.asked.weights).firstIndex(where: { $0.fund == fund })
            else { return sum }
            return sum + whole(session)[place]
        }
    }

    /// Why a programme issues nothing now.
    private func idle(_ id: ProgrammeID) -> [(Refusal, Bool)] {
        let status = programmes[id]?.status
        return [
            (.programmeNotApproved, status == .submitted), (.programmeClosed, status == .closed),
            (.programmePaused, status == .paused),
        ]
    }

    private func unfair(_ weights: FundShares) -> Bool {
        let amounts = named(weights).map(\.amount.fen)
        return amounts.isEmpty || amounts.contains { $0 < 1 || $0 > 10_000 }
    }

    private func cannotPay(
        _ programme: ProgrammeID, _ funds: [FundID], _ amounts: [Int64]
    ) -> [(Refusal, Bool)] {
        let lines = zip(funds, amounts).filter { $1 != 0 }
        let account = Account.programme(programme)
        return [
            (
                .insufficientProgramme,
                lines.contains { balance(account, $0) - promised(programme, $0) < $1 }
            ),
            (.clawBackOutstanding, lines.contains { free($0) < $1 }),
        ]
    }

    mutating func predict(_ asked: ProposeSession) throws(Refusal) -> ProposeSession.Accepted {
        try refuse([
            (.textOutOfRange, !fits(asked.title)),
            (.unknownFund, named(asked.weights).contains { funds[$0.fund] == nil }),
            (.unknownProgramme, programmes[asked.programme] == nil),
            (.unknownOutlet, outlets[asked.outlet] == nil),
        ])
        let cut = Int128(asked.price.fen) - Int128(asked.ticketPrice.fen)
        let isOdd =
            asked.endsAt <= asked.startsAt || asked.endsAt <= now
            || asked.endsAt > asked.startsAt.adding(31 * 86_400_000_000)
            || asked.startsAt > now.adding(366 * 86_400_000_000) || asked.seats == 0
            || asked.seats > 1_000_000
            || asked.price.fen > 100_000_000 || asked.ticketPrice.fen < 0 || cut <= 0
            || asked.subsidy.fen <= 0 || Int128(asked.subsidy.fen) > cut
        try refuse(
            idle(asked.programme) + [
                (.makerIsChecker, asked.attestor == principal), (.sessionInvalid, isOdd),
                (.fundingInvalid, unfair(asked.weights)),
            ])
        let id = SessionID(UInt32(sessions.count + 1))
        sessions[id] = ModelSession(asked: asked, maker: principal)
        return .with { $0.session = id }
    }

    mutating func predict(_ asked: ApproveSession) throws(Refusal) -> ApproveSession.Accepted {
        guard let session = sessions[asked.session] else { throw .unknownSession }
        let funds = named(session.asked.weights).map(\.fund)
        let whole = whole(session)
        try refuse(
            idle(session.asked.programme) + [
                (.makerIsChecker, session.maker == principal),
                (.sessionNotProposed, session.status != .proposed),
            ])
        try refuse(
            cannotPay(session.asked.programme, funds, whole) + [
                (.sessionOver, now >= session.asked.endsAt)
            ])
        sessions[asked.session]?.status = .open
        return .with { $0.promised = shares(funds, whole) }
    }

    mutating func predict(_ asked: Admit) throws(Refusal) -> Admit.Accepted {
        try refuse([
            (.amountOutOfRange, asked.paid.fen < 0 || asked.paid.fen > 100_000_000_000_000),
            (.textOutOfRange, !fits(asked.ticket, 64)),
            (.unknownSession, sessions[asked.session] == nil),
        ])
        guard let session = sessions[asked.session], let outlet = outlets[session.asked.outlet] else {
            throw .unknownSession
        }
        let sale = ModelSale(merchant: outlet.merchant, order: asked.ticket)
        let isFree = asked.paid.fen == 0
        let both = programmes[session.asked.programme]?.rule.bothSides == true
        let cutOff = setting(.businessDayCutOff)
        let day = session.asked.startsAt.adding(-cutOff).calendarDay
        try refuse([
            (.sessionNotOpen, session.status != .open),
            (.notAttestor, session.asked.attestor != principal),
            (.sessionNotBegun, today < day),
            (.sessionFull, !isFree && session.paidFor >= Int(session.asked.seats)),
            (.ticketAboveLowPrice, asked.paid > session.asked.ticketPrice),
            (.ticketUsed, tickets.contains(sale)),
            (.saleAlreadySubsidised, !isFree && !both && sales.contains(sale)),
        ])
        tickets.insert(sale)
        if !isFree && !both { sales.insert(sale) }
        sessions[asked.session]?.admissions.append(asked.paid.fen)
        return .with { $0.number = UInt32(session.admissions.count + 1) }
    }

    mutating func predict(_ asked: CloseAdmissions) throws(Refusal) -> CloseAdmissions.Accepted {
        guard let session = sessions[asked.session] else { throw .unknownSession }
        try refuse([
            (.sessionNotOpen, session.status != .open),
            (.notAttestor, session.asked.attestor != principal),
            (.sessionNotOver, now < session.asked.endsAt),
        ])
        sessions[asked.session]?.status = .counted
        return .with {
            $0.admitted = UInt32(session.admissions.count)
            $0.subsidised = UInt32(session.paidFor)
        }
    }

    mutating func predict(_ asked: SettleSession) throws(Refusal) -> SettleSession.Accepted {
        guard let session = sessions[asked.session], let outlet = outlets[session.asked.outlet],
            let merchant = merchants[outlet.merchant]
        else { throw .unknownSession }
        try refuse([
            (.makerIsChecker, session.asked.attestor == principal),
            (.sessionNotOpen, session.status != .open && session.status != .counted),
            (.sessionNotOver, now < session.asked.endsAt),
            (
                .sessionNotCounted,
                session.status == .open && now < session.asked.endsAt.adding(30 * 86_400_000_000)
            ),
        ])
        let funds = named(session.asked.weights).map(\.fund)
        let whole = whole(session)
        let due = modelSplit(
            session.asked.subsidy.fen * Int64(session.paidFor), over: whole, taken: whole.map { _ in 0 })
        try refuse([(.clawBackOutstanding, zip(funds, due).contains { $1 != 0 && free($0) < $1 })])
        sessions[asked.session]?.status = .settled
        award(session.asked.programme, outlet.merchant, merchant.payee, funds, due)
        return .with {
            $0.programme = session.asked.programme
            $0.merchant = outlet.merchant
            $0.payee = merchant.payee
            $0.admissions = UInt32(session.paidFor)
            $0.subsidy = shares(funds, due)
            $0.day = today
        }
    }

    private mutating func award(
        _ programme: ProgrammeID, _ merchant: MerchantID, _ payee: PayeeID, _ funds: [FundID],
        _ amounts: [Int64]
    ) {
        post(.award, debit: .programme(programme), credit: .payable(payee), funds, amounts)
        for (fund, amount) in zip(funds, amounts) where amount != 0 {
            owed[merchant, default: [:]][fund, default: ModelOwed()].days[today, default: 0] += amount
        }
    }

    mutating func predict(_ asked: CancelSession) throws(Refusal) -> NoFields {
        try refuse([
            (.textOutOfRange, !fits(asked.reason)), (.unknownSession, sessions[asked.session] == nil),
        ])
        guard let session = sessions[asked.session] else { throw .unknownSession }
        try refuse([
            (.sessionNotOpen, ![.open, .proposed].contains(session.status)),
            (.sessionAttended, !session.admissions.isEmpty && session.asked.attestor != principal),
        ])
        sessions[asked.session]?.status = .cancelled
        return NoFields()
    }

    mutating func predict(_ asked: ProposeAward) throws(Refusal) -> ProposeAward.Accepted {
        try refuse([
            (.amountOutOfRange, !isMovable(asked.amount)),
            (.textOutOfRange, !fits(asked.title)),
            (.unknownFund, named(asked.weights).contains { funds[$0.fund] == nil }),
            (.unknownProgramme, programmes[asked.programme] == nil),
            (.unknownMerchant, merchants[asked.merchant] == nil),
        ])
        try refuse(
            idle(asked.programme) + [
                (.awardInvalid, !isMeant(asked)), (.fundingInvalid, unfair(asked.weights)),
                (
                    .evidenceUsed,
                    awards.values.contains {
                        $0.asked.evidence == asked.evidence && ![.rejected, .clawedBack].contains($0.status)
                    }
                ),
            ])
        let id = AwardID(UInt32(awards.count + 1))
        awards[id] = ModelAward(asked: asked, maker: principal)
        return .with { $0.award = id }
    }

    private func isMeant(_ asked: ProposeAward) -> Bool {
        guard asked.evidence.bytes.count == 32 else { return false }
        let isReward = asked.kind == .reward, isCut = asked.kind == .priceCut
        guard (asked.rate != nil) == isReward, (asked.through != nil) == isReward,
            (asked.sales != nil) == isCut
        else { return false }
        if let rate = asked.rate, !(1...10_000).contains(rate.basisPoints) { return false }
        if let last = asked.through, redemptions[last] == nil { return false }
        guard let cuts = asked.sales else { return true }
        var sum: Int128 = 0
        for cut in cuts {
            guard fits(cut.order, 64), cut.paid.fen >= 0, cut.listed.fen > cut.paid.fen,
                cut.listed.fen <= 100_000_000_000_000
            else { return false }
            sum += Int128(cut.listed.fen) - Int128(cut.paid.fen)
        }
        return !cuts.isEmpty && cuts.count <= 200 && Set(cuts.map(\.order)).count == cuts.count
            && sum == Int128(asked.amount.fen)
    }

    /// What was redeemed and not refunded, less what paid rewards have counted.
    func base(_ asked: ProposeAward) -> Int64 {
        let counted = awards.values.filter {
            $0.asked.kind == .reward && $0.status == .paid && $0.asked.programme == asked.programme
                && $0.asked.merchant == asked.merchant
        }.map(\.base).reduce(0, +)
        var sum: Int64 = 0
        for (id, redemption) in redemptions {
            guard id <= asked.through ?? .none, redemption.merchant == asked.merchant,
                !redemption.absorbed,
                vouchers[redemption.voucher].flatMap({ batches[$0.batch] })?.programme == asked.programme
            else { continue }
            sum += redemption.shares.reduce(0, +) - redemption.refundedShares.reduce(0, +)
        }
        return sum > counted ? sum - counted : 0
    }

    /// The share of it that a reward pays.
    func reward(_ asked: ProposeAward) -> Int64 {
        base(asked) * (asked.rate?.basisPoints ?? 0) / 10_000
    }

    mutating func predict(_ asked: ApproveAward) throws(Refusal) -> ApproveAward.Accepted {
        guard let award = awards[asked.award], let merchant = merchants[award.asked.merchant] else {
            throw .unknownAward
        }
        let funds = named(award.asked.weights).map(\.fund)
        let amounts = modelApportion(
            award.asked.amount.fen, weights: named(award.asked.weights).map(\.amount.fen))
        let both = programmes[award.asked.programme]?.rule.bothSides == true
        let cuts = (award.asked.sales ?? []).map {
            ModelSale(merchant: award.asked.merchant, order: $0.order)
        }
        try refuse(
            idle(award.asked.programme) + cannotPay(award.asked.programme, funds, amounts) + [
                (.makerIsChecker, award.maker == principal),
                (.awardNotProposed, award.status != .proposed),
                (
                    .awardAmountDiffers,
                    award.asked.kind == .reward && reward(award.asked) != award.asked.amount.fen
                ),
                (.saleAlreadySubsidised, !both && cuts.contains { sales.contains($0) }),
                (.saleAlreadySubsidised, cuts.contains { tickets.contains($0) }),
            ])
        let base = award.asked.kind == .reward ? self.base(award.asked) : nil
        awards[asked.award]?.status = .paid
        awards[asked.award]?.base = base ?? 0
        if !both {
            sales.formUnion(cuts)
            awards[asked.award]?.exclusive = Set(cuts)
        }
        tickets.formUnion(cuts)
        self.award(award.asked.programme, award.asked.merchant, merchant.payee, funds, amounts)
        return .with {
            $0.programme = award.asked.programme
            $0.merchant = award.asked.merchant
            $0.payee = merchant.payee
            $0.subsidy = shares(funds, amounts)
            $0.day = today
            $0.base = base.map { Amount(fen: $0) }
        }
    }

    mutating func predict(_ asked: RejectAward) throws(Refusal) -> NoFields {
        try refuse([(.textOutOfRange, !fits(asked.reason)), (.unknownAward, awards[asked.award] == nil)])
        try refuse([(.awardNotProposed, awards[asked.award]?.status != .proposed)])
        awards[asked.award]?.status = .rejected
        return NoFields()
    }

    mutating func predict(_ asked: ClawBackAward) throws(Refusal) -> ClawBackAward.Accepted {
        try refuse([(.textOutOfRange, !fits(asked.reason)), (.unknownAward, awards[asked.award] == nil)])
        guard let award = awards[asked.award], let merchant = merchants[award.asked.merchant] else {
            throw .unknownAward
        }
        try refuse([(.awardNotPaid, award.status != .paid)])
        let funds = named(award.asked.weights).map(\.fund)
        let amounts = modelApportion(
            award.asked.amount.fen, weights: named(award.asked.weights).map(\.amount.fen))
        awards[asked.award]?.status = .clawedBack
        sales.subtract(award.exclusive)
        for cut in award.asked.sales ?? [] {
            tickets.remove(ModelSale(merchant: award.asked.merchant, order: cut.order))
        }
        for (fund, amount) in zip(funds, amounts) where amount != 0 {
            post(
                .award, debit: .programme(award.asked.programme), credit: .payable(merchant.payee), fund,
                amount, undoes: true)
            owed[award.asked.merchant, default: [:]][fund, default: ModelOwed()].adjustment -= amount
        }
        return .with {
            $0.programme = award.asked.programme
            $0.payee = merchant.payee
            $0.subsidy = shares(funds, amounts)
        }
    }
}
