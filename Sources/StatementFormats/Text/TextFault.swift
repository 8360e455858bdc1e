/// Why a text that a person entered is not the value it should be; a reader adds file, line and field.
///
/// The message quotes the text, except where it is personal data.
package struct TextFault: Error, Equatable {
    /// What is wrong, in English, without a full stop.
    package var message: String
    /// What would be right: the words allowed, or the form of the value.
    package var allowed: [String] = []
}

extension TextFault {
    /// The fault's message and what is allowed in one sentence, for files that show a row's fault on one line.
    package var sentence: String {
        allowed.isEmpty ? message : "\(message); allowed: \(allowed.joined(separator: ", "))"
    }
}
