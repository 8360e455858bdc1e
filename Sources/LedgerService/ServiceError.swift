package import Cryptography
package import LedgerDomain
package import LedgerEngine
package import LedgerStorage
package import RedemptionTokens
package import StatementFormats

/// Why a use case did not do what was asked.
package enum ServiceError: Error, Sendable {
    /// The ledger said no; the event is the record of it, `nil` where nothing was given to the ledger.
    case refused(Refusal, event: UInt64?)
    /// The idempotency key was used for another command, whose answer is this event.
    case keyReused(event: UInt64)
    /// What was shown at the till is not good; nothing was given to the ledger.
    case token(TokenRefusal)
    /// The digits that were typed are not this half minute's or the last one's.
    case wrongCode
    /// The machine could not answer.
    case fault(EngineFault)
    case storage(StorageError)
    case seal(SealError)
    /// Rows of a file that must be put right; nothing of it was taken.
    case rows(RowFaults)
    /// Something named that is not there; what it is and how it was named.
    case notFound(NamedKind, String)
    /// A name, a number and a phone that do not go together, says whoever knows.
    case notConfirmed
    /// Something that only a practice ledger does.
    case practiceOnly(String)
    /// What was typed cannot be meant; what is wrong and what would be right.
    case invalid(String)
    /// Too much has failed lately; nothing is tried before the first instant. The second one is now.
    case tooOften(until: Instant, now: Instant)
    /// The book contradicts itself.
    case unsound(String)
}

extension ServiceError {
    /// What whoever asked had seen is not so any more.
    package static var changed: ServiceError { .fault(.changed) }

    /// Why what a resident showed is not taken; `nil` for other errors.
    var tokenReason: String? {
        switch self {
        case .token(let refusal): refusal.english
        case .wrongCode: "the code is wrong or out of date"
        case .invalid(let reason): reason
        default: nil
        }
    }
}
