internal import CBOR

/// What somebody is in a county's work (DESIGN §10). What each may do is the business of whoever lets people in.
package enum Role: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    case administrator = 1
    case programmeOfficer, programmeApprover, financeOfficer, financeApprover, merchantManager
    /// Redeems at the outlet that the grant names.
    case cashier
    /// Reads what the merchant that the grant names sold and is owed.
    case bookkeeper
    case assistant, operatorAgency, auditor
    /// Whoever claims and spends; nobody is granted it.
    case resident

    /// The name that commands and the interface use.
    package var name: String {
        switch self {
        case .administrator: "administrator"
        case .programmeOfficer: "programme-officer"
        case .programmeApprover: "programme-approver"
        case .financeOfficer: "finance-officer"
        case .financeApprover: "finance-approver"
        case .merchantManager: "merchant-manager"
        case .cashier: "cashier"
        case .bookkeeper: "bookkeeper"
        case .assistant: "assistant"
        case .operatorAgency: "operator"
        case .auditor: "auditor"
        case .resident: "resident"
        }
    }

    package init?(name: String) {
        guard let role = Role.allCases.first(where: { $0.name == name }) else { return nil }
        self = role
    }
}
