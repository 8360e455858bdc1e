extension WitnessPolicy {
    /// Policies may be 256 KiB long, many times what the standard asks to support.
    package static let maximumLength = 262_144

    /// Reads a policy file, with comments and blanks as the standard allows them.
    package init(_ bytes: [UInt8]) throws(WitnessPolicyError) {
        guard bytes.count <= WitnessPolicy.maximumLength else {
            throw WitnessPolicyError(line: 1, reason: .tooLong)
        }
        var parser = WitnessPolicyParser()
        var lines = LineReader(bytes)
        var number = 1
        do throws(WitnessPolicyError.Reason) {
            while let line = lines.next() {
                try parser.read(line)
                number += 1
            }
            guard lines.rest.isEmpty else { throw .unterminated }
            self = try parser.finish()
        } catch {
            throw WitnessPolicyError(line: number, reason: error)
        }
    }

    /// The policy as a file: logs, witnesses, groups and the quorum. Comments are not kept; whoever reads the
    /// file gets an equal policy.
    package var bytes: [UInt8] {
        var lines: [[[UInt8]]] = logs.map {
            [Array("log".utf8), Array($0.key.text.utf8)] + [$0.url].compactMap(\.self)
        }
        lines += witnesses.map {
            [Array("witness".utf8), $0.name.bytes, Array($0.key.text.utf8)] + [$0.url].compactMap(\.self)
        }
        lines += groups.map {
            [Array("group".utf8), $0.name.bytes, Array($0.threshold.text.utf8)] + $0.members.map(\.bytes)
        }
        lines.append([Array("quorum".utf8), (quorum ?? .nobody).bytes])
        return lines.flatMap { $0.joined(separator: " ".utf8) + [UInt8(ascii: "\n")] }
    }
}

extension WitnessPolicy.Threshold {
    /// The word in a group's line.
    fileprivate var text: String {
        switch self {
        case .all: "all"
        case .any: "any"
        case .atLeast(let count): "\(count)"
        }
    }
}
