import CBOR
import LedgerDomain
import LedgerStorage

/// Which sign-ins of a resident hold.
struct ResidentRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.resident

    var generation: UInt64 = 0

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &generation)
    }
}
