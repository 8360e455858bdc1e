import ArgumentParser
import LedgerCommandLine
import Testing

@Suite("Help")
struct HelpTests {
    /// Every command and every group of commands.
    static let commands = below(WenhuiCommand.self)

    private static func below(_ type: any ParsableCommand.Type) -> [any ParsableCommand.Type] {
        [type] + type.configuration.subcommands.flatMap { below($0) }
    }

    @Test("every command's help has an example, and the example can be parsed as it stands")
    func examples() throws {
        #expect(HelpTests.commands.count > 40)
        for type in HelpTests.commands {
            let discussion = type.configuration.discussion
            guard let start = discussion.firstRange(of: "Example: wenhui ") else {
                Issue.record("\(type) has no example")
                continue
            }
            let example = discussion[start.upperBound...].split(separator: "\n").first.map(String.init) ?? ""
            let typed = example.split(separator: " ").map(String.init)
            #expect(throws: Never.self, "wenhui \(example)") {
                let parsed = try WenhuiCommand.parseAsRoot(typed)
                // A group's example is one of its commands'.
                let isGroup = !type.configuration.subcommands.isEmpty
                #expect(isGroup || Swift.type(of: parsed) == type, "wenhui \(example)")
            }
        }
    }
}
