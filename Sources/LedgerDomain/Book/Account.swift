package import CBOR

/// An account of the ledger; with a fund it is a column of the book (DESIGN §3).
///
/// `treasury` and `pointsIssued` are debit-normal, every other account credit-normal. The last two count points, a unit of
/// their own that no fund pays for.
package enum Account: Hashable, Sendable {
    /// What a treasury holds for the fund.
    case treasury
    /// What is not allocated yet.
    case fund
    /// What went to another ledger.
    case remitted(LedgerCode)
    case programme(ProgrammeID)
    case batch(BatchID)
    case voucher(VoucherID)
    /// What is owed to a payee; negative is a claw-back.
    case payable(PayeeID)
    /// What a sealed settlement is about to pay.
    case clearing(SettlementID)
    /// 积分: what a person has earned and not used.
    case points(PersonID)
    /// All points of a programme that somebody has.
    case pointsIssued(ProgrammeID)

    /// Whether a debit raises it.
    package var isDebitNormal: Bool { kind.isDebitNormal }

    /// The kind of an account, in the order in which books list them.
    package enum Kind: UInt8, CaseIterable, Sendable {
        case treasury = 1
        case fund, remitted, programme, batch, voucher, payable, clearing, points, pointsIssued

        /// Whether its accounts count points and belong to no fund.
        package var countsPoints: Bool { self == .points || self == .pointsIssued }

        /// Whether a debit raises its accounts.
        package var isDebitNormal: Bool { self == .treasury || self == .pointsIssued }
    }

    package var kind: Kind {
        switch self {
        case .treasury: .treasury
        case .fund: .fund
        case .remitted: .remitted
        case .programme: .programme
        case .batch: .batch
        case .voucher: .voucher
        case .payable: .payable
        case .clearing: .clearing
        case .points: .points
        case .pointsIssued: .pointsIssued
        }
    }

    /// The number of its owner within its kind; 0 for the fund's own accounts.
    package var owner: UInt32 {
        switch self {
        case .treasury, .fund: 0
        case .remitted(let ledger): ledger.rawValue
        case .programme(let id): id.rawValue
        case .batch(let id): id.rawValue
        case .voucher(let id): id.rawValue
        case .payable(let id): id.rawValue
        case .clearing(let id): id.rawValue
        case .points(let id): id.rawValue
        case .pointsIssued(let id): id.rawValue
        }
    }

    /// The account of a kind and owner, as the read model stores it.
    package init(kind: Kind, owner: UInt32) {
        self =
            switch kind {
            case .treasury: .treasury
            case .fund: .fund
            case .remitted: .remitted(LedgerCode(owner))
            case .programme: .programme(ProgrammeID(owner))
            case .batch: .batch(BatchID(owner))
            case .voucher: .voucher(VoucherID(owner))
            case .payable: .payable(PayeeID(owner))
            case .clearing: .clearing(SettlementID(owner))
            case .points: .points(PersonID(owner))
            case .pointsIssued: .pointsIssued(ProgrammeID(owner))
            }
    }
}

extension Account: CBORCodable {
    /// An array of kind and owner.
    package func encode(to encoder: inout CBOREncoder) {
        encoder.beginArray(count: 2)
        kind.rawValue.encode(to: &encoder)
        owner.encode(to: &encoder)
    }

    package init(from decoder: inout CBORDecoder) throws(CBORError) {
        let mismatch = decoder.unexpectedKey
        guard try decoder.enterArray() == 2, let kind = Kind(rawValue: try UInt8(from: &decoder)) else {
            throw mismatch
        }
        let owner = try UInt32(from: &decoder)
        self.init(kind: kind, owner: owner)
        guard self.owner == owner else { throw mismatch }
        decoder.leave()
    }
}
