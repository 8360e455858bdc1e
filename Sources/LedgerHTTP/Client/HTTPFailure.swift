/// Why a request had no whole reply; its description is for an officer.
enum HTTPFailure: Error, Equatable, CustomStringConvertible {
    /// No connection, or it broke.
    case unreachable(String)
    /// No whole reply in this many seconds.
    case late(seconds: Double)
    /// The reply is longer than whoever asked wants.
    case tooLong
    /// Whoever asked no longer waits.
    case cancelled

    var description: String {
        switch self {
        case .unreachable(let why): why
        case .late(let seconds): "no answer within \(Int(seconds.rounded(.up))) s"
        case .tooLong: "the answer is too long"
        case .cancelled: "it was given up"
        }
    }
}
