extension LedgerState {
    /// Where a voucher's lapse goes: its batch while that is open, else the programme (DESIGN §3).
    func lapseTarget(of voucher: Voucher) -> Account {
        let batch = batches[voucher.batch]
        let rule = rule(of: batch)
        return rule.lapse == .batch && batch.status == .open
            ? .batch(voucher.batch) : .programme(batch.programme)
    }

    /// The balance of a voucher that neither a live authorisation nor a credential holds (invariant 4).
    package func available(_ id: VoucherID, at instant: Instant) -> Amount {
        vouchers[id].balance.total - held(id, at: instant)
    }

    /// What a live authorisation and a credential hold of a voucher; together never more than is in it.
    func held(_ id: VoucherID, at instant: Instant) -> Amount {
        let authorised = authorised(id, at: instant)
        guard vouchers[id].hasCredential, let credential = credential(of: id) else { return authorised }
        // A refund may give a credential back what an authorisation holds by now: that keeps it.
        return authorised + credential.held(of: vouchers[id].balance.total - authorised, at: instant)
    }

    /// What a live authorisation holds of a voucher.
    func authorised(_ id: VoucherID, at instant: Instant) -> Amount {
        let last = vouchers[id].authorisation
        guard last != .none, authorisations[last].isLive(at: instant) else { return .zero }
        return authorisations[last].held
    }

    /// Why a voucher cannot be used at `instant`, by itself; `nil` where it can.
    func unusable(_ id: VoucherID, at instant: Instant) -> Refusal? {
        if let refusal = vouchers[id].status.refusal { return refusal }
        if instant >= vouchers[id].expiry { return .voucherExpired }
        return held(id, at: instant) > .zero ? .voucherHeld : nil
    }

    /// Takes what lapses off the person's counters and gives the voucher its new status.
    mutating func lapse(_ id: VoucherID, _ amount: Amount, becoming status: Voucher.Status) {
        vouchers[id].status = status
        uncount(amount, of: id, leaving: .zero)
    }

    /// Takes `amount` off the person's counters; a voucher of which nothing stays redeemed and nothing is left
    /// does not count any more.
    mutating func uncount(_ amount: Amount, of id: VoucherID, leaving left: Amount) {
        let voucher = vouchers[id]
        people[voucher.person].amount -= amount
        if voucher.redeemed == .zero && left == .zero { people[voucher.person].vouchers -= 1 }
    }
}

extension Voucher.Status {
    /// Why a voucher that has come to its end does nothing more.
    var refusal: Refusal? {
        switch self {
        case .usable: nil
        case .used: .voucherUsed
        case .handedBack: .voucherHandedBack
        case .setOff: .voucherSetOff
        case .lapsed: .voucherExpired
        }
    }
}
