import CBOR
import Cryptography
package import LedgerDomain
import RedemptionTokens

extension Till {
    /// Takes what a resident's phone shows for a bill; the sale is on disk when this returns.
    ///
    /// The same code with the same bill, order and channel gets the first answer again, however late. A code
    /// with a lower counter than one seen before is good, for the phone may have shown it at another till first.
    /// An order number may be used again after its sale was cancelled.
    ///
    /// - Parameters:
    ///   - text: what the scanner delivered.
    ///   - bill: what the goods cost.
    ///   - order: the till's own number of the sale, 1 to 64 bytes.
    ///   - channel: how it is sold, 1 to 32 bytes, as rules name it.
    ///   - details: the receipt's ``SaleDetails`` in CBOR, at most ``BatchedSale/detailsLimit`` bytes; they must be ones
    ///     that the ledger takes.
    package func sell(
        _ text: String, bill: Amount, order: String, channel: String, details: [UInt8] = [], now: Instant
    ) throws(TillRefusal) -> TillSale {
        let now = now.clamped
        guard bill.isMovable else { throw .rule(.amountOutOfRange) }
        guard order.isOrderReference, channel.isChannel else { throw .rule(.textOutOfRange) }
        guard details.count <= BatchedSale.detailsLimit else { throw .detailsTooLong }
        let shown = try Till.presented(text)
        let (credential, presentation) = (shown.credential.claims, shown.presentation.claims)
        let earlier = book.line(for: credential.id, counter: presentation.counter)
        // What was verified before needs no second look, however late it comes again.
        if let earlier, earlier.digest == SHA256Digest.of(shown.bytes) {
            return try earlier.answer(bill: bill, order: order, channel: channel)
        }
        try checkClock(now)
        try verify(shown, at: now)
        if let earlier {
            guard earlier.sale.has(presentation) else { throw .counterReused }
            return try earlier.answer(bill: bill, order: order, channel: channel)
        }
        if let other = book.line(of: order), other.standing != .cancelled { throw .orderUsed }
        try check(details, bill: bill)
        let sale = TillSale(
            sequence: book.nextSequence, shown: shown, bill: bill,
            subsidy: try subsidy(for: shown, bill: bill, channel: channel, at: now), order: order,
            channel: channel, occurredAt: now)
        do throws(TillFault) {
            try write([.sold(SoldEntry(sale: sale, shown: shown.bytes, details: details))])
        } catch {
            throw .fault(error)
        }
        return sale
    }

    /// Refuses what a till says of a sale where the ledger would: only here can it still be put right.
    private func check(_ details: [UInt8], bill: Amount) throws(TillRefusal) {
        guard !details.isEmpty else { return }
        guard let details = try? SaleDetails(cborBytes: details), details.isWellFormed else {
            throw .rule(.textOutOfRange)
        }
        if let refusal = details.refusal(bill: bill, at: pack.pack.place.category) { throw .rule(refusal) }
    }

    private static func presented(_ text: String) throws(TillRefusal) -> PresentedCredential {
        let scanned: ScannedText
        do throws(ScannedTextError) {
            scanned = try ScannedText(text)
        } catch {
            throw .unreadable(error)
        }
        switch scanned {
        case .offline(let shown): return shown
        case .online: throw .needsNetwork(.token)
        case .paper: throw .needsNetwork(.paper)
        case .typed: throw .needsNetwork(.typed)
        }
    }

    /// Refuses a clock that is behind the latest sale or the pack by more than clocks may be apart.
    private func checkClock(_ now: Instant) throws(TillRefusal) {
        let latest = max(book.latest ?? pack.issuedAt, pack.issuedAt)
        guard now >= latest.adding(-pack.skew) else { throw .clockSetBack }
    }

    private func verify(_ shown: PresentedCredential, at now: Instant) throws(TillRefusal) {
        let verifier = TokenVerifier(
            keys: pack.keys, revocations: pack.revocations, policy: pack.pack.policy,
            now: min(max(now.microseconds / Instant.second, 0), 1 << 40 - 1))
        do throws(TokenRefusal) {
            _ = try verifier.verify(presentation: shown, at: pack.pack.place.outlet)
        } catch {
            throw .token(error)
        }
    }

    /// What the rule gives, within what the phone signed and what is left of the credential's cap at this till.
    private func subsidy(
        for shown: PresentedCredential, bill: Amount, channel: String, at now: Instant
    ) throws(TillRefusal) -> Amount {
        let credential = shown.credential.claims
        guard let rule = pack.rule(of: credential.programme) else { throw .programmeUnknown }
        let place = pack.pack.place
        if let refusal = rule.conditions.refusal(at: now, place.ruleOutlet) { throw .rule(refusal) }
        let left = Amount(fen: Int64(credential.cap)) - book.spent(of: credential.id)
        guard left > .zero else { throw .capSpent }
        let signed = Amount(fen: Int64(shown.presentation.claims.amount))
        switch rule.subsidy(
            bill: bill, available: min(signed, left), face: Amount(fen: Int64(credential.cap)),
            category: place.category, channel: channel)
        {
        case .success(let amount): return amount
        case .failure(let refusal): throw .rule(refusal)
        }
    }
}

extension TillSale {
    /// Whether the phone signed the same for it; each signature of the same has other bytes.
    fileprivate func has(_ presentation: Presentation) -> Bool {
        presentation.counter == counter && presentation.slot == slot
            && Int64(presentation.amount) == signed.fen
    }
}

extension TillBook.Line {
    /// What its code gets when it is shown again.
    fileprivate func answer(bill: Amount, order: String, channel: String) throws(TillRefusal) -> TillSale {
        guard sale.bill == bill, sale.order == order, sale.channel == channel else { throw .codeUsed }
        guard standing != .cancelled else { throw .cancelled }
        return sale
    }
}
