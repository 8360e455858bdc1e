package import LedgerDomain

/// What a risk is about.
package enum RiskSubject: Hashable, Sendable {
    /// A resident, by the pseudonym of one programme.
    case resident(Pseudonym)
    /// A resident at one outlet, or one merchant's.
    case residentAt(Pseudonym, OutletID)
    case residentOf(Pseudonym, MerchantID)
    case terminal(TerminalID)
    case outlet(OutletID)
    /// A cashier by the code that the till gives.
    case cashier(OutletID, String)
    /// A phone, by the beginning of what its credentials are bound to.
    case phone(String)
    /// Whoever claims for others.
    case proxy(Pseudonym)

    /// As people and machines read it: `outlet O370782-00000001-4`, `resident 3f9a…`.
    package func text(in ledger: LedgerCode) -> String {
        switch self {
        case .resident(let person): "resident \(person.text)"
        case .residentAt(let person, let outlet): "resident \(person.text) outlet \(outlet.text(in: ledger))"
        case .residentOf(let person, let merchant):
            "resident \(person.text) merchant \(merchant.text(in: ledger))"
        case .terminal(let terminal): "terminal \(terminal.text(in: ledger))"
        case .outlet(let outlet): "outlet \(outlet.text(in: ledger))"
        case .cashier(let outlet, let code): "cashier \(code) outlet \(outlet.text(in: ledger))"
        case .phone(let key): "phone \(key)"
        case .proxy(let person): "proxy \(person.text)"
        }
    }
}

extension Pseudonym {
    /// Sixteen hexadecimal digits.
    fileprivate var text: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
