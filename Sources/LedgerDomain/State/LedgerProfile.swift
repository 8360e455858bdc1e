package import Cryptography

/// What a ledger is: opened once, by its first event.
package struct LedgerProfile: Equatable, Sendable, Codable {
    package var code: LedgerCode
    /// Such as 潍坊市诸城市.
    package var name: String
    /// 演练: a ledger for practice, with demonstration people and a clock that can be set.
    package var practice: Bool
    /// What it signs, seals and authenticates with.
    package var algorithms: CryptographicProfile

    package init(
        code: LedgerCode, name: String, practice: Bool, algorithms: CryptographicProfile = .international
    ) {
        self.code = code
        self.name = name
        self.practice = practice
        self.algorithms = algorithms
    }
}
