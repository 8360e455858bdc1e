package import CBOR
package import LedgerDomain
import RedemptionTokens

/// A programme in one version as a till knows it: by the number of its rule, which credentials name, and the rule.
package struct TillProgramme: Equatable, Sendable {
    /// The rule's number: the programme's in the lower twenty bits, the version above them.
    package let number: UInt32
    package let rule: ProgrammeRule

    /// `nil` for a rule that cannot be meant (`ProgrammeRule.faults`), for which no subsidy can be computed.
    package init?(number: UInt32, rule: ProgrammeRule) {
        guard rule.faults.isEmpty else { return nil }
        self.number = number
        self.rule = rule
    }
}

extension TillProgramme: CBORCodable {
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 2)
        encoder.write(unsigned: UInt64(number))
        rule.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let place = decoder.place
        try decoder.enterArray(of: 2)
        let found = TillProgramme(
            number: try decoder.readInteger(as: UInt32.self), rule: try ProgrammeRule(from: &decoder))
        decoder.leave()
        guard let found else { throw .outOfRange(offset: place) }
        self = found
    }
}
