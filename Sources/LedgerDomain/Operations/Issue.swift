package import CBOR

/// Issues a voucher: claimed by whoever asks first (抢券), directed to a person on an officer's list (定向), matched with a
/// top-up (配套), or won (摇号).
package struct Issue: Operation {
    package static let type = OperationType.issue

    package var batch: BatchID = .none
    package var pseudonym: Pseudonym = Pseudonym(0)
    package var release: Release = .firstCome
    /// What is matched; for a matched release alone.
    package var topUp: TopUp?
    /// The entry that won; for a lottery alone.
    package var entry: UInt32?
    /// What is known of the person; nothing for a lottery, where it was said at the entry.
    package var claimant: Claimant?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &batch)
        try coder.field(17, &pseudonym)
        try coder.field(18, &release)
        try coder.field(19, &topUp)
        try coder.field(20, &entry)
        try coder.field(21, &claimant)
    }

    /// The voucher, what each fund puts in, and until when it may be used.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var voucher: VoucherID = .none
        package var granted: FundShares = FundShares()
        package var expiry: Instant = Instant(microseconds: 0)
        /// What of it makes good at once what the programme paid for the person's offline conflicts.
        package var setOff: SetOff?
        /// The place of the reserve that it comes from; `nil` for none.
        package var reserve: UInt32?
        /// What it costs; for the release points alone.
        package var points: PointsPrice?

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &voucher)
            try coder.field(33, &granted)
            try coder.field(34, &expiry)
            try coder.field(35, &setOff)
            try coder.field(36, &reserve)
            try coder.field(37, &points)
        }
    }
}

extension Issue {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard topUp?.amount.isMovable ?? true else { return .failure(.amountOutOfRange) }
        guard topUp?.reference.isOrderReference ?? true else { return .failure(.textOutOfRange) }
        guard claimant?.isWellFormed ?? true, release != .lottery || claimant == nil else {
            return .failure(.claimantInvalid)
        }
        guard state.batches.contains(batch) else { return .failure(.unknownBatch) }
        let source = state.batches[batch]
        let programme = state.programmes[source.programme]
        let rule = state.rule(of: source)
        if let refusal = programme.refusal { return .failure(refusal) }
        let claim = Claim(pseudonym: pseudonym, claimant: claimant, context: context)
        if let refusal = source.refusal(
            at: context.instant, under: rule, groups: claim.groups)
        {
            return .failure(refusal)
        }
        guard source.release == release, release == .lottery || entry == nil else {
            return .failure(.releaseMismatch)
        }
        if let refusal = state.refusal(of: topUp, for: source) {
            return .failure(refusal)
        }
        if let refusal = state.refusal(of: entry, by: pseudonym, in: batch) { return .failure(refusal) }
        if release != .lottery, let refusal = state.accessRefusal(of: claim, taking: source) {
            return .failure(refusal)
        }
        let reserve: UInt32?
        switch source.reserve(for: claim.groups, at: context.instant) {
        case .failure(let refusal): return .failure(refusal)
        case .success(let place): reserve = place
        }
        if let refusal = state.personRefusal(of: pseudonym, taking: source) { return .failure(refusal) }
        let price = release == .points ? rule.points?.price(of: source.face) : nil
        let holder = state.person(pseudonym)
        if let price {
            let usable = holder.flatMap { state.points[$0]?.usable(at: context.instant) } ?? .zero
            guard usable >= price else { return .failure(.pointsShort) }
        }
        let person = state.person(pseudonym).map { state.people[$0] }
        let given = source.opened - source.balance
        let granted = Split.take(source.face, granted: source.opened, given: given, count: source.funds.count)
        return .success(
            .with {
                $0.voucher = state.vouchers.nextID
                $0.granted = source.named(granted)
                $0.expiry = rule.expiry(claimedAt: context.instant)
                $0.reserve = reserve
                if let price, let holder {
                    $0.points = .with {
                        ($0.person, $0.programme, $0.amount) = (holder, source.programme, price)
                    }
                }
                if let debt = person?.debt, debt > .zero {
                    let taken = Split.take(
                        min(debt, source.face), granted: granted, given: .zero, count: source.funds.count)
                    $0.setOff = .with {
                        $0.programme = source.programme
                        $0.shares = source.named(taken)
                    }
                }
            })
    }

    package func appendPostings(_ accepted: Accepted, to postings: inout [Posting]) {
        postings.append(
            .issue, debit: .batch(batch), credit: .voucher(accepted.voucher), accepted.granted)
        if let price = accepted.points {
            postings.append(
                Posting(
                    .exchange, debit: .points(price.person), credit: .pointsIssued(price.programme), .none,
                    price.amount))
        }
        if let setOff = accepted.setOff {
            postings.append(
                .lapse, debit: .voucher(accepted.voucher), credit: .programme(setOff.programme), setOff.shares
            )
        }
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        let face = accepted.granted.total
        if let topUp {
            let programme = state.batches[batch].programme.rawValue
            state.topUps.insert(topUp.reference.stableHash, programme)
        }
        if let entry { state.lotteries[batch]?.issue(entry) }
        if let reserve = accepted.reserve { state.batches[batch].reservedIssued[Int(reserve)] += 1 }
        state.note(claimant, for: pseudonym)
        if let price = accepted.points {
            state.points[price.person]?.spend(price.amount, at: context.instant)
        }
        let person = state.enrol(pseudonym, in: state.batches[batch].programme)
        state.people[person].amount += face
        state.people[person].vouchers += 1
        var voucher = Voucher(
            batch: batch, person: person, expiry: accepted.expiry, granted: accepted.granted.shares)
        if let setOff = accepted.setOff?.shares.total {
            state.people[person].debt -= setOff
            // It counts as used, against the person and for good.
            voucher.redeemed = setOff
            if setOff == face { voucher.status = .setOff }
        }
        state.vouchers.append(voucher)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .voucher(
                VoucherRow(
                    id: accepted.voucher, batch: batch, pseudonym: pseudonym, face: accepted.granted.total,
                    issuedAt: context.instant, expiry: accepted.expiry, channel: claimant?.channel)))
        if let price = accepted.points {
            rows.append(
                .points(
                    PointsRow(
                        event: context.number, programme: price.programme, pseudonym: pseudonym,
                        kind: .exchange, what: "", points: price.amount, instant: context.instant,
                        expiry: context.instant)))
        }
        if accepted.setOff?.shares.total == accepted.granted.total {
            rows.append(.voucherStatus(accepted.voucher, .setOff))
        }
    }
}

/// What a new voucher gives back at once to the programme, which paid for its holder's offline conflicts (DESIGN §7).
package struct SetOff: CBORFields, Equatable, Sendable {
    package var programme: ProgrammeID = .none
    package var shares = FundShares()

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &programme)
        try coder.field(2, &shares)
    }
}

/// What a voucher costs its holder in points.
package struct PointsPrice: CBORFields, Equatable, Sendable {
    package var person: PersonID = .none
    package var programme: ProgrammeID = .none
    package var amount = Amount.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &person)
        try coder.field(2, &programme)
        try coder.field(3, &amount)
    }
}

extension ProgrammeRule {
    /// The instant from which a voucher claimed at `instant` is no longer taken.
    package func expiry(claimedAt instant: Instant) -> Instant {
        let end = instant.adding(validity)
        return conditions.until.map { min($0, end) } ?? end
    }
}

extension Programme {
    /// Why the programme issues nothing, if it does not.
    var refusal: Refusal? {
        switch status {
        case .submitted: .programmeNotApproved
        case .approved: nil
        case .paused: .programmePaused
        case .closed: .programmeClosed
        }
    }
}

extension LedgerState {
    /// Why nothing is issued for an entry of a lottery, or `nil`; without a lottery there is none.
    fileprivate func refusal(of entry: UInt32?, by pseudonym: Pseudonym, in batch: BatchID) -> Refusal? {
        guard let lottery = lotteries[batch] else { return nil }
        if lottery.isVoid { return .lotteryVoid }
        guard lottery.draw != nil else { return .lotteryNotDrawn }
        guard let entry, let outcome = lottery.outcome(of: entry), outcome != .open,
            lottery.entrants[Int(entry) - 1] == pseudonym
        else { return .lotteryNotWon }
        return outcome == .issued ? .lotteryIssued : nil
    }

    /// Why a top-up is not matched, or `nil`.
    fileprivate func refusal(of topUp: TopUp?, for batch: Batch) -> Refusal? {
        guard (topUp != nil) == (batch.release == .matched) else { return .topUpRequired }
        guard let topUp else { return nil }
        guard let least = rule(of: batch).topUp, topUp.amount >= least else {
            return .topUpTooSmall
        }
        let matched = topUps.first(topUp.reference.stableHash) { $0 == batch.programme.rawValue }
        return matched == nil ? nil : .topUpUsed
    }
}
