package import LedgerDomain
import RedemptionTokens

/// How a till stands, for its cashier and for who looks after it.
package struct TillStatus: Equatable, Sendable {
    /// Sales that were made, those taken back included.
    package var made = Tally()
    package var cancelled = Tally()
    /// Sales that wait for an answer, those handed out included.
    package var waiting = Tally()
    /// Of those that wait, what was handed out and not answered.
    package var sent = Tally()
    package var paid = Tally()
    package var absorbed = Tally()
    /// Not paid, and another try would not help.
    package var refused = Tally()
    /// What the ledger has paid, from vouchers and from the guarantee pool.
    package var credited = Amount.zero
    /// The sale made last, taken back or not; `nil` before the first.
    package var last: TillSale?
    /// The number of the pack.
    package var packSequence: UInt64
    /// Seconds since the pack, the key list and the revocation list were signed; below zero where the clock is
    /// behind.
    package var packAge: Int64
    package var keyListAge: Int64
    package var revocationListAge: Int64
    /// The last instant at which the lists are fresh enough to sell.
    package var sellsUntil: Instant
    /// How many bytes were cut off at opening, of a write that a crash had cut short; it had not been answered.
    package var tornBytes: Int

    /// How many sales, and how much the till took off their bills.
    package struct Tally: Equatable, Sendable {
        package var count = 0
        package var subsidy = Amount.zero

        package init() {}

        mutating func add(_ sale: TillSale) {
            count += 1
            subsidy += sale.subsidy
        }
    }

    init(_ pack: OpenedTillPack, tornBytes: Int, now: Instant) {
        let policy = pack.pack.policy
        let seconds = now.clamped.microseconds / Instant.second
        packSequence = pack.pack.sequence
        packAge = seconds - pack.pack.issuedAt
        keyListAge = seconds - pack.keys.issuedAt
        revocationListAge = seconds - pack.revocations.issuedAt
        // An age is of whole seconds, so the last second counts to its end.
        let last = min(
            pack.keys.issuedAt + policy.keyListAge, pack.revocations.issuedAt + policy.revocationListAge)
        sellsUntil = Instant(microseconds: (last + 1) * Instant.second - 1)
        self.tornBytes = tornBytes
    }
}

extension Till {
    /// How the till stands now.
    package func status(now: Instant) -> TillStatus {
        var status = TillStatus(pack, tornBytes: tornBytes, now: now)
        for line in book.lines {
            status.made.add(line.sale)
            switch line.standing {
            case .cancelled: status.cancelled.add(line.sale)
            case .waiting(_, let isSent):
                status.waiting.add(line.sale)
                if isSent { status.sent.add(line.sale) }
            case .paid(let subsidy, _):
                status.paid.add(line.sale)
                status.credited += subsidy
            case .absorbed(let subsidy, _):
                status.absorbed.add(line.sale)
                status.credited += subsidy
            case .refused: status.refused.add(line.sale)
            }
        }
        status.last = book.lines.last?.sale
        return status
    }
}
