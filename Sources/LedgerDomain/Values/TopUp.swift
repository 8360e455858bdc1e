package import CBOR

/// What a resident paid into a card of their own, as the card's operator attests it; the money is not in these books.
package struct TopUp: CBORFields, Hashable, Sendable {
    /// The operator's own number of the payment, 1 to 64 bytes; good for one match in a programme.
    package var reference = ""
    package var amount = Amount.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &reference)
        try coder.field(2, &amount)
    }
}
