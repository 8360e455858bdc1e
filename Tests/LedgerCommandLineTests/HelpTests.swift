import ArgumentParser
import LedgerCommandLine
import Testing

@Suite("Help")
struct HelpTests {
    /// Every command that does something, with the words that call it.
    static let commands: [(words: [String], type: any ParsableCommand.Type)] = leaves(
        of: WenhuiCommand.self, words: [])

    private static func leaves(
        of type: any ParsableCommand.Type, words: [String]
    ) -> [(words: [String], type: any ParsableCommand.Type)] {
        let children = type.configuration.subcommands
        guard !children.isEmpty else { return [(words, type)] }
        return children.flatMap { leaves(of: $0, words: words + [$0._commandName]) }
    }

    @Test("every command's help has an example, and the example can be parsed as it stands")
    func examples() throws {
        #expect(HelpTests.commands.count > 40)
        for (words, type) in HelpTests.commands {
            let discussion = type.configuration.discussion
            guard let start = discussion.firstRange(of: "Example: wenhui ") else {
                Issue.record("\(words.joined(separator: " ")) has no example")
                continue
            }
            let example = discussion[start.upperBound...].split(separator: "\n").first.map(String.init) ?? ""
            let typed = example.split(separator: " ").map(String.init)
            #expect(throws: Never.self, "wenhui \(example)") {
                let parsed = try WenhuiCommand.parseAsRoot(typed)
                #expect(Swift.type(of: parsed) == type, "wenhui \(example)")
            }
        }
    }
}
