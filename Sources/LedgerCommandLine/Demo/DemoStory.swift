import Foundation

/// What the demonstration says while it runs.
struct DemoStory: Sendable {
    var isQuiet: Bool
    /// Where things really are while it runs …
    var folder: String
    /// … and where they will be.
    var shownAs: String

    func say(_ text: String) {
        guard !isQuiet else { return }
        Console.print(text.replacing(folder, with: shownAs))
    }

    func heading(_ text: String) { say("\n── \(text)") }

    /// Shows a command as the officer would type it.
    func show(command words: [String]) {
        let quoted = words.map { word in
            word.contains(where: { " ()|&;<>$".contains($0) }) ? "'\(word)'" : word
        }
        say("$ wenhui " + quoted.joined(separator: " "))
    }

    func show(_ report: Report) {
        guard !isQuiet else { return }
        let quiet = ["key", "instant"]
        var shown = report
        shown.facts.removeAll { quiet.contains($0.key) }
        guard !shown.text.isEmpty else { return }
        if shown.document != nil {
            say(shown.text.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
            return
        }
        if shown.tables.isEmpty {
            let line = shown.facts.map { fact in
                let label = fact.label.split(separator: " ").first.map(String.init) ?? fact.label
                return "\(label) \(fact.value.forPeople)"
            }.joined(separator: " · ")
            say("    \(line)")
        } else {
            say(shown.text)
        }
    }
}
