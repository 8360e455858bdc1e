import CBOR
import LedgerDomain
import LedgerStorage

/// How far a day's batch is: found by the day.
struct DeliveryRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.delivery
    /// So many rejections are kept; the receipt has them all.
    static let limit = 8

    /// SHA-256 of what was handed out last, how often and when.
    var digest = Octets()
    var count: UInt32 = 0
    var sentAt = Instant(microseconds: 0)
    var sentBy = Principal.system
    /// What the platform said of it last; `nil` until it did.
    var receipt: Receipt?
    /// SHA-256 of the receipts before that: a late retry of one of them says nothing new.
    var earlier: [Octets] = []

    struct Receipt: CBORFields, Equatable {
        var number = ""
        var digest = Octets()
        var accepted: UInt32 = 0
        var rejected: UInt32 = 0
        var reasons: [Rejection] = []
        var instant = Instant(microseconds: 0)
        var principal = Principal.system

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &number)
            try coder.field(1, &digest)
            try coder.field(2, &accepted)
            try coder.field(3, &rejected)
            try coder.field(4, &reasons)
            try coder.field(5, &instant)
            try coder.field(6, &principal)
        }
    }

    struct Rejection: CBORFields, Equatable {
        var event: UInt64 = 0
        /// Up to 200 bytes.
        var reason = ""

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &event)
            try coder.field(1, &reason)
        }
    }

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &digest)
        try coder.field(1, &count)
        try coder.field(2, &sentAt)
        try coder.field(3, &sentBy)
        try coder.field(4, &receipt)
        try coder.field(5, &earlier)
    }
}
