import Foundation
import LedgerAPI
import LedgerService
import Testing

@Suite("The description of the interface")
struct ContractTests {
    private var file: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Schema/openapi.yaml")
    }

    @Test("Schema/openapi.yaml is what the router serves, to the byte")
    func contract() throws {
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
        #expect(Set(all.map(\.permission)) == Set(Permission.allCases))
    }
}
