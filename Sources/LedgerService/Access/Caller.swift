package import LedgerDomain

/// Who asks, once it is known and let in.
package struct Caller: Equatable, Sendable {
    package var principal: Principal
    package var permissions: Set<Permission>

    /// The only outlet at which they sell; everywhere where `nil`.
    package var outlet: OutletID?
    /// The terminal at which they stand.
    package var terminal: TerminalID?
    /// The only merchant whose books they read; everybody's where `nil`.
    package var merchant: MerchantID?
    /// The platform for whose accounts they speak.
    package var platform: String?
    /// The resident that they are, as the vault finds them.
    package var resident: Digest128?
    /// The sign-in by which they came, by the digest that the office knows it by.
    package var signIn: [UInt8]?
    /// What their browser sends with every change.
    package var forgeryToken: String?

    package init(_ principal: Principal, _ permissions: Set<Permission>) {
        self.principal = principal
        self.permissions = permissions
    }

    /// What tells them apart from everybody else, for counting what they ask.
    package var name: String { resident.map { "resident \($0)" } ?? principal.name }

    /// - Throws: ``AccessRefusal/elsewhere`` where they do not sell at this outlet.
    package func demand(outlet: OutletID) throws(AccessRefusal) {
        guard self.outlet == nil || self.outlet == outlet else { throw .elsewhere }
    }

    /// - Throws: ``AccessRefusal/elsewhere`` where they do not read this merchant's books.
    package func demand(merchant: MerchantID) throws(AccessRefusal) {
        guard self.merchant == nil || self.merchant == merchant else { throw .elsewhere }
    }

    /// - Throws: ``AccessRefusal/platform`` where they do not speak for this one.
    package func demand(platform: String) throws(AccessRefusal) {
        guard self.platform == platform else { throw .platform }
    }

    /// - Throws: ``AccessRefusal/scope`` where they may not do this.
    package func demand(_ permission: Permission) throws(AccessRefusal) {
        guard permissions.contains(permission) else { throw .scope }
    }
}
