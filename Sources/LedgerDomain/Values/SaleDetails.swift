package import CBOR

/// What a till can say of a sale beyond its bill; whoever disputes it later finds it in the event.
///
/// Every text is 1 to 64 bytes. A cashier is a code of ASCII letters, digits and hyphens, never a name.
package struct SaleDetails: CBORFields, Hashable, Sendable {
    /// The branch of a chain.
    package var branch: String?
    /// The point of sale within the outlet.
    package var pointOfSale: String?
    package var cashier: String?
    /// The number on the customer's receipt.
    package var receipt: String?
    /// What was sold; it must be the outlet's category.
    package var category: String?
    /// What was bought; what was paid for all of it is the bill.
    package var items: [SaleItem]?
    /// The session that was paid for.
    package var session: SessionID?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &branch)
        try coder.field(2, &pointOfSale)
        try coder.field(3, &cashier)
        try coder.field(4, &receipt)
        try coder.field(5, &category)
        try coder.field(6, &items)
        try coder.field(7, &session)
    }

    /// The most items of a sale.
    package static let maximumItems = 100

    /// Whether every text and number is one that an event may have.
    package var isWellFormed: Bool {
        let texts = [branch, pointOfSale, cashier, receipt, category].compactMap { $0 }
        let items = items ?? []
        return (cashier ?? "").isCode && texts.allSatisfy(\.isOrderReference)
            && items.count <= SaleDetails.maximumItems
            && items.allSatisfy(\.isWellFormed)
    }

    /// Why the sale is refused on an outlet of `category` with this bill, or `nil`.
    package func refusal(bill: Amount, at category: String) -> Refusal? {
        if let sold = self.category, sold != category { return .categoryMismatch }
        guard let items else { return nil }
        if items.contains(where: { $0.paid > $0.listed }) { return .aboveListedPrice }
        let paid = items.reduce(Int128(0)) { $0 + Int128($1.paid.fen) * Int128($1.quantity) }
        return paid == Int128(bill.fen) ? nil : .itemsMismatch
    }
}

extension String {
    /// Whether it is made of ASCII letters, digits and hyphens.
    fileprivate var isCode: Bool {
        utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
    }
}

/// One line of a sale: a thing, its listed price (明码标价) and what was paid for it, each.
package struct SaleItem: CBORFields, Hashable, Sendable {
    package var name = ""
    package var quantity: UInt32 = 1
    package var listed = Amount.zero
    package var paid = Amount.zero
    /// Its code in the programme's catalogue.
    package var code: String?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &name)
        try coder.field(2, &quantity)
        try coder.field(3, &listed)
        try coder.field(4, &paid)
        try coder.field(5, &code)
    }

    fileprivate var isWellFormed: Bool {
        name.isOrderReference && code?.isOrderReference ?? true && quantity > 0 && quantity <= 1_000_000
            && listed >= .zero && paid >= .zero && listed <= .limit
    }
}
