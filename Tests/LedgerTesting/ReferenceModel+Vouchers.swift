import CBOR
import LedgerDomain

// Vouchers from their issue to their lapse.
extension ReferenceModel {
    mutating func predict(_ asked: Issue) throws(Refusal) -> Issue.Accepted {
        try refuse([
            (.amountOutOfRange, asked.topUp.map { !isMovable($0.amount) } ?? false),
            (.textOutOfRange, asked.topUp.map { !fits($0.reference, 64) } ?? false),
            (.claimantInvalid, asked.claimant.map { !isMeant($0) } ?? false),
            (.claimantInvalid, asked.release == .lottery && asked.claimant != nil),
        ])
        guard let batch = batches[asked.batch], let programme = programmes[batch.programme] else {
            throw .unknownBatch
        }
        let lottery = lotteries[asked.batch]
        let place = ModelPlacing(
            batch, left: self.left(in: asked.batch) / batch.face, groups(asked.claimant), at: now)
        let matched = asked.topUp.map { ModelTopUp(programme: batch.programme, reference: $0.reference) }
        let least = batch.rule.topUp?.fen ?? .max
        let account = Account.batch(asked.batch)
        let left = batch.funds.map { balance(account, $0) }
        let expiry = min(
            now.adding(batch.rule.conditions.validity),
            batch.rule.conditions.until ?? .init(microseconds: .max))
        try refuse(
            claimReasons(asked.pseudonym, asked.claimant, batch, programme)
                + (asked.release == .lottery
                    ? [] : accessReasons(asked.pseudonym, asked.claimant, batch, programme)) + [
                    (.batchWindowOver, batch.release != .lottery && now >= batch.until),
                    (.releaseMismatch, asked.release != batch.release),
                    (.releaseMismatch, asked.release != .lottery && asked.entry != nil),
                    (.topUpRequired, (asked.release == .matched) != (asked.topUp != nil)),
                    (.topUpTooSmall, asked.topUp.map { $0.amount.fen < least } ?? false),
                    (.topUpUsed, matched.map { topUps.contains($0) } ?? false),
                    (.lotteryVoid, lottery?.isVoid ?? false),
                    (.lotteryNotDrawn, lottery.map { $0.winners == nil } ?? false),
                    (.lotteryNotWon, lottery.map { !$0.hasWon(asked.pseudonym, asked.entry) } ?? false),
                    (.lotteryIssued, lottery.map { $0.issued.contains(asked.pseudonym) } ?? false),
                    (.batchSoldOut, left.reduce(0, +) < batch.face),
                    (.roundNotBegun, place.map { $0 == .laterRound } ?? false),
                    (.quotaReserved, place.map { $0 == .reserved } ?? false),
                ])
        let price = asked.release == .points ? price(batch) : nil
        try refuse([(.pointsShort, price.map { usablePoints(asked.pseudonym) < $0 } ?? false)])
        let granted = modelSplit(
            batch.face, over: batch.opened, taken: zip(batch.opened, left).map { $0 - $1 })
        if let matched { topUps.insert(matched) }
        var taken: UInt32?
        if case .reserve(let number)? = place {
            taken = UInt32(number)
            batches[asked.batch]?.reserved.append(batch.access?.reserves[number].group ?? "")
        }
        if let proxy = asked.claimant?.proxy { proxied[proxy, default: []].insert(asked.pseudonym) }
        join(asked.pseudonym, batch.programme)
        if let grown = asked.claimant?.attestations.first(where: { $0.group == "minor" })?.until {
            minors[asked.pseudonym] = grown
        }
        if lottery != nil { lotteries[asked.batch]?.issued.insert(asked.pseudonym) }
        let id = VoucherID(UInt32(vouchers.count + 1))
        vouchers[id] = ModelVoucher(
            batch: asked.batch, holder: asked.pseudonym, expiry: expiry, granted: granted)
        people[asked.pseudonym]?.vouchers.append(id)
        post(.issue, debit: account, credit: .voucher(id), batch.funds, granted)
        let cost = exchange(asked, price)
        let setOff = setOff(asked.pseudonym, id, granted)
        return .with {
            $0.voucher = id
            $0.granted = shares(batch.funds, granted)
            $0.expiry = expiry
            $0.setOff = setOff
            $0.reserve = taken
            $0.points = cost
        }
    }

    /// Why a person may not take another voucher of a batch, whatever its release.
    func claimReasons(
        _ pseudonym: Pseudonym, _ claimant: Claimant?, _ batch: ModelBatch, _ programme: ModelProgramme
    ) -> [(refusal: Refusal, applies: Bool)] {
        let person = people[pseudonym]
        let (amount, count) = counted(person)
        let isElsewhere = person.map { $0.programme != batch.programme } ?? false
        let scope = person.flatMap { programmes[$0.programme]?.rule.claims?.scope }
        let excludes = scope != nil && scope == programme.rule.claims?.scope
        let mayBegin = !groups(claimant).isDisjoint(with: batch.access?.priority ?? [])
        let begin = mayBegin ? batch.access?.priorityFrom ?? batch.from : batch.from
        let limits = batch.rule.limits
        return [
            (.programmeNotApproved, programme.status == .submitted),
            (.programmeClosed, programme.status == .closed),
            (.programmePaused, programme.status == .paused),
            (.batchNotOpen, batch.status != .open),
            (.batchWindowNotBegun, now < begin),
            (.batchWindowOver, batch.rule.conditions.until.map { now >= $0 } ?? false),
            (.notHolder, isElsewhere && !excludes),
            (.excludedByOther, isElsewhere && excludes && (amount > 0 || count > 0 || person?.debt != 0)),
            (.personAmountLimit, limits.personAmount.map { amount + batch.face > $0.fen } ?? false),
            (.personVoucherLimit, limits.personVouchers.map { count + 1 > Int($0) } ?? false),
        ]
    }

    /// What is outstanding or used of a person's vouchers, by face, and how many of them are.
    private func counted(_ person: ModelPerson?) -> (amount: Int64, vouchers: Int) {
        let amounts = (person?.vouchers ?? []).map { left(in: $0).reduce(vouchers[$0]?.redeemed ?? 0, +) }
        return (amounts.reduce(0, +), amounts.count { $0 > 0 })
    }

    /// What each fund still has in a voucher.
    func left(in id: VoucherID) -> [Int64] {
        funds(of: id).map { balance(.voucher(id), $0) }
    }

    /// What is left of a batch.
    func left(in id: BatchID) -> Int64 {
        (batches[id]?.funds ?? []).reduce(0) { $0 + balance(.batch(id), $1) }
    }

    /// The funds of a voucher's batch, in their order.
    func funds(of id: VoucherID) -> [FundID] {
        vouchers[id].flatMap { batches[$0.batch]?.funds } ?? []
    }

    /// Whether a sale that is not captured yet, or a phone, holds the voucher.
    func isHeld(_ voucher: ModelVoucher) -> Bool {
        if let credential = voucher.credential, isHolding(credential) { return true }
        guard let id = voucher.authorisation, let authorisation = authorisations[id] else { return false }
        return !authorisation.closed && now < authorisation.expiry
    }

    /// Where a lapse of a batch's vouchers goes.
    func lapseTarget(_ id: BatchID) -> Account {
        guard let batch = batches[id], case let rule = batch.rule else { return .batch(id) }
        return rule.lapse == .batch && batch.status == .open ? .batch(id) : .programme(batch.programme)
    }

    mutating func predict(_ asked: HandBack) throws(Refusal) -> HandBack.Accepted {
        try refuse([(.textOutOfRange, asked.channel.map { !fits($0, 32) } ?? false)])
        guard let voucher = vouchers[asked.voucher] else { throw .unknownVoucher }
        try refuse([
            (.notHolder, voucher.holder != asked.pseudonym),
            (.voucherUsed, voucher.status == .used),
            (.voucherHandedBack, voucher.status == .handedBack),
            (.voucherSetOff, voucher.status == .setOff),
            (.voucherExpired, voucher.status == .lapsed || now >= voucher.expiry),
            (.voucherHeld, isHeld(voucher)),
        ])
        let (lapsed, target) = lapse(asked.voucher, voucher, to: .handedBack)
        return .with {
            $0.lapsed = lapsed
            $0.target = target
        }
    }

    mutating func predict(_ asked: Lapse) throws(Refusal) -> Lapse.Accepted {
        guard let voucher = vouchers[asked.voucher] else { throw .unknownVoucher }
        try refuse([
            (.voucherUsed, voucher.status == .used),
            (.voucherHandedBack, voucher.status == .handedBack),
            (.voucherSetOff, voucher.status == .setOff),
            (.voucherExpired, voucher.status == .lapsed),
            (.voucherNotExpired, now < voucher.expiry),
            (.voucherHeld, isHeld(voucher)),
        ])
        let (lapsed, target) = lapse(asked.voucher, voucher, to: .lapsed)
        return .with {
            $0.lapsed = lapsed
            $0.target = target
        }
    }

    /// Takes everything out of a voucher.
    private mutating func lapse(
        _ id: VoucherID, _ voucher: ModelVoucher, to status: Voucher.Status
    ) -> (FundShares, Account) {
        let lapsed = left(in: id)
        let target = lapseTarget(voucher.batch)
        vouchers[id]?.status = status
        post(.lapse, debit: .voucher(id), credit: target, funds(of: id), lapsed)
        return (shares(funds(of: id), lapsed), target)
    }
}
