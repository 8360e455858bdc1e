internal import CBOR

/// A bound or a default that a ledger keeps as data.
package enum Setting: UInt8, CaseIterable, Sendable, Codable, CBORCodable {
    case allocationMinimum = 1
    case allocationMaximum, matchingMinimum, matchingMaximum, settlementMinimum
    /// Microseconds that an authorisation holds.
    case authorisationLifetime
    /// Microseconds after midnight at which a business day begins.
    case businessDayCutOff
    /// The most that a phone may spend of a voucher offline.
    case offlineCap
    /// The longest life of an offline credential, in microseconds.
    case offlineLifetime
    /// Microseconds after a credential's end in which tills may still upload.
    case offlineGrace
    /// How old a till's revocation list may be for an offline sale, in microseconds.
    case revocationListAge
    /// The most that a voucher on paper may be worth.
    case paperCap
    /// 1 where a voucher's number alone redeems nothing, else 0.
    case tokenRequired
    /// How long after a settlement's last day its money is expected, in microseconds.
    case paymentTerm

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
        case .offlineCap: "offline.cap"
        case .offlineLifetime: "offline.lifetime"
        case .offlineGrace: "offline.grace"
        case .revocationListAge: "revocation-list.age"
        case .paperCap: "paper.cap"
        case .tokenRequired: "token.required"
        case .paymentTerm: "payment.term"
        }
    }

    /// What a setting's value counts.
    package enum Unit: Sendable {
        /// Fen.
        case amount
        /// Microseconds.
        case duration
        /// 0 or 1.
        case flag
    }

    package var unit: Unit {
        switch self {
        case .authorisationLifetime, .businessDayCutOff, .offlineLifetime, .offlineGrace, .revocationListAge,
            .paymentTerm:
            .duration
        case .tokenRequired: .flag
        default: .amount
        }
    }

    var allowed: ClosedRange<Int64> {
        switch self {
        case .authorisationLifetime: Instant.minute...Instant.day
        case .businessDayCutOff: 0...(Instant.day - 1)
        case .settlementMinimum: 0...Amount.limit.fen
        case .offlineCap, .paperCap: 1...100_000_000
        case .offlineLifetime: Instant.minute...7 * Instant.day
        case .offlineGrace: Instant.hour...30 * Instant.day
        case .revocationListAge: Instant.hour...7 * Instant.day
        case .tokenRequired: 0...1
        case .paymentTerm: Instant.day...90 * Instant.day
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
        // 500 yuan: what the central bank allows a static or offline code a day (银发〔2017〕296号).
        case .offlineCap, .paperCap: 50_000
        case .offlineLifetime: 7 * Instant.day
        case .offlineGrace: 7 * Instant.day
        case .revocationListAge: Instant.day
        case .tokenRequired: 0
        case .paymentTerm: 10 * Instant.day
        }
    }
}
