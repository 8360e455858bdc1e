extension LedgerState {
    /// Why a sale is none of the session that it names, or `nil`; in order of precedence.
    func sessionRefusal(of sale: Sale, _ instant: Instant) -> Refusal? {
        guard let id = sale.booked ?? sale.details?.session else { return nil }
        let session = sessions[id]
        guard session.status == .open else { return .sessionNotOpen }
        guard session.outlet == sale.outlet, sale.details?.session ?? id == id else {
            return .sessionMismatch
        }
        return instant < session.endsAt ? nil : .sessionOver
    }

    /// Whether a redemption was for a session that did not take place.
    func isOfCancelledSession(_ redemption: RedemptionID) -> Bool {
        sessionSales[redemption].map { sessions[$0].status == .cancelled } ?? false
    }

    /// What was redeemed in a programme at a merchant and not refunded, less what rewards have counted.
    ///
    /// What the programme paid for a voucher that had been used elsewhere is no redemption that deserves one.
    package func rewardable(
        _ merchant: MerchantID, in programme: ProgrammeID, through last: RedemptionID
    ) -> Amount {
        var sum = Amount.zero
        for (id, redemption) in redemptions.enumerated where id <= last {
            guard !redemption.isAbsorbed, outlets[redemption.outlet].merchant == merchant,
                batches[vouchers[redemption.voucher].batch].programme == programme
            else { continue }
            sum += redemption.subsidy.total - (refunds[id]?.subsidy.total ?? .zero)
        }
        let counted = rewarded[ProgrammeMerchant(programme: programme, merchant: merchant)] ?? .zero
        return max(.zero, sum - counted)
    }

    /// Books what a merchant is owed for other things than a sale.
    mutating func owe(_ shares: FundShares, to merchant: MerchantID, on day: BusinessDay) {
        for (fund, amount) in shares.nonZero {
            unsettled[MerchantFund(merchant, fund), default: Unsettled()].add(amount, on: day)
        }
    }

    /// Keeps, or frees, what a programme has promised to a session.
    mutating func promise(_ shares: FundShares, in programme: ProgrammeID, frees: Bool = false) {
        for (fund, amount) in shares.nonZero {
            programmes[programme].promised[fund] += frees ? -amount : amount
        }
    }

    /// Why a programme cannot pay, or `nil`.
    func shortage(of shares: FundShares, in programme: ProgrammeID) -> Refusal? {
        guard shares.nonZero.allSatisfy({ $0.amount <= programmes[programme].available($0.fund) }) else {
            return .insufficientProgramme
        }
        guard shares.nonZero.allSatisfy({ $0.amount <= funds[$0.fund].free }) else {
            return .clawBackOutstanding
        }
        return nil
    }

    /// Whether weights name funds of the ledger, each between 1 and 10,000.
    func fundingRefusal(_ weights: FundShares) -> Refusal? {
        let isFair = (0..<weights.count).allSatisfy { (1...10_000).contains(weights[$0].amount.fen) }
        return weights.count > 0 && isFair ? nil : .fundingInvalid
    }
}

extension Programme {
    /// What is not promised to sessions.
    func available(_ fund: FundID) -> Amount { balances[fund] - promised[fund] }
}

/// One merchant in one programme.
package struct ProgrammeMerchant: Hashable, Sendable, Codable {
    package var programme: ProgrammeID
    package var merchant: MerchantID
}
