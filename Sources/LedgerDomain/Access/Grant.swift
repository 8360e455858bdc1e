/// The roles of an account, and where they hold.
package struct Grant: Equatable, Sendable, Codable {
    /// Ascending, each once.
    package var roles: [Role]
    /// Whose books a bookkeeper reads; ``MerchantID/none`` for everybody else.
    package var merchant: MerchantID
    /// Where a cashier redeems; ``OutletID/none`` for everybody else.
    package var outlet: OutletID
    /// The event since which the account has had roles without a gap: what proved it before proves nothing now.
    package var since: UInt64

    package init(roles: [Role], merchant: MerchantID = .none, outlet: OutletID = .none, since: UInt64 = 0) {
        self.roles = roles
        self.merchant = merchant
        self.outlet = outlet
        self.since = since
    }
}

extension LedgerState {
    /// Whether this account is an administrator's.
    package func isAdministrator(_ account: String) -> Bool {
        grants[account]?.roles.contains(.administrator) == true
    }
}

extension String {
    /// Whether it names an account: 1 to 48 bytes of letters and digits of any script, `-`, `_` and `.`; so it is never
    /// taken for a machine's key, a till or a resident, whose names have spaces. `system` is the machine's own
    /// and `resident` is every resident's.
    package var isAccountName: Bool {
        (1...48).contains(utf8.count) && self != Principal.system.name && self != Principal.resident.name
            && unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || $0.properties.numericType != nil
                    || "-_.".unicodeScalars.contains($0)
            }
    }
}
