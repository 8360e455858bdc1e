package import CBOR

/// What is known of whoever takes a voucher, beside the pseudonym: recorded facts that a rule reads (DESIGN §4).
package struct Claimant: CBORFields, Hashable, Sendable {
    /// The groups that the person was attested to belong to, each once; only those that matter for the batch.
    package var attestations: [Attestation] = []
    /// Who claimed for the person, a guardian or an assistant; by a pseudonym of the same scope.
    package var proxy: Pseudonym?
    /// Where it was asked for: a platform, a counter; 1 to 32 bytes, and `nil` where nobody said.
    package var channel: String?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &attestations)
        try coder.field(2, &proxy)
        try coder.field(3, &channel)
    }

    /// The most attestations of one claim.
    package static let maximumAttestations = 8

    /// The group of those who are under age (未成年人).
    package static let minor = "minor"

    /// When the person grows up, if it was attested to be a minor.
    var minorUntil: Instant? { attestations.first { $0.group == Claimant.minor }?.until }

    /// Whether every text and number is one that an event may have.
    var isWellFormed: Bool {
        attestations.count <= Claimant.maximumAttestations && attestations.allSatisfy(\.group.isGroup)
            && Set(attestations.map(\.group)).count == attestations.count && channel?.isChannel ?? true
    }
}

/// 认定: that somebody looked at papers and found a person to belong to a group, until a day.
package struct Attestation: CBORFields, Hashable, Sendable {
    /// Such as `minor`, `elderly`, `disabled`, `migrant`, `hardship`, `rural`.
    package var group = ""
    /// From this instant on it says nothing any more.
    package var until = Instant(microseconds: 0)
    /// Who looked; never who claims with it.
    package var attestor = Principal.system
    /// A keyed MAC of the person and the group, so that it can be shown later whom it was about.
    package var commitment = Digest128.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &group)
        try coder.field(2, &until)
        try coder.field(3, &attestor)
        try coder.field(4, &commitment)
    }
}

extension String {
    /// Whether it can name a group of people: 1 to 32 bytes.
    package var isGroup: Bool { isText(upTo: 32) }
}
