package import LedgerDomain

/// Who asks, once it is known and let in.
package struct Caller: Equatable, Sendable {
    package var principal: Principal
    package var permissions: Set<Permission>

    package init(_ principal: Principal, _ permissions: Set<Permission>) {
        self.principal = principal
        self.permissions = permissions
    }

    /// - Throws: ``AccessRefusal/scope`` where they may not do this.
    package func demand(_ permission: Permission) throws(AccessRefusal) {
        guard permissions.contains(permission) else { throw .scope }
    }
}
