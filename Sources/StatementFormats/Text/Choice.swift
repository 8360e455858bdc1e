/// The words that a field may have, and what each of them means.
struct Choice<Value: Sendable>: Sendable {
    private let words: [(word: String, value: Value)]

    /// Takes the words in the order they are shown; several words may mean the same.
    init(_ words: KeyValuePairs<String, Value>) {
        self.words = words.map { ($0.key, $0.value) }
    }

    /// What a word means, in upper or lower case.
    func value(of text: String) throws(TextFault) -> Value {
        let entered = text.lowercased()
        if let found = words.first(where: { $0.word == entered }) { return found.value }
        let allowed = words.map(\.word)
        throw TextFault(
            message: Suggestion.sentence("“\(text)” is not known", for: text, among: allowed),
            allowed: allowed)
    }
}
