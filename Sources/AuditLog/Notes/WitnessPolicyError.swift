/// Why a text is not a policy, and in which line, for whoever wrote it.
package struct WitnessPolicyError: Error, Equatable, Sendable {
    /// Counted from 1; for what is missing, the line after the last one.
    package let line: Int
    /// What is wrong there.
    package let reason: Reason

    /// What can be wrong with a line.
    package enum Reason: Error, Equatable, Sendable {
        /// The file is longer than ``WitnessPolicy/maximumLength``.
        case tooLong
        /// A control character other than tab and newline.
        case controlCharacter(UInt8)
        /// The last line does not end in a newline: the file may have been cut off.
        case unterminated
        /// The line begins with none of `log`, `witness`, `group` and `quorum`.
        case keyword
        /// Too few or too many words for what the line begins with.
        case wordCount
        case key(VerifierKeyError)
        /// A log's key must have type 0x01, and a witness's type 0x04.
        case keyType(NoteKeyType)
        /// An earlier log, or an earlier witness, has the same public key.
        case repeatedKey
        /// Nothing may be called `none`.
        case reservedName
        /// An earlier witness or group has this name.
        case repeatedName(PolicyName)
        /// No line above defines this witness or group.
        case unknownName(PolicyName)
        /// This witness or group is a member already: each can count in one way only.
        case repeatedMember(PolicyName)
        /// Neither `all`, `any` nor a number from 1 to the number of members.
        case threshold
        /// A second `quorum` line.
        case repeatedQuorum
        /// No `quorum` line.
        case missingQuorum
    }
}
