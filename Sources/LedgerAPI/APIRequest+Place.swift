import LedgerDomain
import LedgerService

extension APIRequest {
    /// What was shown at a till. A terminal cannot name a voucher by its number: somebody must have it in their hand.
    func shown(_ text: String, _ call: Call) throws -> ShownVoucher {
        let shown = try service.shown(text, call, at: service.now)
        if case .number = shown, caller.outlet != nil {
            throw ServiceError.refused(.tokenRequired, event: nil)
        }
        return shown
    }

    /// - Throws: ``AccessRefusal/elsewhere`` where it was authorised at an outlet that is not the caller's.
    func demandPlace(of authorisation: AuthorisationID) throws {
        guard caller.outlet != nil else { return }
        let outlet = try service.state {
            $0.authorisations.contains(authorisation) ? $0.authorisations[authorisation].outlet : nil
        }
        guard let outlet else { throw missing(.authorisation, authorisation) }
        try caller.demand(outlet: outlet)
    }

    /// - Throws: ``AccessRefusal/elsewhere`` where it was redeemed at an outlet that is not the caller's.
    func demandPlace(of redemption: RedemptionID) throws {
        guard caller.outlet != nil else { return }
        let outlet = try service.state {
            $0.redemptions.contains(redemption) ? $0.redemptions[redemption].outlet : nil
        }
        guard let outlet else { throw missing(.redemption, redemption) }
        try caller.demand(outlet: outlet)
    }
}
