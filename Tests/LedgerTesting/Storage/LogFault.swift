/// What a ``FaultyEventLog`` can do instead of its work.
package enum LogFault: String, CaseIterable, Hashable, Sendable {
    /// `append` throws `busy` before it decides.
    case busy
    /// `append` throws `full` before it decides.
    case full
    /// `append` decides, appends nothing and throws `failed`.
    case failedAfterDeciding
    /// `append` decides and appends, and throws `outcomeUnknown`: the commit happened, its answer was lost.
    case unknownButAppended
    /// `append` decides, appends nothing and throws `outcomeUnknown`: the commit did not happen.
    case unknownAndLost
    /// A read throws `failed`, inside `decide` as well as outside.
    case unreadable
}

/// How often each fault comes by itself, in thousandths of the calls it can befall.
package struct LogFaultRates: Equatable, Sendable {
    package var perMille: [LogFault: Int]

    package init(_ perMille: [LogFault: Int] = [:]) { self.perMille = perMille }

    /// No fault but those that are planned.
    package static let none = LogFaultRates()

    /// Every fault as often.
    package static func all(_ perMille: Int) -> LogFaultRates {
        LogFaultRates(Dictionary(uniqueKeysWithValues: LogFault.allCases.map { ($0, perMille) }))
    }
}
