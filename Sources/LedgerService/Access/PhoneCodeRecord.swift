import CBOR
import LedgerDomain
import LedgerStorage

/// The code that was sent last to a resident's phone, and how many today.
struct PhoneCodeRecord: OfficeContent {
    static let kind = OfficeRecord.Kind.phoneCode

    /// `nil` where it was used or sent to nobody.
    var digest: Octets?
    var pace = MessagePace()
    var tries: UInt64 = 0
    /// The call that used it, which may come again.
    var user: Digest128?

    init() {}

    mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(0, &digest)
        try coder.field(1, &pace.sentAt)
        try coder.field(2, &tries)
        try coder.field(3, &pace.sent)
        try coder.field(4, &user)
    }

    var recordExpiry: Instant? { pace.sentAt.adding(Instant.day) }
}
