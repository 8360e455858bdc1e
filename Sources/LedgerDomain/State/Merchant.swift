internal import CBOR

/// 商户: a legal person that sells.
package struct Merchant: Equatable, Sendable, Codable {
    package enum Status: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
        case active = 1
        /// 经营异常: stopped until reinstated.
        case suspended
        /// 黑名单.
        case blacklisted
    }

    /// 统一社会信用代码 (GB 32100).
    package var creditCode: String
    package var payee: PayeeID
    package var status = Status.active
    /// What ``day`` has redeemed so far, by subsidy.
    package var day = BusinessDay(days: .min)
    package var dayAmount = Amount.zero

    /// Why a redemption or a payment at this merchant is refused, if it is.
    package var refusal: Refusal? {
        switch status {
        case .active: nil
        case .suspended: .merchantSuspended
        case .blacklisted: .merchantBlacklisted
        }
    }
}

/// 收款方: who is paid for merchants, itself or their agent (代理中介).
package struct Payee: Equatable, Sendable, Codable {
    package var creditCode: String
    /// Everyone paid through this payee, in order of registration.
    package var merchants: [MerchantID] = []
    package var balances = FundBalances()
    /// Who holds its money, if somebody does.
    package var heldBy: Principal?
    /// Another bank account that waits for a second person.
    package var change: PayeeChange?
}

/// 网点: a merchant's selling point.
package struct Outlet: Equatable, Sendable, Codable {
    package var merchant: MerchantID
    package var category: String
    /// The GB/T 2260 division it lies in.
    package var region: LedgerCode
    /// The city platform's id.
    package var platformID: String
    /// Whether it lies in the country (农村).
    package var isRural: Bool

    package init(
        merchant: MerchantID, category: String, region: LedgerCode, platformID: String, isRural: Bool
    ) {
        self.isRural = isRural
        self.merchant = merchant
        self.category = category
        self.region = region
        self.platformID = platformID
    }
}

/// 终端: a device at an outlet.
package struct Terminal: Equatable, Sendable, Codable {
    package var outlet: OutletID
    package var serial: String
}
