/// 商户; its name and account are in the vault.
package struct MerchantRow: Equatable, Sendable {
    package var file: Digest128
    package var id: MerchantID
    package var creditCode: String
    package var payee: PayeeID
    package var payeeCreditCode: String
    package var bankCode: String
    package var name: Digest128
    package var payeeName: Digest128
    package var account: Digest128

    package init(
        file: Digest128, id: MerchantID, creditCode: String, payee: PayeeID, payeeCreditCode: String,
        bankCode: String, name: Digest128, payeeName: Digest128, account: Digest128
    ) {
        self.file = file
        self.id = id
        self.creditCode = creditCode
        self.payee = payee
        self.payeeCreditCode = payeeCreditCode
        self.bankCode = bankCode
        self.name = name
        self.payeeName = payeeName
        self.account = account
    }
}

/// 网点; its name is in the vault.
package struct OutletRow: Equatable, Sendable {
    package var file: Digest128
    package var id: OutletID
    package var merchant: MerchantID
    package var name: Digest128
    package var category: String
    package var region: LedgerCode
    package var town: String
    package var rural: Bool
    package var cluster: String
    package var outletClass: String
    package var platformID: String

    package init(
        file: Digest128, id: OutletID, merchant: MerchantID, name: Digest128, category: String,
        region:
            LedgerCode, town: String, rural: Bool, cluster: String, outletClass: String, platformID: String
    ) {
        self.file = file
        self.id = id
        self.merchant = merchant
        self.name = name
        self.category = category
        self.region = region
        self.town = town
        self.rural = rural
        self.cluster = cluster
        self.outletClass = outletClass
        self.platformID = platformID
    }
}

/// 终端.
package struct TerminalRow: Equatable, Sendable {
    package var file: Digest128
    package var id: TerminalID
    package var outlet: OutletID
    package var serial: String

    package init(file: Digest128, id: TerminalID, outlet: OutletID, serial: String) {
        self.file = file
        self.id = id
        self.outlet = outlet
        self.serial = serial
    }
}

/// A file that has been imported.
package struct ImportRow: Equatable, Sendable {
    package var event: UInt64
    package var file: Digest128
    package var kind: ImportKind
    package var count: UInt32
    package var instant: Instant

    package init(event: UInt64, file: Digest128, kind: ImportKind, count: UInt32, instant: Instant) {
        self.event = event
        self.file = file
        self.kind = kind
        self.count = count
        self.instant = instant
    }
}
