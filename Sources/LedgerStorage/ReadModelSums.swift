package import LedgerDomain

/// The sum of one kind of account in one fund.
package struct TrialBalanceRow: Equatable, Sendable {
    package var fund: FundID
    package var kind: Account.Kind
    package var amount: Amount
    package init(fund: FundID, kind: Account.Kind, amount: Amount) {
        self.fund = fund
        self.kind = kind
        self.amount = amount
    }
}

/// What one kind of a programme's accounts holds of one fund: its own account, its batches' or its vouchers'.
package struct ProgrammeBalance: Equatable, Sendable {
    package var fund: FundID
    package var programme: ProgrammeID
    /// `programme`, `batch` or `voucher`.
    package var kind: Account.Kind
    package var amount: Amount
    package init(fund: FundID, programme: ProgrammeID, kind: Account.Kind, amount: Amount) {
        self.fund = fund
        self.programme = programme
        self.kind = kind
        self.amount = amount
    }
}

/// One account of one fund.
package struct AccountBalance: Equatable, Sendable {
    package var account: Account
    package var fund: FundID
    package var amount: Amount
    package init(account: Account, fund: FundID, amount: Amount) {
        self.account = account
        self.fund = fund
        self.amount = amount
    }
}

/// What was redeemed in one category.
package struct CategoryTotal: Equatable, Sendable {
    package var category: String
    package var count: Int
    package var bill: Amount
    package var subsidy: Amount
    package var refunded: Amount
    package init(category: String, count: Int, bill: Amount, subsidy: Amount, refunded: Amount) {
        self.category = category
        self.count = count
        self.bill = bill
        self.subsidy = subsidy
        self.refunded = refunded
    }
}

/// How often a reason was given.
package struct RefusalTotal: Equatable, Sendable {
    package var refusal: Refusal
    package var count: Int
    package init(refusal: Refusal, count: Int) {
        self.refusal = refusal
        self.count = count
    }
}

/// How much of everything there is.
package struct LedgerTotals: Equatable, Sendable {
    package var vouchers = 0
    package var usable = 0
    package var used = 0
    package var lapsed = 0
    package var handedBack = 0
    package var setOff = 0
    package var redemptions = 0
    package var refunds = 0
    package var refusals = 0
    package init() {}
}
