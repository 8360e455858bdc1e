import CBOR
import LedgerDomain

/// Accounts, grants and what the door records.
extension Season {
    mutating func keepTheDoor() throws {
        try refuse(.accountInvalid, grant("till 1", .administrator))
        try refuse(.rolesInvalid, grant("居民-1", .resident))
        try refuse(.rolesNeedPlace, grant("收银-1", .cashier))
        try refuse(.notAdministrator, grant("admin", .administrator))
        try give(grant("admin", .administrator), by: "system")
        try refuse(.notAdministrator, grant("finance", .financeOfficer))
        try refuse(.ownAccount, grant("admin", .administrator, .financeOfficer), by: "admin")
        try give(grant("finance", .financeOfficer, .auditor), by: "admin")
        try give(
            GrantRoles.with { ($0.account, $0.roles, $0.outlet) = ("收银-1", [.cashier], OutletID(1)) },
            by: "admin")
        try give(
            GrantRoles.with { ($0.account, $0.roles, $0.merchant) = ("会计-1", [.bookkeeper], MerchantID(1)) },
            by: "admin")
        try give(grant("second"), by: "admin")
        try refuse(.accountUnknown, record(.invited, "second"), by: "admin")
        try refuse(.ownAccount, record(.invited, "admin"), by: "admin")
        try give(record(.invited, "admin"), by: "system")
        try give(record(.invited, "finance"), by: "admin")
        for kind in AccessKind.allCases where ![.granted, .invited].contains(kind) && !kind.isAboutResident {
            try give(record(kind, "finance"), by: "finance")
        }
        try refuse(.textOutOfRange, record(.revealed, ""), by: "finance")
        for kind in AccessKind.allCases where kind.isAboutResident {
            try give(
                RecordAccess.with {
                    ($0.kind, $0.about, $0.subject) = (kind, "核对身份", StorageConformance.digest(5))
                }, by: "finance")
        }
    }

    private func grant(_ account: String, _ roles: Role...) -> GrantRoles {
        .with { ($0.account, $0.roles) = (account, roles) }
    }

    private func record(_ kind: AccessKind, _ account: String) -> RecordAccess {
        .with { ($0.kind, $0.account, $0.about) = (kind, account, "approvePlan") }
    }
}
