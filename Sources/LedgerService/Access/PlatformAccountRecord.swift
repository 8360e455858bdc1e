import CBOR
import LedgerDomain
import LedgerStorage

/// Whom a platform's account may stand for; the resident's own record says whether it still does.
struct PlatformAccountRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.platformAccount

    var resident = Digest128.zero

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &resident)
    }
}
