package import LedgerDomain

extension Role {
    /// What each role may do (DESIGN §10): the one table that every way in goes by.
    package var permissions: Set<Permission> {
        switch self {
        case .administrator: [.read, .accounts, .terminals, .audit, .administer, .tokenKeys, .erase]
        case .programmeOfficer: [.read, .programmes, .residents, .issue, .claim, .admissions, .draw]
        case .programmeApprover: [.read, .approveProgrammes, .draw]
        case .financeOfficer: [.read, .money, .settlements, .trade, .dispute, .risks, .exchange]
        case .financeApprover: [.read, .approveMoney, .approveSettlements, .trade, .risks]
        case .merchantManager: [.read, .merchants, .trade, .risks]
        case .cashier: [.redeem, .refund]
        case .bookkeeper: [.trade, .dispute]
        case .assistant: [.claim, .residents, .reveal]
        case .operatorAgency: [.read, .programmes, .issue, .claim, .admissions]
        case .auditor: [.read, .audit, .reveal, .trade, .risks]
        case .resident: [.own]
        }
    }

    /// Whether somebody signs in as it with a password; a cashier does at a terminal, a resident by phone.
    package var signsIn: Bool { self != .cashier && self != .resident }
}
