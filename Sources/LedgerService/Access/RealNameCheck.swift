/// Somebody who knows whether a name, an identity number and a phone go together (三要素实名核验): a carrier, or the police's
/// service behind a gateway.
package protocol RealNameCheck: Sendable {
    /// Whether they do.
    ///
    /// - Throws: where nobody can say now.
    func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool
}

/// Takes everybody's word for it; for practice.
package struct CredulousCheck: RealNameCheck {
    package init() {}

    package func confirms(_ person: ResidentDetails, of ledger: String) async throws -> Bool { true }
}
