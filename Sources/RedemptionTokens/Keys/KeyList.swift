package import CBOR

/// The ledger's key list: what each key ID in a header stands for, exactly one key each.
package struct KeyList: SignedList {
    package let ledger: UInt32
    package let sequence: UInt64
    package let issuedAt: Int64
    /// Every key that was ever published, ascending by its ID.
    package let keys: [ListedKey]

    /// The most keys of a list.
    package static let maximumCount = 64

    /// Sorts the keys; `nil` where two have one ID, there are too many, or the ledger's code or the time is
    /// none.
    package init?(ledger: UInt32, sequence: UInt64, issuedAt: Int64, keys: [ListedKey]) {
        let sorted = keys.sorted { $0.id < $1.id }
        guard VoucherReference.ledgers.contains(ledger), (0..<1 << 40).contains(issuedAt),
            sorted.count <= KeyList.maximumCount,
            zip(sorted, sorted.dropFirst()).allSatisfy({ $0.id < $1.id })
        else { return nil }
        self.ledger = ledger
        self.sequence = sequence
        self.issuedAt = issuedAt
        self.keys = sorted
    }

    /// The one key with this ID.
    package func lookup(_ id: TokenKeyID) -> ListedKey? { keys.first { $0.id == id } }

    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 4)
        encoder.write(integer: ClaimLabel.issuedAt)
        encoder.write(integer: issuedAt)
        encoder.write(integer: ClaimLabel.ledger)
        encoder.write(unsigned: UInt64(ledger))
        encoder.write(integer: ClaimLabel.sequence)
        encoder.write(unsigned: sequence)
        encoder.write(integer: ClaimLabel.keys)
        keys.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 4)
        try decoder.read(label: ClaimLabel.issuedAt)
        issuedAt = try decoder.readSeconds()
        try decoder.read(label: ClaimLabel.ledger)
        ledger = try decoder.readLedger()
        try decoder.read(label: ClaimLabel.sequence)
        sequence = try decoder.readUnsigned()
        try decoder.read(label: ClaimLabel.keys)
        let place = decoder.place
        let count = try decoder.enterArray()
        guard count <= KeyList.maximumCount else { throw .outOfRange(offset: place) }
        var keys: [ListedKey] = []
        for _ in 0..<count {
            let outOfOrder = decoder.unexpectedKey
            let key = try ListedKey(from: &decoder)
            if let last = keys.last, last.id >= key.id { throw outOfOrder }
            keys.append(key)
        }
        self.keys = keys
        decoder.leave()
        decoder.leave()
    }
}
