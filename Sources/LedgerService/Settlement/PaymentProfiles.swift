import CBOR
package import LedgerDomain
package import LedgerStorage
package import StatementFormats

/// How a ledger's banks want to be asked; kept in the office, for every way in.
package struct PaymentProfiles {
    private let service: LedgerService
    private let records: OfficeRecords
    private static let key: [UInt8] = [0]
    /// The most bytes a profile may have.
    package static let sizeLimit = 4_000

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        records = OfficeRecords(office: office, ledger: service.ledger)
    }

    /// The profile as it was written, with who wrote it; `nil` where the usual one holds.
    package func text() throws(ServiceError) -> (text: String, by: Principal, at: Instant)? {
        try records.find(PaymentProfileRecord.self, PaymentProfiles.key, at: service.now)
            .map { ($0.text, $0.principal, $0.instant) }
    }

    /// The profile that holds.
    package func profile() throws(ServiceError) -> PaymentProfile {
        guard let written = try text() else { return .usual }
        do {
            return try PaymentProfile(Array(written.text.utf8))
        } catch {
            throw .storage(.corrupt("the payment profile: \(error)"))
        }
    }

    /// The profile that a settlement can be exported with: what could not be written must not be exported.
    ///
    /// - Throws: ``ServiceError/invalid(_:)`` where a credit transfer lacks the account that a treasury pays from.
    package func profile(
        exporting settlement: SettlementID, as format: PaymentOrder.Format
    ) throws(ServiceError) -> PaymentProfile {
        let profile = try profile()
        guard format == .creditTransfer else { return profile }
        for treasury in try service.treasuries(of: settlement) where profile.debtor(treasury) == nil {
            throw .noDebtor(treasury)
        }
        return profile
    }

    /// Puts a profile in place of the one there was.
    package func keep(_ bytes: [UInt8], _ call: Call) throws -> PaymentProfile {
        let profile = try PaymentProfile(bytes)
        guard bytes.count <= PaymentProfiles.sizeLimit, let text = String(validating: bytes, as: UTF8.self)
        else {
            throw ServiceError.invalid(
                "A payment profile is UTF-8 and has at most \(PaymentProfiles.sizeLimit) bytes.")
        }
        try records.change(PaymentProfileRecord.self, PaymentProfiles.key, at: service.now) {
            (record) throws(ServiceError) in
            var new = PaymentProfileRecord()
            (new.text, new.principal, new.instant) = (text, call.principal, call.instant ?? service.now)
            record = new
        }
        return profile
    }
}
