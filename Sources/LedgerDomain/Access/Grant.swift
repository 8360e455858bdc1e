/// The roles of an account, and where they hold.
package struct Grant: Equatable, Sendable, Codable {
    /// Ascending, each once.
    package var roles: [Role]
    /// Whose books a bookkeeper reads; ``MerchantID/none`` for everybody else.
    package var merchant: MerchantID
    /// Where a cashier redeems; ``OutletID/none`` for everybody else.
    package var outlet: OutletID

    package init(roles: [Role], merchant: MerchantID = .none, outlet: OutletID = .none) {
        self.roles = roles
        self.merchant = merchant
        self.outlet = outlet
    }
}

extension LedgerState {
    /// Whether nobody but an administrator decides about accounts: from the first one on.
    var hasAdministrator: Bool { grants.values.contains { $0.roles.contains(.administrator) } }

    /// Whether this account is an administrator's.
    package func isAdministrator(_ account: String) -> Bool {
        grants[account]?.roles.contains(.administrator) == true
    }
}

extension String {
    /// Whether it names an account: 1 to 48 bytes of letters and digits of any script, `-`, `_` and `.`; so it is never
    /// taken for a machine's key, a till or a resident, whose names have spaces. `system` is the machine's own.
    package var isAccountName: Bool {
        (1...48).contains(utf8.count) && self != Principal.system.name
            && unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "-_.".unicodeScalars.contains($0)
            }
    }
}
