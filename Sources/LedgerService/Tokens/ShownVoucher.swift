package import LedgerDomain
package import RedemptionTokens

/// What a cashier names a voucher by; signatures and codes are verified, nothing is decided.
package enum ShownVoucher: Sendable {
    /// Somebody vouches for it otherwise.
    case number(VoucherID)
    /// A token or a typed code.
    case token(VoucherID, TokenUse)
    /// A printed voucher, as the ledger knows it.
    case paper(VoucherID, Digest128)
    /// What a phone signed for an outlet.
    case presentation(PresentedCredential)
}

/// What a cashier brings beside the voucher.
package struct CashierSale: Sendable {
    package var outlet: OutletID
    package var terminal: TerminalID
    package var bill: Amount
    package var channel: String
    package var order: String
    package var details: SaleDetails?

    package init(
        outlet: OutletID, terminal: TerminalID, bill: Amount, channel: String, order: String,
        details: SaleDetails?
    ) {
        self.outlet = outlet
        self.terminal = terminal
        self.bill = bill
        self.channel = channel
        self.order = order
        self.details = details
    }
}

/// What a redemption came to, whether a token, a number, a paper or a phone was shown.
package struct RedemptionReceipt: Sendable {
    package var event: UInt64
    package var instant: Instant
    package var terms: RedemptionTerms
    /// The programme that paid instead of the voucher, which had been used elsewhere.
    package var absorbedBy: ProgrammeID?
    package var isReplay: Bool
}

extension LedgerService {
    /// Redeems what was shown.
    package func redeem(
        _ shown: ShownVoucher, for sale: CashierSale, _ call: Call
    ) async throws(ServiceError) -> RedemptionReceipt {
        if case .presentation(let presented) = shown {
            let instant = try presentedAt(presented, call)
            let receipt = try await perform(try online(presented, sale, soldAt: instant), call)
            return RedemptionReceipt(
                event: receipt.event, instant: receipt.instant, terms: receipt.accepted.terms,
                absorbedBy: receipt.accepted.absorbedBy, isReplay: receipt.isReplay)
        }
        let receipt = try await perform(try redemption(shown, sale), call)
        return RedemptionReceipt(
            event: receipt.event, instant: receipt.instant, terms: receipt.accepted,
            isReplay: receipt.isReplay)
    }

    /// Redeems at once what was shown, for a caller that gives many commands together.
    func command(
        _ shown: ShownVoucher, _ sale: CashierSale, _ call: Call
    ) throws(ServiceError) -> any Operation {
        guard case .presentation(let presented) = shown else { return try redemption(shown, sale) }
        return try online(presented, sale, soldAt: try presentedAt(presented, call))
    }

    /// The command for what a phone showed to a till that asks before it says yes.
    private func online(
        _ shown: PresentedCredential, _ sale: CashierSale, soldAt: Instant
    ) throws(ServiceError) -> RedeemOffline {
        var command = try upload(shown, sale, soldAt: soldAt)
        command.isOnline = true
        return command
    }

    /// When a presentation was shown at a till that is online: now, or at its first try under the same key.
    private func presentedAt(_ shown: PresentedCredential, _ call: Call) throws(ServiceError) -> Instant {
        if let earlier = try earlierCommand(call) as? RedeemOffline { return earlier.occurredAt }
        return try tokenInstant(call)
    }

    /// The command for what was shown to a till that is online.
    private func redemption(_ shown: ShownVoucher, _ sale: CashierSale) throws(ServiceError) -> Redeem {
        let (voucher, token, paper) = try proof(shown)
        return .with {
            ($0.voucher, $0.token, $0.paper) = (voucher, token, paper)
            ($0.outlet, $0.terminal) = (sale.outlet, sale.terminal)
            ($0.bill, $0.channel, $0.order) = (sale.bill, sale.channel, sale.order)
            $0.details = sale.details
        }
    }

    /// The command that holds what was shown for a sale.
    package func authorisation(
        _ shown: ShownVoucher, _ sale: CashierSale
    ) throws(ServiceError) -> Authorise {
        let (voucher, token, paper) = try proof(shown)
        return .with {
            ($0.voucher, $0.token, $0.paper) = (voucher, token, paper)
            ($0.outlet, $0.terminal) = (sale.outlet, sale.terminal)
            ($0.bill, $0.channel, $0.order) = (sale.bill, sale.channel, sale.order)
            $0.details = sale.details
        }
    }

    private func proof(
        _ shown: ShownVoucher
    ) throws(ServiceError) -> (VoucherID, TokenUse?, Digest128?) {
        switch shown {
        case .number(let voucher): (voucher, nil, nil)
        case .token(let voucher, let use): (voucher, use, nil)
        case .paper(let voucher, let paper): (voucher, nil, paper)
        case .presentation:
            throw .invalid("A phone's offline code pays at once; it cannot be held for a later capture.")
        }
    }

    /// The command for a sale that a phone signed, at a till that is or was offline.
    ///
    /// The issuer's signature needs no check: the ledger compares the credential with the one that it issued.
    ///
    /// - Parameter given: what a till that was offline took off the bill; `nil` where the ledger says it now.
    func upload(
        _ shown: PresentedCredential, _ sale: CashierSale, soldAt: Instant, given: Amount? = nil
    ) throws(ServiceError) -> RedeemOffline {
        let (credential, presentation) = (shown.credential.claims, shown.presentation.claims)
        guard credential.voucher.ledger == ledger.rawValue else { throw .token(.otherLedger) }
        guard presentation.outlet == sale.outlet.rawValue else { throw .token(.otherOutlet) }
        do {
            try shown.verifyDevice()
        } catch {
            throw .token(error)
        }
        return .with {
            $0.voucher = VoucherID(credential.voucher.number)
            ($0.outlet, $0.terminal) = (sale.outlet, sale.terminal)
            ($0.bill, $0.channel, $0.order) = (sale.bill, sale.channel, sale.order)
            $0.details = sale.details
            $0.id = KeyID(credential.id.rawValue)
            $0.digest = LedgerService.digest(of: shown.credential)
            $0.counter = presentation.counter
            $0.slot = presentation.slot.rawValue
            $0.amount = Amount(fen: Int64(presentation.amount))
            $0.occurredAt = soldAt
            $0.signature = Octets(shown.presentation.message.signature)
            $0.given = given ?? $0.amount
        }
    }
}
