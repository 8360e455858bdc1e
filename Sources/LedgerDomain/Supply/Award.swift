package import CBOR

/// Money of a programme for a merchant that is no redemption: a grant, a reward, or price cuts given back (间接补贴).
package struct Award: Equatable, Sendable, Codable {
    package enum Kind: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// 高品质演出资助: an approved grant.
        case grant = 1
        /// 间接补贴: what the merchant took off its prices, sale by sale.
        case priceCut
        /// 择优奖励: a share of what was redeemed at the merchant and not refunded.
        case reward
    }

    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case proposed = 1
        case paid, rejected, clawedBack
    }

    package var programme: ProgrammeID
    package var merchant: MerchantID
    package var kind: Kind
    package var amount: Amount
    package var funds: FundList
    package var weights: Shares
    /// Digests of the sales whose prices were cut; for price cuts alone.
    package var sales: [UInt64]
    package var rate: Ratio
    package var through: RedemptionID
    /// SHA-256 of the file that shows it.
    package var evidence: Octets
    package var maker: Principal
    package var status = Status.proposed
    /// What a paid reward is a share of.
    package var base = Amount.zero
    /// Whether its sales take no voucher since it was paid.
    package var excludesVouchers = false

    package init(_ proposal: ProposeAward, by maker: Principal) {
        programme = proposal.programme
        merchant = proposal.merchant
        kind = proposal.kind
        amount = proposal.amount
        funds = proposal.weights.funds
        weights = proposal.weights.shares
        sales = (proposal.sales ?? []).map(\.order.stableHash)
        rate = proposal.rate ?? .zero
        through = proposal.through ?? .none
        evidence = proposal.evidence
        self.maker = maker
    }

    /// What each fund pays.
    var shares: FundShares {
        FundShares(funds, Split.apportion(amount, weights: weights, count: funds.count))
    }
}

package typealias AwardID = Identifier<Award>

/// A sale below the listed price, as the merchant claims it.
package struct CutSale: CBORFields, Hashable, Sendable {
    /// The merchant's own reference of the sale, 1 to 64 bytes.
    package var order = ""
    package var listed = Amount.zero
    package var paid = Amount.zero

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(1, &order)
        try coder.field(2, &listed)
        try coder.field(3, &paid)
    }

    /// Whether it is a sale whose price was cut.
    var isWellFormed: Bool {
        order.isOrderReference && paid >= .zero && listed > paid && listed <= .limit
    }
}
