package import CBOR

/// Records what happened at the door: an invitation, a failure, a denial, a look at personal data (DESIGN §10).
///
/// It moves nothing. What must not be done without its record is done after it.
package struct RecordAccess: Operation {
    package static let type = OperationType.recordAccess

    package typealias Accepted = NoFields

    package var kind: AccessKind = .signedIn
    /// The account, key or terminal that it is about, a platform's account by a MAC; empty where that is whoever did it.
    package var account: String = ""
    /// The operation that was asked for, the reason, or the platform and what was agreed to; no personal data.
    package var about: String = ""
    /// Whose personal data was shown, or for whom an account may act: the vault's MAC, as for an erasure.
    package var subject: Digest128?

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &kind)
        try coder.field(17, &account)
        try coder.field(18, &about)
        try coder.field(19, &subject)
    }
}

extension RecordAccess {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard account.utf8.count <= 64, about.utf8.count <= 200, kind.isAboutResident == (subject != nil),
            !kind.isAboutResident || !about.isEmpty, kind != .granted
        else { return .failure(.textOutOfRange) }
        guard kind == .invited else { return .success(Accepted()) }
        guard state.grants[account] != nil else { return .failure(.accountUnknown) }
        if let refusal = state.refusal(ofDeciding: account, context) { return .failure(refusal) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {}

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(
            .access(
                AccessRow(
                    event: context.number, kind: kind, account: account, about: about,
                    principal: context.principal, instant: context.instant)))
    }
}
