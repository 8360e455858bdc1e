import CBOR
import LedgerDomain
import LedgerStorage

/// With which platforms a resident has an account that may act for them.
struct BindingsRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.bindings

    /// The last of each platform, ended or not: a retry of one that was ended later must not bring it back.
    var bindings: [Binding] = []

    struct Binding: CBORFields, Equatable {
        var platform = ""
        /// The account, by a MAC.
        var mark = Octets()
        /// The event that records the resident's consent.
        var event: UInt64 = 0
        var instant = Instant(microseconds: 0)
        /// The event that ended it.
        var end: UInt64?

        init() {}

        mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(0, &platform)
            try coder.field(1, &mark)
            try coder.field(2, &event)
            try coder.field(3, &instant)
            try coder.field(4, &end)
        }
    }

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &bindings)
    }
}
