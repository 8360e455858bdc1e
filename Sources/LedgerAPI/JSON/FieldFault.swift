package import LedgerDomain

/// What is wrong with one field of a request, and what would be right.
package struct FieldFault: Error, Equatable, Sendable {
    /// Where it is, such as `details.items.0.paid`; empty for the document as a whole.
    package var field: String
    package var sentence: Sentence

    package init(_ field: String, _ sentence: Sentence) {
        self.field = field
        self.sentence = sentence
    }

    /// A fault at the place that a decoder is at.
    init(_ path: [any CodingKey], _ sentence: Sentence) {
        self.init(
            path.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: "."), sentence)
    }
}
