package import LedgerDomain

/// One payment that the treasury's bank is asked to make.
package struct PaymentInstruction: Hashable, Sendable {
    /// What the bank's return will name the payment by; unique in the ledger.
    package var reference: String
    /// The name the account is held in.
    package var payeeName: String
    /// The account.
    package var account: String
    /// The bank's 联行号.
    package var bankCode: String
    /// How much.
    package var amount: Amount
    /// The fund it is paid from, as people name it.
    package var fund: String
    /// The treasury whose account is debited.
    package var treasury: String
    /// 用途: what the payee's statement will say.
    package var purpose: String

    /// Makes an instruction from a sealed settlement's line.
    package init(
        reference: String, payeeName: String, account: String, bankCode: String, amount: Amount, fund: String,
        treasury: String, purpose: String
    ) {
        self.reference = reference
        self.payeeName = payeeName
        self.account = account
        self.bankCode = bankCode
        self.amount = amount
        self.fund = fund
        self.treasury = treasury
        self.purpose = purpose
    }
}
