package import CBOR
package import LedgerDomain
import LedgerStorage

/// What somebody made of a risk.
package struct RiskReview: CBORFields, Equatable, Sendable {
    package enum Verdict: UInt8, CaseIterable, Sendable, CBORCodable {
        /// Somebody looks at it.
        case watching = 1
        /// It was looked at, and is right.
        case cleared
        /// The payee is held, by an event of the log.
        case held
    }

    package var verdict = Verdict.watching
    /// What was found, 1 to 200 bytes.
    package var note = ""
    package var principal = Principal.system
    package var instant = Instant(microseconds: 0)
    /// The event that holds the payee.
    package var event: UInt64?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &verdict)
        try coder.field(1, &note)
        try coder.field(2, &principal)
        try coder.field(3, &instant)
        try coder.field(4, &event)
    }
}

/// What people made of a risk, the oldest first; found by the risk's number.
struct RiskRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.risk
    /// The most reviews of one risk; after that the oldest of those that only watched go.
    static let limit = 12

    var reviews: [RiskReview] = []

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &reviews)
    }
}

/// To which merchants somebody is close; found by the keyed MAC of the person, who need not be registered.
struct RelationsRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.relations
    /// The most merchants of one person.
    static let limit = 32

    var relations: [Relation] = []
    /// How many events the log had; an erasure after that ends what is said here.
    var size: UInt64 = 0

    struct Relation: CBORFields, Equatable {
        var merchant = MerchantID.none
        /// Such as 法定代表人; up to 32 bytes.
        var relation = ""

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &merchant)
            try coder.field(1, &relation)
        }
    }

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &relations)
        try coder.field(1, &size)
    }
}
