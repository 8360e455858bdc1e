package import CBOR

/// A programme's rules as data: who may use a voucher, where, when, and how much it gives (DESIGN §3, §4).
///
/// A rule file is read into this by the edge; from then on the core evaluates nothing else.
package struct ProgrammeRule: Equatable, Sendable, Codable {
    /// How the subsidy follows from the bill.
    package enum Kind: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        /// 满减: the voucher's face, once the bill reaches ``ProgrammeRule/threshold``.
        case threshold = 1
        /// A rate of the bill up to the cap, down to whole steps.
        case percentage = 2
        /// 储值: what a bill allows, until the voucher is empty; nothing lapses with a use.
        case balance = 3
        /// 次券: so many uses, each of at most ``ProgrammeRule/useCap``; what a use leaves of it lapses.
        case count = 4
    }

    package var kind = Kind.threshold
    /// The faces a batch may have; for `percentage` the one cap that a claim takes from the person's limit, for
    /// `count` all uses together.
    package var faces: [Amount] = []
    /// The least bill, for `threshold`; zero for none.
    package var threshold = Amount.zero
    /// The share of the bill that `percentage` gives.
    package var rate = Ratio.zero
    /// The subsidy is rounded down to a multiple of this; one fen when the rule says nothing.
    package var step = Amount(fen: 1)
    /// The largest share of the bill, by category and channel; the first line that fits decides.
    package var ratios: [CategoryRatio] = []
    /// What the resident must pay at least.
    package var minimumOwnPayment = Amount.zero
    /// How many uses a voucher has; for `count` alone.
    package var uses: UInt32?
    /// Whether a bill that allows less than what a use may give gets nothing; `nil` for no.
    package var wholeOnly: Bool?
    /// The least top-up that a matched voucher takes; for `balance` alone.
    package var topUp: Amount?
    /// The least bill of each face, in the order of ``faces``; for `threshold` alone, in ``threshold``'s place.
    package var thresholds: [Amount]?
    /// What it asks of whoever takes vouchers; `nil` for nothing.
    package var claims: RuleClaims?
    /// Whether a sale may be subsidised by a voucher and by an award as well; `nil` for no.
    package var bothSides: Bool?
    /// What earns points and what they buy; `nil` where there are none.
    package var points: RulePoints?
    /// What may be bought, item by item; `nil` for anything.
    package var goods: RuleGoods?
    package var conditions = RuleConditions()
    package var limits = RuleLimits()
    package var refund = RefundRule.forfeit
    /// Where the value of expired, unused and handed-back vouchers goes.
    package var lapse = LapseDestination.batch

    package init() {}

    /// The most that one use takes out of a voucher: an equal part of its face for `count`, else all that is in it.
    package var useCap: Amount? {
        guard kind == .count, let uses, uses > 0, let face = faces.first else { return nil }
        return Amount(fen: face.fen / Int64(uses))
    }

    /// The least bill of a voucher of this face, or of the smallest face that has so much.
    package func threshold(of face: Amount) -> Amount {
        guard let thresholds, let tier = self.face(of: face).flatMap({ faces.firstIndex(of: $0) }) else {
            return threshold
        }
        return tier < thresholds.count ? thresholds[tier] : threshold
    }

    /// The smallest face that has so much.
    func face(of amount: Amount) -> Amount? { faces.filter { $0 >= amount }.min() }

    /// Microseconds in which a voucher claimed at some instant may be used.
    package var validity: Int64 {
        get { conditions.validity }
        set { conditions.validity = newValue }
    }
}

/// What a refund does to the voucher; cities contradict each other (DOMAIN §2.4).
package enum RefundRule: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    /// The voucher counts as used; the money goes where its lapse would have gone.
    case forfeit = 1
    /// Only one refund of the whole bill before expiry gives the voucher its value back.
    case reinstateWhenWhole = 2
    /// Whatever is refunded before expiry returns to the voucher.
    case reinstate = 3
}

/// Where a lapse sends a voucher's value.
package enum LapseDestination: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    /// Back to the batch's pool, for a later round.
    case batch = 1
    /// To the programme.
    case programme = 2
}

/// A share in ten-thousandths: 30 % is 3000.
package struct Ratio: Hashable, Comparable, Sendable, BitwiseCopyable, Codable {
    package var basisPoints: Int64
    package init(basisPoints: Int64) { self.basisPoints = basisPoints }
    package static let zero = Ratio(basisPoints: 0)
    package static let whole = Ratio(basisPoints: 10_000)
    package static func < (left: Ratio, right: Ratio) -> Bool { left.basisPoints < right.basisPoints }

    /// This share of `amount`, in whole fen downwards.
    package func of(_ amount: Amount) -> Amount {
        Amount(fen: Int64(Int128(amount.fen) * Int128(basisPoints) / 10_000))
    }
}

/// The largest share of a bill that may be subsidised in one category, on one channel or on all.
package struct CategoryRatio: Equatable, Sendable, Codable {
    /// A category, or `nil` for every other.
    package var category: String?
    /// A channel, or `nil` for every channel.
    package var channel: String?
    package var ratio = Ratio.whole

    package init() {}
    package init(category: String? = nil, channel: String? = nil, ratio: Ratio) {
        self.category = category
        self.channel = channel
        self.ratio = ratio
    }
}

extension Ratio: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) { basisPoints.encode(to: &encoder) }
    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        basisPoints = try Int64(from: &decoder)
    }
}

extension CategoryRatio: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &category)
        try coder.field(1, &channel)
        try coder.field(2, &ratio)
    }
}

extension ProgrammeRule: CBORFields {
    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &kind)
        try coder.field(1, &faces)
        try coder.field(2, &threshold)
        try coder.field(3, &rate)
        try coder.field(4, &step)
        try coder.field(5, &ratios)
        try coder.field(6, &minimumOwnPayment)
        try coder.field(7, &conditions)
        try coder.field(8, &limits)
        try coder.field(9, &refund)
        try coder.field(10, &lapse)
        try coder.field(11, &uses)
        try coder.field(12, &wholeOnly)
        try coder.field(13, &topUp)
        try coder.field(14, &thresholds)
        try coder.field(15, &claims)
        try coder.field(16, &bothSides)
        try coder.field(17, &points)
        try coder.field(18, &goods)
    }
}
