package import CBOR
package import LedgerDomain
import RedemptionTokens

/// Where a till stands: the outlet as the ledger's registry has it, which rules are checked against.
package struct TillPlace: Hashable, Sendable {
    /// The outlet's number in the ledger.
    package let outlet: UInt32
    /// The terminal's number in the ledger; zero where the till is no registered terminal.
    package let terminal: UInt32
    /// The city platform's ID of the outlet, 1 to 200 bytes.
    package let platformID: String
    /// The outlet's category, 1 to 200 bytes.
    package let category: String
    /// The GB/T 2260 division that the outlet lies in.
    package let region: LedgerCode
    /// Whether the outlet lies in the country.
    package let isRural: Bool

    /// `nil` where a text is empty, too long or has control characters, or the division's code is none.
    package init?(
        outlet: UInt32, terminal: UInt32, platformID: String, category: String, region: LedgerCode,
        isRural: Bool = false
    ) {
        guard platformID.isText(upTo: 200), category.isText(upTo: 200),
            VoucherReference.ledgers.contains(region.rawValue)
        else { return nil }
        self.outlet = outlet
        self.terminal = terminal
        self.platformID = platformID
        self.category = category
        self.region = region
        self.isRural = isRural
    }

    /// The outlet as rules see it; its merchant is not known here.
    var ruleOutlet: Outlet {
        Outlet(
            merchant: .none, category: category, region: region, platformID: platformID, isRural: isRural)
    }
}

extension TillPlace: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 6)
        encoder.write(unsigned: UInt64(outlet))
        encoder.write(unsigned: UInt64(terminal))
        encoder.write(text: platformID)
        encoder.write(text: category)
        region.encode(to: &encoder)
        isRural.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let place = decoder.place
        try decoder.enterArray(of: 6)
        let found = TillPlace(
            outlet: try decoder.readInteger(as: UInt32.self),
            terminal: try decoder.readInteger(as: UInt32.self), platformID: try decoder.readText(),
            category: try decoder.readText(), region: try LedgerCode(from: &decoder),
            isRural: try Bool(from: &decoder))
        decoder.leave()
        guard let found else { throw .outOfRange(offset: place) }
        self = found
    }
}
