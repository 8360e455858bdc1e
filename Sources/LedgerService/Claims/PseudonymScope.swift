import CBOR
package import LedgerDomain

/// Within what one pseudonym stands for a resident: a programme, or programmes that exclude one another (DESIGN §6).
package enum PseudonymScope: Hashable, Sendable {
    case programme(ProgrammeID)
    case shared(String)

    /// The scope of a programme, as its rule says.
    package init(_ programme: ProgrammeID, in state: LedgerState) {
        if state.programmes.contains(programme), let name = state.programmes[programme].rule.claims?.scope {
            self = .shared(name)
        } else {
            self = .programme(programme)
        }
    }

    /// What tells the scope from all others, for a MAC.
    var bytes: [UInt8] {
        switch self {
        case .programme(let id): id.cborBytes
        case .shared(let name): name.cborBytes
        }
    }
}
