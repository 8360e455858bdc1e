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

extension WitnessPolicyError: CustomStringConvertible {
    package var description: String { "line \(line): \(reason)" }
}

extension WitnessPolicyError.Reason: CustomStringConvertible {
    /// What is wrong, as the end of a sentence.
    package var description: String {
        switch self {
        case .tooLong: "the file is longer than \(WitnessPolicy.maximumLength) bytes"
        case .controlCharacter(let byte): "a control character (\(byte))"
        case .unterminated: "the line does not end with a newline; the file may have been cut off"
        case .keyword: "a line begins with log, witness, group or quorum"
        case .wordCount: "too few or too many words"
        case .key(let error): "the key: \(error)"
        case .keyType(let type): "a key of type \(type.rawValue); a log has type 1, a witness type 4"
        case .repeatedKey: "an earlier line has the same key"
        case .reservedName: "nothing may be called none"
        case .repeatedName(let name): "an earlier line defines \(name)"
        case .unknownName(let name): "no line above defines \(name)"
        case .repeatedMember(let name): "\(name) is a member of a group already"
        case .threshold: "the threshold is all, any or a number up to that of the members"
        case .repeatedQuorum: "a second quorum line"
        case .missingQuorum: "there is no quorum line"
        }
    }
}
