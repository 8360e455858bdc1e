import CBOR
import LedgerDomain
import LedgerStorage

/// What a record of the office holds.
protocol OfficeContent: CBORFields, Equatable {
    static var kind: OfficeRecord.Kind { get }
    /// From when on it says nothing; `nil` for ever.
    var recordExpiry: Instant? { get }
}

extension OfficeContent {
    var recordExpiry: Instant? { nil }
}
