package import CBOR

/// What was decided, with every input of the decision: the unit of the log (DESIGN §4, §6).
package struct Event: Sendable {
    /// The format that ``encode(to:)`` writes and the behaviour that replay runs.
    package static let currentVersion: UInt8 = 1
    /// The most bytes one event may take (C2SP tlog-tiles).
    package static let maximumBytes = 65_535

    package var version = Event.currentVersion
    package var instant: Instant
    package var principal: Principal
    /// The idempotency key's digest.
    package var key: Digest128
    /// The MAC of the parsed command.
    package var payload: Digest128
    package var record: any EventRecord
    /// The touched accounts' balances after it, in the order in which the postings first name them.
    package var balances: [Amount]

    /// The postings, from the event alone.
    package var postings: [Posting] {
        var postings: [Posting] = []
        record.appendPostings(to: &postings)
        return postings
    }

    /// Whether both say the same; the record's type included.
    package static func == (left: Event, right: Event) -> Bool {
        left.version == right.version && left.instant == right.instant && left.principal == right.principal
            && left.key == right.key && left.payload == right.payload && left.balances == right.balances
            && left.record.isEqual(to: right.record)
    }
}

extension Event: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        let place = encoder.beginMap()
        let buffer = encoder
        encoder = CBOREncoder(capacity: 0)
        var coder = CBORFieldEncoder(buffer)
        var copy = (version, record.type, instant, principal, key, payload, record.refusal, balances)
        // Writing never throws: only a decoder finds fault with what it is given.
        try? coder.field(0, &copy.0)
        try? coder.field(1, &copy.1)
        try? coder.field(2, &copy.2)
        try? coder.field(3, &copy.3)
        try? coder.field(4, &copy.4)
        try? coder.field(5, &copy.5)
        try? coder.field(6, &copy.6)
        if !balances.isEmpty { try? coder.field(7, &copy.7) }
        record.encodeFields(to: &coder)
        encoder = coder.encoder
        encoder.endMap(at: place, count: coder.count)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        var coder = try CBORFieldDecoder(decoder)
        version = 0
        try coder.field(0, &version)
        guard version == Event.currentVersion else { throw coder.decoder.unexpectedKey }
        var type = OperationType.openLedger
        var refusal: Refusal?
        var balances: [Amount]?
        instant = Instant(microseconds: 0)
        principal = .system
        key = .zero
        payload = .zero
        try coder.field(1, &type)
        try coder.field(2, &instant)
        try coder.field(3, &principal)
        try coder.field(4, &key)
        try coder.field(5, &payload)
        try coder.field(6, &refusal)
        try coder.field(7, &balances)
        if balances?.isEmpty == true { throw coder.decoder.unexpectedKey }
        self.balances = balances ?? []
        record = try type.operation.decodeRecord(refusal, from: &coder)
        try coder.finish()
        decoder = coder.decoder
    }

    /// The format version of stored bytes without reading the rest; `nil` where they are no event at all.
    package static func version(of bytes: [UInt8]) -> UInt64? {
        var decoder = CBORDecoder(bytes)
        guard (try? decoder.enterMap()) != nil, (try? decoder.readUnsigned()) == 0 else { return nil }
        return try? decoder.readUnsigned()
    }
}
