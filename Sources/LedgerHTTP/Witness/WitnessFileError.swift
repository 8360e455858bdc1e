/// Why a witness's state cannot be read or kept; each case tells a person what to do.
///
/// None of them is answered by beginning anew: a witness that forgets can be made to cosign a fork.
package enum WitnessFileError: Error, Equatable, Sendable {
    /// There is a state at this path already.
    case exists(String)
    /// There is no state at this path.
    case missing(String)
    /// The state was written by a newer version of the program.
    case newer(String)
    /// The file is not, byte for byte, what a witness writes.
    case damaged(String)
    /// The operating system refused to read, lock or write it.
    case refused(String, reason: String)

    /// What happened and what to do, for a person.
    package var sentence: String {
        switch self {
        case .exists(let path):
            "\(path) exists already: this witness has begun. Start it without making a new state."
        case .missing(let path):
            "There is no witness's state at \(path). Make one only for a witness whose key has never cosigned "
                + "anything; \(WitnessFileError.remedy)"
        case .newer(let path):
            "\(path) was written by a newer version of wenhui. Use that version."
        case .damaged(let path):
            "\(path) is damaged, and nothing is cosigned until that is put right. Neither delete it nor bring "
                + "back an older copy: the witness could be made to cosign a second history. "
                + "\(WitnessFileError.remedy.capitalizedFirst)"
        case .refused(let path, let reason):
            "\(path) cannot be used, and nothing is cosigned: \(reason)"
        }
    }

    private static let remedy =
        "if the state is lost, give the witness a new key and begin a new state with it."
}

extension String {
    /// The text with its first letter in upper case.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
