package import CBOR

/// How much one person, one day and one merchant may take. `nil` means no limit.
///
/// Counts are of captured redemptions; a refund gives none of them back.
package struct RuleLimits: Equatable, Sendable, Codable {
    /// What is outstanding or used of one person's vouchers, by face.
    package var personAmount: Amount?
    /// Vouchers outstanding or used of one person.
    package var personVouchers: UInt32?
    /// Redemptions of one person on one business day.
    package var personDay: UInt32?
    /// Redemptions of one person at one merchant, over the whole programme; counted of vouchers whose rule limits them.
    package var personMerchant: UInt32?
    /// The subsidy one merchant may redeem on one business day.
    package var merchantDay: Amount?
    /// Whether a sale that any voucher has already paid for refuses this one.
    package var oneVoucherPerSale = true

    package init() {}
}

extension RuleLimits: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &personAmount)
        try coder.field(1, &personVouchers)
        try coder.field(2, &personDay)
        try coder.field(3, &personMerchant)
        try coder.field(4, &merchantDay)
        try coder.field(5, &oneVoucherPerSale)
    }
}
