/// Guesses what a person meant who mistyped a word.
package enum Suggestion {
    /// `sentence`, with the nearest of `words` as a question behind it where one is near.
    package static func sentence(_ sentence: String, for text: String, among words: [String]) -> String {
        guard let word = nearest(to: text, among: words) else { return sentence }
        return "\(sentence); did you mean “\(word)”?"
    }

    /// The word that is at most two slips away, and less than half of it.
    package static func nearest(to text: String, among words: [String]) -> String? {
        let entered = normal(text)
        guard entered.count <= 40 else { return nil }
        let near = words.map { (word: $0, slips: slips(from: entered, to: normal($0))) }
            .filter { $0.slips <= 2 && $0.slips * 2 < max($0.word.count, 2) }
        return near.min { $0.slips < $1.slips }?.word
    }

    /// The letters alone: `own_payment` and `ownPayment` are both `own-payment`.
    private static func normal(_ text: String) -> [Character] {
        text.lowercased().filter { $0 != "-" && $0 != "_" && !$0.isWhitespace }
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string alignment).
    private static func slips(from left: [Character], to right: [Character]) -> Int {
        var before: [Int] = []
        var previous = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                var least = min(
                    previous[column + 1] + 1, current[column] + 1,
                    previous[column] + (left[row] == right[column] ? 0 : 1))
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    least = min(least, before[column - 1] + 1)
                }
                current.append(least)
            }
            before = previous
            previous = current
        }
        return previous.last ?? 0
    }
}
