import CBOR
import LedgerDomain
import LedgerStorage

/// The records of one ledger in the office, each read and changed whole.
struct OfficeRecords {
    let office: any Office
    let ledger: LedgerCode

    /// What is kept under a key and has not expired.
    func find<Content: OfficeContent>(
        _ type: Content.Type, _ key: [UInt8], at now: Instant
    ) throws(ServiceError) -> Content? {
        do {
            return try office.record(Content.kind, key, ledger: ledger).flatMap { try Content($0, at: now) }
        } catch {
            throw ServiceError(office: error)
        }
    }

    /// Everything of a kind that has not expired, by key.
    func all<Content: OfficeContent>(
        _ type: Content.Type, at now: Instant
    ) throws(ServiceError) -> [(key: [UInt8], content: Content)] {
        do {
            return try office.records(Content.kind, ledger: ledger).compactMap { record in
                try Content(record, at: now).map { (record.key, $0) }
            }
        } catch {
            throw ServiceError(office: error)
        }
    }

    /// Changes what is kept under a key; another process's change in between is taken in, and `body` runs again.
    func change<Content: OfficeContent, Value>(
        _ type: Content.Type, _ key: [UInt8], at now: Instant,
        _ body: (inout Content?) throws(ServiceError) -> Value
    ) throws(ServiceError) -> Value {
        for _ in 0..<100 {
            do {
                let old = try office.record(Content.kind, key, ledger: ledger)
                var content = try old.flatMap { try Content($0, at: now) }
                let value = try body(&content)
                let new = content.map {
                    OfficeRecord(key: key, value: $0.cborBytes, expiry: $0.recordExpiry)
                }
                if old == new { return value }
                if try office.replace(Content.kind, key, old, with: new, ledger: ledger) { return value }
            } catch {
                throw ServiceError(office: error)
            }
        }
        throw .storage(.busy)
    }
}

extension OfficeContent {
    /// What a record holds; `nil` where it has expired.
    fileprivate init?(_ record: OfficeRecord, at now: Instant) throws {
        if let expiry = record.expiry, now >= expiry { return nil }
        self = try Self(cborBytes: record.value)
    }
}

extension ServiceError {
    /// An error of reading a record.
    fileprivate init(office error: any Error) {
        switch error {
        case let error as ServiceError: self = error
        case let error as StorageError: self = .storage(error)
        default: self = .storage(.corrupt("records"))
        }
    }
}
