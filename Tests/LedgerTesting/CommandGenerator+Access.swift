import CBOR
import LedgerDomain

// Accounts and what happens at the door.
extension CommandGenerator {
    mutating func grantRoles(_ model: ReferenceModel) -> GrantRoles {
        actAsAdministrator(model)
        let known = model.accounts.keys.sorted()
        let names = ["甲", "乙", "丙", "收银-1", "账号 一", "system", "resident", ""]
        let offered: [Role] = [.administrator, .programmeOfficer, .financeApprover, .auditor]
        var roles = offered.filter { _ in chance(400) }
        let merchant = chance(150) ? key(model.merchants) : nil
        let outlet = chance(150) ? key(model.outlets) : nil
        if outlet != nil, chance(900) { roles.append(.cashier) }
        if merchant != nil, chance(900) { roles.append(.bookkeeper) }
        if chance(900) { roles.sort { $0.rawValue < $1.rawValue } }
        if chance(50) { roles.append(.resident) }
        return .with {
            $0.account = (chance(500) ? pick(known) : nil) ?? pick(names) ?? "甲"
            $0.roles = roles
            $0.merchant = merchant
            $0.outlet = outlet
        }
    }

    mutating func recordAccess(_ model: ReferenceModel) -> RecordAccess {
        actAsAdministrator(model)
        let kind = pick(AccessKind.allCases) ?? .signedIn
        return .with {
            $0.kind = kind
            $0.account = pick(model.accounts.keys.sorted() + ["nobody"]) ?? ""
            $0.about = chance(900) ? text("核对身份") : ""
            $0.subject = kind.isAboutResident == chance(950) ? Digest128(high: 7, low: 1) : nil
        }
    }

    /// Sets the principal: mostly an administrator, now and then the machine's owner.
    private mutating func actAsAdministrator(_ model: ReferenceModel) {
        let administrators = model.accounts.filter { $0.value.contains(.administrator) }.keys.sorted()
        if let name = pick(administrators), chance(700), let known = Principal(name) { principal = known }
        if chance(administrators.isEmpty ? 500 : 50) { principal = .system }
    }
}
