package import CBOR

/// Changes one bound or default of the ledger from the next command on.
package struct ChangeSetting: Operation {
    package static let type = OperationType.changeSetting

    package typealias Accepted = NoFields

    package var setting: Setting = .allocationMinimum
    package var value: Int64 = 0

    package init() {}

    package mutating func visit<Coder: CBORFieldCoder>(_ coder: inout Coder) throws(CBORError) {
        try coder.field(16, &setting)
        try coder.field(17, &value)
    }
}

extension ChangeSetting {
    package func decide(_ state: LedgerState, _ context: Context) -> Result<Accepted, Refusal> {
        var changed = state.settings
        changed[setting] = value
        guard setting.allowed.contains(value), changed.isConsistent else {
            return .failure(.settingOutOfRange)
        }
        // Counters are of one business day; a cut-off that moved would let a day come twice, or change the figures of a
        // report that was drafted.
        guard setting != .businessDayCutOff || state.redemptions.count == 0 && state.reports.count == 0
        else { return .failure(.cutOffFixed) }
        return .success(Accepted())
    }

    package func apply(_ accepted: Accepted, _ context: Context, to state: inout LedgerState) {
        state.settings[setting] = value
    }

    package func project(_ accepted: Accepted, _ context: Context, into rows: inout [ReadModelChange]) {
        rows.append(.setting(setting, value))
    }
}
