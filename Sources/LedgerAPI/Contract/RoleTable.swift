import HTTPTypes
package import LedgerDomain
import LedgerService

/// Who may do what (DESIGN §10): every operation of the interface against every role, as a table for auditors.
package enum RoleTable {
    /// The table as it is in `Schema/roles.csv`: `yes` where a role may ask for an operation.
    package static var text: String {
        let head = ["operation", "method", "address", "scope"] + Role.allCases.map(\.name)
        let rows = Endpoint.all.map { endpoint in
            [endpoint.name, endpoint.method.rawValue, endpoint.address, endpoint.permission?.rawValue ?? ""]
                + Role.allCases.map { endpoint.isOpen(to: $0) ? "yes" : "" }
        }
        return ([head] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }
}

extension Endpoint {
    /// Whether somebody of this role may ask for it; what lets people in is open to everybody.
    package func isOpen(to role: Role) -> Bool {
        guard let permission else { return true }
        return role.permissions.contains(permission) || (permission == .session && role.signsIn)
    }
}
