package import CBOR
package import RedemptionTokens

/// All that a till needs to sell without a network, in one signed list: keys, revocations, its place, the
/// programmes' rules and how strict to be.
///
/// The ledger signs it with its list key for one outlet. The two lists inside are signed with the same key and
/// are not opened by reading the pack; ``OpenedTillPack`` opens all three.
package struct TillPack: SignedList, Equatable {
    package let ledger: UInt32
    package let sequence: UInt64
    package let issuedAt: Int64
    /// The signed key list.
    package let keyList: [UInt8]
    /// The signed revocation list.
    package let revocationList: [UInt8]
    package let place: TillPlace
    /// Ascending by number.
    package let programmes: [TillProgramme]
    package let policy: TokenPolicy
    /// 演练: whether the till may be told another time than its clock's.
    package let isPractice: Bool

    /// The most programmes of a pack.
    package static let maximumCount = 256
    /// The most bytes of a signed pack: a revocation list of half a million credentials fits.
    package static let maximumLength = 8 << 20

    /// Sorts the programmes; `nil` where two have one number, there are too many, the ledger's code or the time
    /// is none, or an age in the policy is none.
    package init?(
        ledger: UInt32, sequence: UInt64, issuedAt: Int64, keyList: [UInt8], revocationList: [UInt8],
        place: TillPlace, programmes: [TillProgramme], policy: TokenPolicy = TokenPolicy(),
        isPractice: Bool = false
    ) {
        let sorted = programmes.sorted { $0.number < $1.number }
        let seconds: Range<Int64> = 0..<1 << 40
        guard VoucherReference.ledgers.contains(ledger), seconds.contains(issuedAt),
            seconds.contains(policy.keyListAge), seconds.contains(policy.revocationListAge),
            sorted.count <= TillPack.maximumCount,
            zip(sorted, sorted.dropFirst()).allSatisfy({ $0.number < $1.number })
        else { return nil }
        self.ledger = ledger
        self.sequence = sequence
        self.issuedAt = issuedAt
        self.keyList = keyList
        self.revocationList = revocationList
        self.place = place
        self.programmes = sorted
        self.policy = policy
        self.isPractice = isPractice
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(ledger)
        hasher.combine(sequence)
        hasher.combine(issuedAt)
    }
}

extension TillPack {
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 9)
        encoder.write(integer: ClaimLabel.issuedAt)
        encoder.write(integer: issuedAt)
        encoder.write(integer: ClaimLabel.ledger)
        encoder.write(unsigned: UInt64(ledger))
        encoder.write(integer: ClaimLabel.sequence)
        encoder.write(unsigned: sequence)
        encoder.write(integer: ClaimLabel.signedKeys)
        encoder.write(bytes: keyList)
        encoder.write(integer: ClaimLabel.signedRevocations)
        encoder.write(bytes: revocationList)
        encoder.write(integer: ClaimLabel.till)
        place.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.programmes)
        programmes.encode(to: &encoder)
        encoder.write(integer: ClaimLabel.policy)
        encoder.write(policy: policy)
        encoder.write(integer: ClaimLabel.practice)
        encoder.write(bool: isPractice)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 9)
        try decoder.read(label: ClaimLabel.issuedAt)
        issuedAt = try decoder.readSeconds()
        try decoder.read(label: ClaimLabel.ledger)
        ledger = try decoder.readLedger()
        try decoder.read(label: ClaimLabel.sequence)
        sequence = try decoder.readUnsigned()
        try decoder.read(label: ClaimLabel.signedKeys)
        keyList = try decoder.readBytes()
        try decoder.read(label: ClaimLabel.signedRevocations)
        revocationList = try decoder.readBytes()
        try decoder.read(label: ClaimLabel.till)
        place = try TillPlace(from: &decoder)
        try decoder.read(label: ClaimLabel.programmes)
        programmes = try TillPack.readProgrammes(from: &decoder)
        try decoder.read(label: ClaimLabel.policy)
        policy = try decoder.readPolicy()
        try decoder.read(label: ClaimLabel.practice)
        isPractice = try decoder.readBool()
        decoder.leave()
    }

    /// Reads programmes, strictly ascending by number.
    private static func readProgrammes(
        from decoder: inout CBORDecoder
    ) throws(CBORError) -> [TillProgramme] {
        let place = decoder.place
        let count = try decoder.enterArray()
        guard count <= maximumCount else { throw .outOfRange(offset: place) }
        var programmes: [TillProgramme] = []
        for _ in 0..<count {
            let outOfOrder = decoder.unexpectedKey
            let programme = try TillProgramme(from: &decoder)
            if let last = programmes.last, last.number >= programme.number { throw outOfOrder }
            programmes.append(programme)
        }
        decoder.leave()
        return programmes
    }
}
