package import CBOR

/// Credentials and vouchers that are good no more before their time: what a till must know to sell offline.
package struct RevocationList: SignedList {
    package let ledger: UInt32
    package let sequence: UInt64
    package let issuedAt: Int64
    /// Ascending.
    package let credentials: [TokenID]
    /// Numbers of vouchers of the ledger, ascending.
    package let vouchers: [UInt32]

    /// Sorts both, each once; `nil` where the ledger's code or the time is none.
    package init?(
        ledger: UInt32, sequence: UInt64, issuedAt: Int64, credentials: some Sequence<TokenID>,
        vouchers: some Sequence<UInt32>
    ) {
        guard VoucherReference.ledgers.contains(ledger), (0..<1 << 40).contains(issuedAt) else { return nil }
        self.ledger = ledger
        self.sequence = sequence
        self.issuedAt = issuedAt
        self.credentials = Set(credentials).sorted()
        self.vouchers = Set(vouchers).sorted()
    }

    /// Whether the credential is on the list.
    package func covers(_ credential: TokenID) -> Bool {
        RevocationList.contains(credential, in: credentials)
    }

    /// Whether the voucher is on the list; those of other ledgers never are.
    package func covers(_ voucher: VoucherReference) -> Bool {
        voucher.ledger == ledger && RevocationList.contains(voucher.number, in: vouchers)
    }

    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginMap(count: 5)
        encoder.write(integer: ClaimLabel.issuedAt)
        encoder.write(integer: issuedAt)
        encoder.write(integer: ClaimLabel.ledger)
        encoder.write(unsigned: UInt64(ledger))
        encoder.write(integer: ClaimLabel.sequence)
        encoder.write(unsigned: sequence)
        encoder.write(integer: ClaimLabel.revokedCredentials)
        encoder.write(bytes: credentials.flatMap(\.rawValue.bigEndianBytes))
        encoder.write(integer: ClaimLabel.revokedVouchers)
        encoder.write(bytes: vouchers.flatMap(\.bigEndianBytes))
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        try decoder.enterMap(of: 5)
        try decoder.read(label: ClaimLabel.issuedAt)
        issuedAt = try decoder.readSeconds()
        try decoder.read(label: ClaimLabel.ledger)
        ledger = try decoder.readLedger()
        try decoder.read(label: ClaimLabel.sequence)
        sequence = try decoder.readUnsigned()
        try decoder.read(label: ClaimLabel.revokedCredentials)
        credentials = try RevocationList.readNumbers(UInt64.self, from: &decoder).map(TokenID.init)
        try decoder.read(label: ClaimLabel.revokedVouchers)
        vouchers = try RevocationList.readNumbers(UInt32.self, from: &decoder)
        decoder.leave()
    }

    /// Reads numbers that are packed into one byte string, strictly ascending.
    private static func readNumbers<Number: FixedWidthInteger>(
        _ type: Number.Type, from decoder: inout CBORDecoder
    ) throws(CBORError) -> [Number] {
        let place = decoder.place
        let bytes = try decoder.readBytes()
        let width = Number.bitWidth / 8
        guard bytes.count.isMultiple(of: width) else { throw .outOfRange(offset: place) }
        let numbers = stride(from: 0, to: bytes.count, by: width).compactMap {
            Number(bigEndianBytes: bytes[$0..<$0 + width])
        }
        guard zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw .unexpectedKey(offset: place)
        }
        return numbers
    }

    private static func contains<Element: Comparable>(_ element: Element, in sorted: [Element]) -> Bool {
        var range = sorted.startIndex..<sorted.endIndex
        while let last = range.last {
            let middle = range.lowerBound + (last - range.lowerBound) / 2
            if sorted[middle] == element { return true }
            range = sorted[middle] < element ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return false
    }
}
