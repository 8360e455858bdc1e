import LedgerDomain

/// What several commands in a row aim at, while time stands still.
struct ModelFocus: Sendable {
    var voucher: VoucherID?
    var authorisation: AuthorisationID?
    var batch: BatchID?
    /// How many commands are still to come.
    var rest = 0

    /// What such a command does.
    var types: [OperationType] {
        batch == nil ? [.redeem, .authorise, .capture, .void, .handBack, .lapse, .refund] : [.issue]
    }
}

// A clock that stops where an answer changes.
extension CommandGenerator {
    /// Lets time pass: mostly a little, sometimes to an expiry or over midnight, one microsecond off or not.
    mutating func advance(_ model: ReferenceModel) {
        focus.rest -= 1
        switch focus.rest > 0 ? 999 : number(0...999) {
        case 0..<650: clock = clock.adding(number(0...30_000_000))
        case 650..<850: clock = clock.adding(number(0...300_000_000))
        case 850..<865: aimAtAuthorisation(model)
        case 865..<885: aimAtVoucher(model)
        case 885..<890: aimAtBatch(model)
        case 890..<898: aimAtRule(model)
        case 898..<902: jump(to: midnight(model))
        case 902..<904: clock = clock.adding(number(0...5) * 3_600_000_000)
        case 904 where chance(400): clock = clock.adding(number(1...6) * 86_400_000_000)
        default: clock = clock.adding(chance(800) ? 0 : 1)
        }
        clock = max(clock, model.now)
    }

    private mutating func jump(to instant: Instant) {
        clock = max(clock, instant.adding(number(-1...1)))
    }

    /// Jumps to where an authorisation that is not captured yet expires.
    private mutating func aimAtAuthorisation(_ model: ReferenceModel) {
        let now = clock
        let open: AuthorisationID? = recent(model.authorisations.count, within: 20) {
            model.authorisations[$0].map { !$0.closed && $0.expiry > now } ?? false
        }
        guard let id = open, let authorisation = model.authorisations[id] else { return }
        jump(to: authorisation.expiry)
        focus = ModelFocus(voucher: authorisation.voucher, authorisation: id, rest: 5)
    }

    /// Jumps to where a recent voucher expires.
    private mutating func aimAtVoucher(_ model: ReferenceModel) {
        let (now, soon) = (clock, soon())
        let useful = chance(700)
        let expiring: VoucherID? = recent(model.vouchers.count) {
            guard let voucher = model.vouchers[$0] else { return false }
            return voucher.expiry > now && voucher.expiry < soon
                && (!useful || voucher.status == .usable || voucher.redeemed > 0)
        }
        guard let id = expiring, let voucher = model.vouchers[id], voucher.expiry < soon else { return }
        jump(to: voucher.expiry)
        focus = ModelFocus(voucher: id, authorisation: voucher.authorisation, rest: 5)
    }

    /// Jumps to where a batch's claim window begins or ends.
    private mutating func aimAtBatch(_ model: ReferenceModel) {
        let (now, soon) = (clock, soon())
        func turn(_ batch: ModelBatch) -> Instant? {
            [batch.from, batch.until].filter { $0 > now && $0 < soon }.min()
        }
        let turning = key(model.batches, where: { $0.status == .open && turn($0) != nil })
        guard let id = turning, let instant = model.batches[id].flatMap(turn) else { return }
        jump(to: instant)
        focus = ModelFocus(batch: id, rest: 3)
    }

    /// Jumps to where a rule begins or ceases to allow the use of a voucher.
    private mutating func aimAtRule(_ model: ReferenceModel) {
        let (now, waits) = (clock, chance(500))
        let bound: VoucherID? = recent(model.vouchers.count) {
            guard let voucher = model.vouchers[$0], let conditions = model.rule(of: $0)?.conditions else {
                return false
            }
            let begins = conditions.from.map { $0 > now && $0 < voucher.expiry } ?? false
            let repeats = conditions.hours != nil || !conditions.weekdays.isEmpty
            return voucher.status == .usable && voucher.expiry > now && (waits ? begins : repeats)
        }
        guard let id = bound, let conditions = model.rule(of: id)?.conditions else { return }
        let days = [now.calendarDay.start, BusinessDay(days: now.calendarDay.days + 1).start]
        let minutes = conditions.hours.map { [Int64($0.from), Int64($0.to)] } ?? []
        var turns = days.flatMap { day in minutes.map { day.adding($0 * 60_000_000) } }
        if !conditions.weekdays.isEmpty { turns += days }
        if let from = conditions.from { turns = waits ? [from] : turns + [from] }
        guard let instant = turns.filter({ $0 > now }).min() else { return }
        clock = instant.adding(pick([-1, -1, 0]) ?? 0)
        focus = ModelFocus(voucher: id, rest: 8)
    }

    /// Mostly within hours, now and then within three days.
    private mutating func soon() -> Instant {
        clock.adding(chance(850) ? 21_600_000_000 : 3 * 86_400_000_000)
    }

    /// When the next business day begins.
    private func midnight(_ model: ReferenceModel) -> Instant {
        BusinessDay(days: model.today.days + 1).start.adding(model.setting(.businessDayCutOff))
    }
}
