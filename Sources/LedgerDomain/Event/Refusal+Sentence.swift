/// A sentence for people, in the two languages every answer comes in.
package struct Sentence: Hashable, Sendable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }
}

extension Refusal {
    /// The stable code that machines see, such as `voucher.expired`.
    package var code: String { entry.code }
    /// What a cashier or an officer reads.
    package var sentence: Sentence { entry.sentence }

    /// A code with its sentences.
    struct Entry {
        var code: String
        var sentence: Sentence
        init(_ code: String, _ chinese: String, _ english: String) {
            self.code = code
            sentence = Sentence(chinese, english)
        }
    }

    private var entry: Entry { Refusal.entries[self] ?? Entry("unknown", "\(self)", "\(self)") }

    private static let entries = [inputEntries, programmeEntries, saleEntries, closingEntries]
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
}
