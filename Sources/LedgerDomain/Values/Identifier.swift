package import CBOR

/// A dense number of one kind of thing in one ledger, counted from 1 by the core (DESIGN §5).
///
/// It is an index and no secret. What people see is ``text(in:)``.
package struct Identifier<Entity>: Hashable, Comparable, Sendable, BitwiseCopyable {
    package var rawValue: UInt32

    package init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Stands where a decoder has not filled a field yet, or where nothing is referred to.
    package static var none: Identifier { Identifier(0) }

    package static func < (left: Identifier, right: Identifier) -> Bool { left.rawValue < right.rawValue }
}

extension Identifier: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { rawValue.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        rawValue = try UInt32(from: &decoder)
    }
}

extension Identifier: Codable {
    package init(from decoder: any Decoder) throws {
        rawValue = try decoder.singleValueContainer().decode(UInt32.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

package typealias FundID = Identifier<Fund>
package typealias ProgrammeID = Identifier<Programme>
package typealias BatchID = Identifier<Batch>
package typealias VoucherID = Identifier<Voucher>
package typealias PersonID = Identifier<Person>
package typealias AuthorisationID = Identifier<Authorisation>
package typealias RedemptionID = Identifier<Redemption>
package typealias MerchantID = Identifier<Merchant>
package typealias PayeeID = Identifier<Payee>
package typealias OutletID = Identifier<Outlet>
package typealias TerminalID = Identifier<Terminal>
package typealias SettlementID = Identifier<Settlement>
package typealias PlanID = Identifier<RemittancePlan>
