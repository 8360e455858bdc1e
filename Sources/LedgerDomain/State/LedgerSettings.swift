internal import CBOR

/// A bound or a default that a ledger keeps as data.
package enum Setting: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    case allocationMinimum = 1
    case allocationMaximum, matchingMinimum, matchingMaximum, settlementMinimum
    /// Microseconds that an authorisation holds.
    case authorisationLifetime
    /// Microseconds after midnight at which a business day begins.
    case businessDayCutOff

    /// The name that commands and refusals use.
    package var name: String {
        switch self {
        case .allocationMinimum: "allocation.minimum"
        case .allocationMaximum: "allocation.maximum"
        case .matchingMinimum: "matching.minimum"
        case .matchingMaximum: "matching.maximum"
        case .settlementMinimum: "settlement.minimum"
        case .authorisationLifetime: "authorisation.lifetime"
        case .businessDayCutOff: "business-day.cut-off"
        }
    }

    /// Whether the value is an amount in fen; otherwise it is a duration in microseconds.
    package var isAmount: Bool {
        switch self {
        case .authorisationLifetime, .businessDayCutOff: false
        default: true
        }
    }

    var allowed: ClosedRange<Int64> {
        switch self {
        case .authorisationLifetime: Instant.minute...Instant.day
        case .businessDayCutOff: 0...(Instant.day - 1)
        case .settlementMinimum: 0...Amount.limit.fen
        default: 1...Amount.limit.fen
        }
    }
}

/// The values of all settings, with DESIGN §3's defaults.
package struct LedgerSettings: Equatable, Sendable, Codable {
    package var values: [UInt8: Int64] = [:]

    package init() {}

    package subscript(setting: Setting) -> Int64 {
        get { values[setting.rawValue] ?? LedgerSettings.standard(setting) }
        set { values[setting.rawValue] = newValue }
    }

    /// Whether no minimum exceeds its maximum.
    var isConsistent: Bool {
        self[.allocationMinimum] <= self[.allocationMaximum]
            && self[.matchingMinimum] <= self[.matchingMaximum]
    }

    private static func standard(_ setting: Setting) -> Int64 {
        switch setting {
        case .allocationMinimum: 5_000
        case .allocationMaximum: 100_000_000
        case .matchingMinimum: 50_000_000
        case .matchingMaximum: 100_000_000
        case .settlementMinimum: 1
        case .authorisationLifetime: 15 * Instant.minute
        case .businessDayCutOff: 0
        }
    }
}
