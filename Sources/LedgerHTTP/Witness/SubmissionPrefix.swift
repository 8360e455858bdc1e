/// The path below which a witness takes checkpoints (C2SP tlog-witness, "submission prefix"): empty, or such as
/// `/witness`.
package struct SubmissionPrefix: Hashable, Sendable, CustomStringConvertible {
    /// The path, without a slash at its end.
    package let path: String

    /// Checkpoints are taken at the root.
    package static let none = SubmissionPrefix(checked: "")

    /// Takes a path of words after slashes; a slash at the end is left out.
    ///
    /// `nil` when a word is empty, `.` or `..`, or has anything but letters, digits and `-._~` (RFC 3986 §2.3).
    package init?(_ text: String) {
        let path = text.hasSuffix("/") ? String(text.dropLast()) : text
        let words = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = words.first, first.isEmpty, words.dropFirst().allSatisfy(SubmissionPrefix.isWord)
        else { return nil }
        self.init(checked: path)
    }

    private init(checked path: String) { self.path = path }

    package var description: String { path }

    private static func isWord(_ text: Substring) -> Bool {
        !text.isEmpty && text != "." && text != ".."
            && text.unicodeScalars.allSatisfy {
                $0.isASCII && ($0.properties.isAlphabetic || "0123456789-._~".unicodeScalars.contains($0))
            }
    }
}
