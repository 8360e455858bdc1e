extension LedgerState {
    /// Where a voucher's lapse goes: its batch while that is open, else the programme (DESIGN §3).
    func lapseTarget(of voucher: Voucher) -> Account {
        let batch = batches[voucher.batch]
        let rule = programmes[batch.programme].rule
        return rule.lapse == .batch && batch.status == .open
            ? .batch(voucher.batch) : .programme(batch.programme)
    }

    /// Whether a live authorisation holds the voucher.
    func isHeld(_ voucher: Voucher, at instant: Instant) -> Bool {
        voucher.authorisation != .none && authorisations[voucher.authorisation].isLive(at: instant)
    }

    /// Why a voucher cannot be used at `instant`, by itself; `nil` where it can.
    func unusable(_ voucher: Voucher, at instant: Instant) -> Refusal? {
        if let refusal = voucher.status.refusal { return refusal }
        if instant >= voucher.expiry { return .voucherExpired }
        return isHeld(voucher, at: instant) ? .voucherHeld : nil
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
        case .lapsed: .voucherExpired
        }
    }
}
