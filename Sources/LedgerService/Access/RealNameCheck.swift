/// Somebody who knows whether a name, an identity number and a phone go together (三要素实名核验): a carrier, or the police's
/// service behind a gateway.
package protocol RealNameCheck: Sendable {
    /// Whether they do.
    ///
    /// - Throws: where nobody can say now.
    func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool

    /// Whether nobody is really asked, so that only a ledger marked 演练 may use it.
    var isForPractice: Bool { get }
}

extension RealNameCheck {
    package var isForPractice: Bool { false }
}

/// Takes everybody's word for it; for practice.
package struct CredulousCheck: RealNameCheck {
    package init() {}

    package var isForPractice: Bool { true }

    package func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool { true }
}
