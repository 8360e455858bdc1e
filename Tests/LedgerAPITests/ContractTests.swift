import Foundation
import LedgerAPI
import LedgerDomain
import LedgerService
import Testing

@Suite("The description of the interface")
struct ContractTests {
    private func file(_ name: String) -> URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Schema/\(name)")
    }

    @Test("Schema/roles.csv is what the server lets every role do, to the byte")
    func roles() throws {
        if ProcessInfo.processInfo.environment["WENHUI_RECORD"] == "1" {
            try Data(RoleTable.text.utf8).write(to: file("roles.csv"))
        }
        #expect(
            try String(contentsOf: file("roles.csv"), encoding: .utf8) == RoleTable.text,
            "Who may do what has changed: look at the difference after WENHUI_RECORD=1 swift test --filter ContractTests"
        )
    }

    @Test("Nobody makes and approves the same money by role, and auditors and operators move none")
    func separation() {
        let pairs: [(Permission, Permission)] = [
            (.money, .approveMoney), (.programmes, .approveProgrammes), (.settlements, .approveSettlements),
            (.accounts, .approveMoney), (.accounts, .approveSettlements), (.redeem, .settlements),
        ]
        for role in Role.allCases {
            for (maker, checker) in pairs {
                #expect(
                    !role.permissions.isSuperset(of: [maker, checker]),
                    "\(role.name): \(maker) and \(checker)")
            }
        }
        let money: Set<Permission> = [
            .money, .approveMoney, .settlements, .approveSettlements, .approveProgrammes, .refund, .redeem,
        ]
        #expect(Role.operatorAgency.permissions.isDisjoint(with: money))
        #expect(Role.auditor.permissions == [.read, .audit, .reveal, .trade, .risks])
        #expect(Role.resident.permissions == [.own])
        #expect(Permission.scopes.allSatisfy { $0 != .own && $0 != .session })
    }

    @Test("Schema/openapi.yaml is what the router serves, to the byte")
    func contract() throws {
        let file = file("openapi.yaml")
        let yaml = try OpenAPI.yaml()
        if ProcessInfo.processInfo.environment["WENHUI_RECORD"] == "1" {
            try Data(yaml.utf8).write(to: file)
        }
        let written = try String(contentsOf: file, encoding: .utf8)
        #expect(
            written == yaml,
            "The interface has changed: look at the difference after WENHUI_RECORD=1 swift test --filter ContractTests"
        )
    }

    @Test("Names and addresses are unique, and every permission opens something")
    func endpoints() {
        let all = Endpoint.all
        #expect(Set(all.map(\.name)).count == all.count)
        #expect(Set(all.map { "\($0.method) \($0.address)" }).count == all.count)
        #expect(Set(all.compactMap(\.permission)) == Set(Permission.allCases))
    }
}
