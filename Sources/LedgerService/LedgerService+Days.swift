package import LedgerDomain

extension LedgerService {
    /// The first business day that events may still be dated into; those before it are whole.
    ///
    /// A command waits a moment between the clock and the log, so a day is whole ten minutes after its end, or once the log
    /// has an event of a later one.
    ///
    /// - Parameter instant: the practice clock, where one is told.
    package func firstOpenDay(at instant: Instant? = nil) throws(ServiceError) -> BusinessDay {
        try state { state in
            max(
                state.businessDay(of: (instant ?? now).adding(-10 * Instant.minute)),
                state.businessDay(of: state.lastInstant))
        }
    }

    /// The business day that it is. In a practice ledger, whose clock may stand in any year, it is that of the last event.
    package func today() throws(ServiceError) -> BusinessDay {
        try state { state in
            let isPractice = state.profile?.practice ?? false
            return state.businessDay(of: isPractice ? state.lastInstant : max(now, state.lastInstant))
        }
    }
}
