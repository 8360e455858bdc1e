import LedgerDomain
import LedgerEngine

extension Operation {
    /// The lane in which a command waits (DESIGN §5).
    var lane: Lane {
        switch Self.type {
        case .redeem, .authorise, .capture, .void, .refund: .till
        case .redeemOffline: (self as? RedeemOffline)?.isOnline == true ? .till : .office
        case .issue, .handBack, .enterLottery: .claim
        default: .office
        }
    }
}
