package import CBOR

/// Gives an account its roles in place of those that it had; none shuts it out.
///
/// Whoever has the machine makes the first administrator, as `system`. From then on administrators grant, nobody to
/// themselves, so that one always remains; the machine's owner still may, and the record says so.
package struct GrantRoles: Operation {
    package static let type = OperationType.grantRoles

    package typealias Accepted = NoFields

    package var account: String = ""
    /// Ascending, each once.
    package var roles: [Role] = []
    /// For a bookkeeper.
    package var merchant: MerchantID?
    /// For a cashier.
    package var outlet: OutletID?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &account)
        try coder.field(17, &roles)
        try coder.field(18, &merchant)
        try coder.field(19, &outlet)
    }
}

extension GrantRoles {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        if let merchant, !state.merchants.contains(merchant) { return .failure(.unknownMerchant) }
        if let outlet, !state.outlets.contains(outlet) { return .failure(.unknownOutlet) }
        guard account.isAccountName else { return .failure(.accountInvalid) }
        guard !roles.contains(.resident),
            zip(roles, roles.dropFirst()).allSatisfy({ $0.rawValue < $1.rawValue })
        else { return .failure(.rolesInvalid) }
        guard roles.contains(.bookkeeper) == (merchant != nil), roles.contains(.cashier) == (outlet != nil)
        else {
            return .failure(.rolesNeedPlace)
        }
        if let refusal = state.refusal(ofDeciding: account, context) { return .failure(refusal) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.grants[account] =
            roles.isEmpty
            ? nil
            : Grant(
                roles: roles, merchant: merchant ?? .none, outlet: outlet ?? .none,
                since: state.grants[account]?.since ?? context.number)
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .access(
                AccessRow(
                    event: context.number, kind: .granted, account: account,
                    about: roles.map(\.name).joined(separator: " "), principal: context.principal,
                    instant: context.instant)))
    }
}

extension LedgerState {
    /// Why this one does not decide about an account; `nil` where they do.
    func refusal(ofDeciding account: String, _ context: Context) -> Refusal? {
        guard context.principal != .system else { return nil }
        guard context.principal.name != account else { return .ownAccount }
        return isAdministrator(context.principal.name) ? nil : .notAdministrator
    }
}
