package import LedgerDomain

extension MemoryReadModel {
    package func voucher(_ id: VoucherID, _ ledger: LedgerCode) throws(StorageError) -> VoucherView? {
        read(ledger) { $0.vouchers[id] }
    }

    package func vouchers(
        of pseudonym: Pseudonym, _ ledger: LedgerCode
    ) throws(StorageError) -> [VoucherView] {
        read(ledger) { $0.vouchers.sorted(by: \.row.id) { $0.row.pseudonym == pseudonym } }
    }

    package func authorisation(
        _ id: AuthorisationID, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView? {
        read(ledger) { $0.authorisations[id] }
    }

    package func authorisation(
        outlet: OutletID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> AuthorisationView? {
        read(ledger) { rows in
            rows.authorisations.sorted(by: \.row.id) {
                $0.row.outlet == outlet && $0.row.order.utf8.elementsEqual(order.utf8)
            }.last
        }
    }

    package func redemption(
        _ id: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> RedemptionView? {
        read(ledger) { $0.redemptions[id] }
    }

    package func redemptions(
        of voucher: VoucherID, _ ledger: LedgerCode
    ) throws(StorageError) -> [RedemptionView] {
        read(ledger) { $0.redemptions.sorted(by: \.row.id) { $0.row.voucher == voucher } }
    }

    package func redemption(
        merchant: MerchantID, order: String, _ ledger: LedgerCode
    ) throws(StorageError) -> RedemptionView? {
        read(ledger) { rows in
            rows.redemptions.sorted(by: \.row.id) {
                $0.row.merchant == merchant && $0.row.order.utf8.elementsEqual(order.utf8)
            }.last
        }
    }

    package func redemptions(
        from: BusinessDay, through: BusinessDay, after: RedemptionID, limit: Int, _ ledger: LedgerCode
    ) throws(StorageError) -> [RedemptionView] {
        read(ledger) { rows in
            let found = rows.redemptions.sorted(by: \.row.id) {
                $0.row.id > after && from <= $0.row.day && $0.row.day <= through
            }
            return Array(found.prefix(limit))
        }
    }

    package func saleDetails(
        of redemption: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> SaleDetails? {
        read(ledger) { $0.saleDetails[redemption]?.details }
    }

    package func offlineRedemption(
        _ id: RedemptionID, _ ledger: LedgerCode
    ) throws(StorageError) -> OfflineRow? {
        read(ledger) { $0.offline[id] }
    }

    package func credentials(
        of voucher: VoucherID, _ ledger: LedgerCode
    ) throws(StorageError) -> [CredentialView] {
        read(ledger) { $0.credentials.sorted(by: \.row.event) { $0.row.voucher == voucher } }
    }
}
