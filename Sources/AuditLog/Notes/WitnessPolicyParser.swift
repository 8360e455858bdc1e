/// Takes the lines of a policy file one by one (C2SP tlog-policy, "Policy file syntax and structure").
struct WitnessPolicyParser {
    private var policy = WitnessPolicy()
    /// The names that witnesses and groups have so far.
    private var names: Set<PolicyName> = []
    /// The names that are members of a group.
    private var members: Set<PolicyName> = []
    private var hasQuorum = false

    private typealias Reason = WitnessPolicyError.Reason
    private typealias Word = ArraySlice<UInt8>

    /// Takes a line without its newline.
    mutating func read(_ line: ArraySlice<UInt8>) throws(WitnessPolicyError.Reason) {
        if let octet = line.first(where: { $0 < 0x20 && $0 != UInt8(ascii: "\t") || $0 == 0x7f }) {
            throw .controlCharacter(octet)
        }
        let words = line.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard let keyword = words.first, keyword.first != UInt8(ascii: "#") else { return }
        let rest = Array(words.dropFirst())
        switch String(decoding: keyword, as: UTF8.self) {
        case "log": try readLog(rest)
        case "witness": try readWitness(rest)
        case "group": try readGroup(rest)
        case "quorum": try readQuorum(rest)
        default: throw .keyword
        }
    }

    /// The policy, when all lines have been read.
    func finish() throws(WitnessPolicyError.Reason) -> WitnessPolicy {
        guard hasQuorum else { throw .missingQuorum }
        return policy
    }

    private mutating func readLog(_ words: [Word]) throws(Reason) {
        guard words.count == 1 || words.count == 2 else { throw .wordCount }
        let key = try self.key(words[0], type: .ed25519)
        guard !policy.logs.contains(where: { $0.key.publicKey == key.publicKey }) else { throw .repeatedKey }
        policy.logs.append(WitnessPolicy.Log(key: key, url: words.dropFirst().first.map { Array($0) }))
    }

    private mutating func readWitness(_ words: [Word]) throws(Reason) {
        guard words.count == 2 || words.count == 3 else { throw .wordCount }
        let name = try newName(words[0])
        let key = try self.key(words[1], type: .cosignature)
        guard !policy.witnesses.contains(where: { $0.key.publicKey == key.publicKey }) else {
            throw .repeatedKey
        }
        names.insert(name)
        policy.witnesses.append(
            WitnessPolicy.Witness(name: name, key: key, url: words.dropFirst(2).first.map { Array($0) }))
    }

    private mutating func readGroup(_ words: [Word]) throws(Reason) {
        guard words.count >= 3 else { throw .wordCount }
        let name = try newName(words[0])
        var group: [PolicyName] = []
        for word in words.dropFirst(2) {
            let member = PolicyName(word)
            guard names.contains(member) else { throw .unknownName(member) }
            guard members.insert(member).inserted else { throw .repeatedMember(member) }
            group.append(member)
        }
        let threshold = try self.threshold(words[1], members: group.count)
        names.insert(name)
        policy.groups.append(WitnessPolicy.Group(name: name, threshold: threshold, members: group))
    }

    private mutating func readQuorum(_ words: [Word]) throws(Reason) {
        guard !hasQuorum else { throw .repeatedQuorum }
        guard words.count == 1 else { throw .wordCount }
        let name = PolicyName(words[0])
        guard name == .nobody || names.contains(name) else { throw .unknownName(name) }
        policy.quorum = name == .nobody ? nil : name
        hasQuorum = true
    }

    /// The name of a new witness or group.
    private func newName(_ word: Word) throws(Reason) -> PolicyName {
        let name = PolicyName(word)
        guard name != .nobody else { throw .reservedName }
        guard !names.contains(name) else { throw .repeatedName(name) }
        return name
    }

    private func key(_ word: Word, type: NoteKeyType) throws(Reason) -> NoteVerifierKey {
        guard let text = String(validating: word, as: UTF8.self) else { throw .key(.malformed) }
        let key: NoteVerifierKey
        do throws(VerifierKeyError) {
            key = try NoteVerifierKey(text)
        } catch {
            throw .key(error)
        }
        guard key.type == type else { throw .keyType(key.type) }
        return key
    }

    private func threshold(_ word: Word, members: Int) throws(Reason) -> WitnessPolicy.Threshold {
        if word.elementsEqual("all".utf8) { return .all }
        if word.elementsEqual("any".utf8) { return .any }
        guard let count = UInt64(decimal: word), count >= 1, count <= UInt64(members) else {
            throw .threshold
        }
        return .atLeast(Int(count))
    }
}
