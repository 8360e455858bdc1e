import Cryptography
package import LedgerDomain

extension LedgerService {
    /// Gives an account its roles in place of those that it had.
    package func grant(
        _ account: String, _ roles: Set<Role>, merchant: MerchantID? = nil, outlet: OutletID? = nil,
        _ call: Call
    ) async throws(ServiceError) -> Receipt<GrantRoles> {
        try await perform(
            GrantRoles.with {
                $0.account = account
                $0.roles = roles.sorted { $0.rawValue < $1.rawValue }
                $0.merchant = merchant
                $0.outlet = outlet
            }, call)
    }

    /// Records what happened at the door.
    @discardableResult
    package func record(
        _ kind: AccessKind, _ account: String, about: String = "", _ call: Call
    ) async throws(ServiceError) -> Receipt<RecordAccess> {
        try await perform(
            RecordAccess.with { ($0.kind, $0.account, $0.about) = (kind, account, about) }, call)
    }

    /// Records that somebody who was let in asked for what they may not do.
    package func recordDenial(of caller: Caller, _ operation: String) async throws(ServiceError) {
        try await record(
            .denied, "", about: operation, Call(caller.principal, key: SecureRandom.bytes(16).hexadecimal))
    }

    /// A resident in clear, for a reason; the look is recorded before anything is shown.
    package func reveal(
        _ identityNumber: String, because reason: String, _ call: Call
    ) async throws(ServiceError) -> (details: ResidentDetails, receipt: Receipt<RecordAccess>) {
        guard let details = try people.resident(identityNumber) else {
            throw .notFound(.resident, masked(identityNumber))
        }
        let receipt = try await perform(
            RecordAccess.with {
                ($0.kind, $0.about) = (.revealed, reason)
                $0.subject = people.identity(identityNumber)
            }, call)
        try receipt.demandRecent("This look was recorded long ago. Look again under a new key.", self)
        return (details, receipt)
    }

    /// What the machine records on its own, under a key of its own.
    var systemCall: Call { Call(.system, key: SecureRandom.bytes(16).hexadecimal) }
}

extension Receipt<RecordAccess> {
    /// What is shown once is shown to a retry for ten minutes, and not for ever to whoever has its key.
    func demandRecent(_ sentence: String, _ service: LedgerService) throws(ServiceError) {
        guard service.now < instant.adding(10 * Instant.minute) else { throw .invalid(sentence) }
    }
}
