extension WitnessPolicy {
    /// Whether enough of the witnesses cosigned.
    ///
    /// - Parameters:
    ///   - cosignatures: those of a checkpoint, verified; of keys that are not in the policy as well.
    ///   - since: cosignatures before this time, in seconds since 1970, do not count: they may belong to an
    /// old
    ///     checkpoint that is shown again.
    package func isSatisfied(by cosignatures: [Cosignature], since: UInt64 = 0) -> Bool {
        guard let quorum else { return true }
        let keys = Set(cosignatures.lazy.filter { $0.time >= since }.map(\.key))
        var seen = Set(witnesses.lazy.filter { keys.contains($0.key) }.map(\.name))
        for group in groups where group.members.count(where: seen.contains) >= group.neededMembers {
            seen.insert(group.name)
        }
        return seen.contains(quorum)
    }
}

extension WitnessPolicy.Group {
    /// The number of members that must have seen a checkpoint.
    package var neededMembers: Int {
        switch threshold {
        case .all: members.count
        case .any: 1
        case .atLeast(let count): count
        }
    }
}
