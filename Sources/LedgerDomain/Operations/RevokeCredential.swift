package import CBOR

/// Takes a phone's permission back: tills refuse it once their revocation lists say so (DESIGN §7).
package struct RevokeCredential: Operation {
    package static let type = OperationType.revokeCredential

    package var id = KeyID(0)

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &id)
    }

    /// Until when tills with an older list may still have taken it and upload what they sold.
    package struct Accepted: CBORFields, Equatable, Sendable {
        package var holdUntil = Instant(microseconds: 0)

        package init() {}

        package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
            try coder.field(32, &holdUntil)
        }
    }
}

extension RevokeCredential {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard let credential = state.credential(id, at: context.instant) else {
            return .failure(.credentialUnknown)
        }
        guard credential.revokedAt == nil else { return .failure(.credentialRevokedAlready) }
        let age = state.settings[.revocationListAge]
        let last = context.instant.adding(age + state.settings[.offlineGrace])
        return .success(.with { $0.holdUntil = min(credential.holdUntil, last) })
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.credentials[id]?.revokedAt = context.instant
        state.credentials[id]?.holdUntil = accepted.holdUntil
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.credentialRevoked(id, at: context.instant, holdUntil: accepted.holdUntil))
    }
}
