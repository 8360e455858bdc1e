package import CBOR

/// What may be bought with a voucher, item by item; for catalogues (目录制) and for books that a library pays (你选书、我买单).
package struct RuleGoods: CBORFields, Equatable, Sendable, Codable {
    /// The catalogue's name; every item of a sale must be in it, at its listed price.
    package var catalogue = ""
    /// The codes that may be bought; empty for all of the catalogue.
    package var items: [String] = []
    /// The categories that minors may not buy of.
    package var adultsOnly: [String] = []
    /// Copies of one title that the programme pays in a calendar month.
    package var titleMonth: UInt32?
    /// Copies that one person gets paid in a calendar month.
    package var personMonth: UInt32?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &catalogue)
        try coder.field(2, &items)
        try coder.field(3, &adultsOnly)
        try coder.field(4, &titleMonth)
        try coder.field(5, &personMonth)
    }

    /// Whether every text and number can be meant.
    var isSound: Bool {
        catalogue.isShortText && items.count <= 1_000 && items.allSatisfy(\.isOrderReference)
            && Set(items).count == items.count && adultsOnly.count <= 100
            && adultsOnly.allSatisfy(\.isShortText) && Set(adultsOnly).count == adultsOnly.count
            && titleMonth != 0 && personMonth != 0
    }
}
