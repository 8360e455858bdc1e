package import CBOR
package import Cryptography

/// Opens a ledger; its first event and no other.
package struct OpenLedger: Operation {
    package static let type = OperationType.openLedger

    package typealias Accepted = NoFields

    package var code: LedgerCode = LedgerCode(0)
    package var name: String = ""
    package var practice: Bool = false
    private var stated: StatedAlgorithms?

    /// What the ledger is to sign, seal and authenticate with, from its opening on.
    package var algorithms: CryptographicProfile {
        get { stated == nil ? .international : .guomi }
        set { stated = newValue == .guomi ? .guomi : nil }
    }

    /// How an event says that a ledger is not international; of one that is, it says nothing, as it always did.
    private enum StatedAlgorithms: UInt8, Sendable, CBORCodable {
        case guomi = 1
    }

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &code)
        try coder.field(17, &name)
        try coder.field(18, &practice)
        try coder.field(19, &stated)
    }
}

extension OpenLedger {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        guard state.profile == nil else { return .failure(.ledgerAlreadyOpen) }
        guard name.isShortText else { return .failure(.textOutOfRange) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.profile = profile
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.ledger(profile))
    }

    private var profile: LedgerProfile {
        LedgerProfile(code: code, name: name, practice: practice, algorithms: algorithms)
    }
}
