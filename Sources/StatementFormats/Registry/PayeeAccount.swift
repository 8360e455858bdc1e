/// Where a payee is paid, as a registry file or an officer names it.
package struct PayeeAccount: Hashable, Sendable {
    /// The name that the account is held in.
    package let name: String
    /// The bank account, 6 to 32 digits and dashes.
    package let account: String
    /// The bank's 联行号 (CNAPS), 12 digits.
    package let bankCode: String

    /// Checks what an officer entered.
    package init(name: String, account: String, bankCode: String) throws(TextFault) {
        self.name = try TextLimit.name.check(name)
        self.account = try PayeeAccount.number(account)
        self.bankCode = try PayeeAccount.bankCode(bankCode)
    }

    /// Reads an account number.
    static func number(_ text: String) throws(TextFault) -> String {
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
        guard isNumber, (6...32).contains(text.utf8.count) else {
            throw TextFault(message: "must be an account number: 6 to 32 digits, dashes allowed")
        }
        return text
    }

    /// Reads a 联行号.
    static func bankCode(_ text: String) throws(TextFault) -> String {
        guard text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw TextFault(message: "must be a 联行号 (CNAPS): 12 digits")
        }
        return text
    }
}
