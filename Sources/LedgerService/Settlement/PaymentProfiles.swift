package import LedgerDomain
package import LedgerStorage
package import StatementFormats

/// How a ledger's banks want to be asked; kept in the office, for every way in.
package struct PaymentProfiles {
    private let service: LedgerService
    private let documents: OfficeDocuments

    package init(_ service: LedgerService, _ office: any Office) {
        self.service = service
        documents = OfficeDocuments(office, service.ledger)
    }

    /// The profile as it was written, with who wrote it; `nil` where the usual one holds.
    package func text() throws(ServiceError) -> (text: String, by: Principal, at: Instant)? {
        try documents.text(of: .paymentProfile, at: service.now)
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
        try documents.keep(
            bytes, as: .paymentProfile, by: call.principal, at: call.instant ?? service.now)
        return profile
    }
}
